import { filePath, oneOf, text, yesNo } from './parsers.ts';
import { PRESET_NAMES } from './presets.ts';
import { define } from './setting.ts';

/** Where settings come from besides flags and variables. */
export const CONFIG_SETTINGS = {
  config: define({
    flag: '--config <file>',
    env: 'CONFIG',
    parse: filePath,
    help: 'file of settings',
    group: 'Config',
    shownDefault: 'minichain.config.* in the working directory',
    isOutsideFile: true,
  }),
  noConfig: define({
    flag: '--no-config',
    env: 'NO_CONFIG',
    parse: yesNo,
    help: 'look for no file of settings',
    group: 'Config',
    isOutsideFile: true,
  }),
  network: define({
    flag: '-n, --network <name>',
    env: 'NETWORK',
    parse: text,
    help: 'settings of a network that the config file names, before the others in it',
    group: 'Config',
    hot: true,
  }),
  preset: define({
    flag: '--preset <name>',
    env: 'PRESET',
    parse: oneOf(...PRESET_NAMES),
    help: `defaults of another node or chain: ${PRESET_NAMES.join(', ')}`,
    group: 'Config',
    hot: true,
  }),
};
