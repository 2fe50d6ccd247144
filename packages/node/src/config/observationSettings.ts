import { LOG_LEVELS } from '../log/logLevel.ts';
import { oneOf, secondsToMs, wholeNumber, yesNo } from './parsers.ts';
import { define } from './setting.ts';

/** How the node is watched from outside. */
export const OBSERVATION_SETTINGS = {
  metrics: define({
    flag: '--metrics [yes]',
    env: 'METRICS',
    parse: yesNo,
    bareValue: 'true',
    help: 'serve Prometheus metrics at /metrics; --metrics no serves none',
    group: 'Server',
    shownDefault: 'yes',
  }),
  metricsPort: define({
    flag: '--metrics-port <number>',
    env: 'METRICS_PORT',
    parse: wholeNumber({ max: 65535 }),
    help: "serve /metrics on that port instead of the node's own; 0 lets the system choose",
    group: 'Server',
  }),
  readyMaxHeadAge: define({
    flag: '--ready-max-head-age <seconds>',
    env: 'READY_MAX_HEAD_AGE',
    parse: secondsToMs,
    help: 'with --block-time: /health/ready says 503 after so long without a block',
    group: 'Server',
  }),
  logLevel: define({
    flag: '--log-level <level>',
    env: 'LOG_LEVEL',
    parse: oneOf(...LOG_LEVELS),
    help: `what the log tells: ${LOG_LEVELS.join(', ')}`,
    group: 'Output',
    shownDefault: 'info',
    hot: true,
  }),
  slowRequestMs: define({
    flag: '--slow-request-ms <ms>',
    env: 'SLOW_REQUEST_MS',
    parse: wholeNumber(),
    help: 'log requests that take so long, with their parameters; 0: none',
    group: 'Output',
    shownDefault: '1000',
    hot: true,
  }),
};
