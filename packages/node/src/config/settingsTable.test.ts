import { expect, it } from 'vitest';
import { PRESET_NAMES, PRESETS, type PresetSettings } from './presets.ts';
import { SETTINGS } from './schema.ts';
import { GROUPS, type Setting, variableOf } from './setting.ts';

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

function rowOf(name: string, setting: Setting<unknown>): string {
  const { flag, aliases = [], shownDefault, hot = false, isOutsideFile = false, help } = setting;
  const also = aliases.map((alias) => `, ${code(alias)}`).join('');
  const cells = [
    isOutsideFile ? '–' : code(name),
    `${code(flag)}${also}`,
    code(variableOf(setting)),
    shownDefault ?? '–',
    hot ? 'yes' : '',
    help.replaceAll('|', '\\|'),
  ];
  return `| ${cells.join(' | ')} |`;
}

const HEAD = `# Settings

Flag before variable before config file before preset before default. The key is the name in a config file; *hot* ones
change while a node runs, when the file is saved or the process gets SIGHUP. A switch has no value as a flag, and takes
true or false elsewhere. Written by a test from the settings in [src/config](src/config).
`;

function presetRows(): string {
  const names = [...new Set(Object.values(PRESETS).flatMap((preset) => Object.keys(preset)))];
  const cell = (preset: PresetSettings, name: string): string => (preset[name] === undefined ? '' : code(preset[name]));
  return names
    .map(
      (name) =>
        `| ${code(name)} | ${Object.values(PRESETS)
          .map((preset) => cell(preset, name))
          .join(' | ')} |`,
    )
    .join('\n');
}

const PRESET_HEAD = `
## Presets

What \`--preset\` puts in place of the defaults: what \`hardhat node\` (3), \`anvil\` (1.7) and \`ganache\` (7.9) start with, and
what Ethereum is like: a block every 12 seconds. Ganache makes other accounts with every start; those of
\`ganache --deterministic\` have \`--mnemonic "myth like bonus scare over problem client lizard pioneer submit female collect"\`.
With \`--init\`, chain id, gas limit and coinbase are the genesis file's.

| key | ${PRESET_NAMES.join(' | ')} |
|---|${PRESET_NAMES.map(() => '---|').join('')}
`;

/** `npm test -- packages/node/src/config/settingsTable.test.ts -u` writes the file anew. */
it('SETTINGS.md lists every setting', async () => {
  const all = Object.entries(SETTINGS) as [string, Setting<unknown>][];
  const sections = GROUPS.map((group) => {
    const rows = all.filter(([, setting]) => setting.group === group).map(([name, setting]) => rowOf(name, setting));
    const head = '| key | flag | variable | default | hot | |\n|---|---|---|---|---|---|';
    return `\n## ${group}\n\n${head}\n${rows.join('\n')}\n`;
  });
  await expect([HEAD, ...sections, PRESET_HEAD, presetRows(), '\n'].join('')).toMatchFileSnapshot('../../SETTINGS.md');
});
