import { secondsToMs, wholeNumber, yesNo } from './parsers.ts';
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
};
