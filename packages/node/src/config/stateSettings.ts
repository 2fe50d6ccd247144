import { filePath, secondsToMs, yesNo } from './parsers.ts';
import { define } from './setting.ts';

/** Files that a state is read from and written to; every flag has Anvil's name and meaning. */
export const STATE_SETTINGS = {
  state: define({
    flag: '--state <file>',
    env: 'STATE',
    parse: filePath,
    help: 'go on from the state in a file if there is one, and write it there at the end and at intervals; in a folder, state.json',
    group: 'State',
  }),
  loadState: define({
    flag: '--load-state <file>',
    env: 'LOAD_STATE',
    parse: filePath,
    help: 'start from a state that --dump-state or anvil wrote',
    group: 'State',
  }),
  dumpState: define({
    flag: '--dump-state <file>',
    env: 'DUMP_STATE',
    parse: filePath,
    help: 'write the state to a file at the end and at intervals',
    group: 'State',
  }),
  stateInterval: define({
    flag: '-s, --state-interval <seconds>',
    env: 'STATE_INTERVAL',
    parse: secondsToMs,
    help: 'write it every so many seconds as well',
    group: 'State',
    shownDefault: '60',
  }),
  preserveHistoricalStates: define({
    flag: '--preserve-historical-states',
    env: 'PRESERVE_HISTORICAL_STATES',
    parse: yesNo,
    help: 'write the states after older blocks as well, which takes much space',
    group: 'State',
  }),
};
