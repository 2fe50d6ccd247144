import {
  checkConfig,
  type DescribedSetting,
  describeSettings,
  fileSchema,
  resolveSettings,
  type SettingFlags,
  shownOrigin,
} from '@minichain/node';
import { Command, Option } from 'commander';
import { addNodeFlags } from './nodeFlags.ts';

type PrintFlags = SettingFlags & { readonly json?: true; readonly showSecrets?: true };

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function row({ name, value, source }: DescribedSetting): string[] {
  return [name, value === null ? '–' : String(value), source.from === 'default' ? 'default' : shownOrigin(source)];
}

/** Values may be long: what follows one starts where most others do. */
const WIDTHS = [28, 24];

async function printSettings({ json, showSecrets, ...flags }: PrintFlags): Promise<void> {
  const loaded = await resolveSettings(flags, process.env, process.cwd());
  const settings = describeSettings(loaded, { showSecrets: showSecrets === true });
  if (json === true) {
    print(JSON.stringify(Object.fromEntries(settings.map(({ name, ...facts }) => [name, facts])), null, 2));
    return;
  }
  for (const setting of settings) {
    print(
      row(setting)
        .map((text, column) => text.padEnd(WIDTHS[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function printCommand(): Command {
  const command = new Command('print').description('print every setting of a node, its value and where it came from');
  addNodeFlags(command);
  command.addOption(new Option('--json', 'as JSON: { name: { value, source } }').helpGroup('Output:'));
  command.addOption(new Option('--show-secrets', 'mnemonics, too').helpGroup('Output:'));
  return command.action(printSettings);
}

/** `minichain config`. */
export function configCommand(): Command {
  const check = new Command('check')
    .description('say whether a config file is in order, with each of its networks')
    .argument('[file]', 'left out: the one in the working directory')
    .action(async (file: string | undefined) => {
      const { path, networks } = await checkConfig(file, process.cwd());
      print(networks.length === 0 ? `${path} is in order` : `${path} is in order, with ${networks.join(', ')}`);
    });
  const schema = new Command('schema')
    .description('print the JSON Schema of a config file, for editors')
    .action(() => print(JSON.stringify(fileSchema(), null, 2)));
  return new Command('config')
    .description('show and check settings')
    .addCommand(printCommand())
    .addCommand(check)
    .addCommand(schema);
}
