import { GROUPS, longFlag, SETTINGS, type SettingName } from '@minichain/node';
import { type Command, Option } from 'commander';

/** commander's key for a flag would be its name: `--no-mining` becomes `mining`. Ours is the setting's, and nothing is negated. */
function option(flag: string, description: string, name: SettingName): Option {
  const made = new Option(flag, description).helpGroup(`${SETTINGS[name].group}:`);
  made.negate = false;
  made.attributeName = () => name;
  return made;
}

function optionsFor(name: SettingName): Option[] {
  const { flag, help, shownDefault, aliases = [], isHidden = false } = SETTINGS[name];
  const description = shownDefault === undefined ? help : `${help} (default: ${shownDefault})`;
  return [
    option(flag, description, name).hideHelp(isHidden),
    ...aliases.map((alias) => option(alias, `as ${longFlag(SETTINGS[name])}`, name).hideHelp()),
  ];
}

/** Settings as flags, group by group. */
export function addSettingFlags(command: Command, names: readonly SettingName[]): void {
  for (const group of GROUPS) {
    for (const name of names.filter((one) => SETTINGS[one].group === group)) {
      for (const made of optionsFor(name)) command.addOption(made);
    }
  }
}

/** Every setting as a flag, group by group. */
export function addNodeFlags(command: Command): void {
  addSettingFlags(command, Object.keys(SETTINGS) as SettingName[]);
  command.addHelpOption(new Option('-h, --help', 'print this').helpGroup('Output:'));
}

const FORK = 'minichain does not fork other chains';
const PRUNE = 'did you mean --prune (states) or --history-blocks (blocks, receipts and states)?';

/** Flags of Anvil whose meaning minichain does not have, with what to know about it. */
const ABSENT: Readonly<Record<string, string>> = {
  '-f': FORK,
  '--fork-url': FORK,
  '--rpc-url': FORK,
  '--fork-block-number': FORK,
  '--fork-transaction-hash': FORK,
  '--fork-chain-id': FORK,
  '--fork-header': FORK,
  '--fork-retry-backoff': FORK,
  '--retries': FORK,
  '--timeout': FORK,
  '--compute-units-per-second': FORK,
  '--no-rate-limit': FORK,
  '--no-storage-caching': FORK,
  '--cache-path': FORK,
  '--prune-history': PRUNE,
  '--transaction-block-keeper': PRUNE,
  '--ipc': 'minichain listens on HTTP and WebSocket only',
  '--number': 'the genesis block of minichain is block 0',
  '--memory-limit': 'minichain sets no limit on EVM memory but gas',
  '--fund-accounts': 'set balances with anvil_setBalance, or start from a genesis file with --init',
  '--celo': 'minichain runs Ethereum mainnet rules only',
  '--optimism': 'minichain runs Ethereum mainnet rules only',
  '-j': 'minichain executes in one thread',
  '--threads': 'minichain executes in one thread',
  '--json': 'did you mean --json-logs?',
  '-v': 'did you mean --print-traces?',
  '-vv': 'did you mean --print-traces?',
  '-vvv': 'did you mean --print-traces?',
  '-vvvv': 'did you mean --print-traces?',
  '-vvvvv': 'did you mean --print-traces?',
  '--verbosity': 'did you mean --print-traces?',
};

/** Why a flag that other nodes have is not there; undefined for one that nobody has. */
export const absentFlag = (flag: string): string | undefined => ABSENT[flag];
