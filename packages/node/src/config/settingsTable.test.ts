import { expect, it } from 'vitest';
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

/** `npm test -- packages/node/src/config/settingsTable.test.ts -u` writes the file anew. */
it('SETTINGS.md lists every setting', async () => {
  const all = Object.entries(SETTINGS) as [string, Setting<unknown>][];
  const sections = GROUPS.map((group) => {
    const rows = all.filter(([, setting]) => setting.group === group).map(([name, setting]) => rowOf(name, setting));
    const head = '| key | flag | variable | default | hot | |\n|---|---|---|---|---|---|';
    return `\n## ${group}\n\n${head}\n${rows.join('\n')}\n`;
  });
  await expect([HEAD, ...sections].join('')).toMatchFileSnapshot('../../SETTINGS.md');
});
