import { filePath, oneOf, yesNo } from './parsers.ts';
import { define } from './setting.ts';

/** What the node writes, and where. */
export const OUTPUT_SETTINGS = {
  configOut: define({
    flag: '--config-out <file>',
    env: 'CONFIG_OUT',
    parse: filePath,
    help: 'write accounts, keys and settings as JSON',
    group: 'Files',
  }),
  readyFile: define({
    flag: '--ready-file <file>',
    env: 'READY_FILE',
    parse: filePath,
    help: 'write { url, host, port, pid } once listening; removed at exit',
    group: 'Files',
  }),
  quiet: define({
    flag: '-q, --quiet',
    env: 'QUIET',
    parse: yesNo,
    help: 'print nothing but errors',
    group: 'Output',
    aliases: ['--silent'],
    hot: true,
  }),
  jsonLogs: define({
    flag: '--json-logs',
    env: 'JSON_LOGS',
    parse: yesNo,
    help: 'one JSON object a line instead of text',
    group: 'Output',
    hot: true,
  }),
  printTraces: define({
    flag: '--print-traces',
    env: 'PRINT_TRACES',
    parse: yesNo,
    help: 'print the call tree of each transaction',
    group: 'Output',
    hot: true,
  }),
  disableConsoleLog: define({
    flag: '--disable-console-log',
    env: 'DISABLE_CONSOLE_LOG',
    parse: yesNo,
    help: "do not print contracts' console.log lines",
    group: 'Output',
  }),
  color: define({
    flag: '--color <when>',
    env: 'COLOR',
    parse: oneOf('auto', 'always', 'never'),
    help: 'colours: auto (on a terminal, NO_COLOR and FORCE_COLOR heeded), always or never',
    group: 'Output',
    shownDefault: 'auto',
  }),
};
