import { type Command, InvalidArgumentError, Option } from 'commander';

const GROUP = 'Compiler:';

/** @throws InvalidArgumentError, which commander reports with the flag's name. */
export function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value <= max)) throw new InvalidArgumentError(`Expected a whole number up to ${max}.`);
    return value;
  };
}

/** For a flag that may be given more than once. */
export const appended = (text: string, before: readonly string[] = []): string[] => [...before, text];

export function addCompilerFlags(command: Command): void {
  const add = (flags: string, text: string): Option => {
    const option = new Option(flags, text).helpGroup(GROUP);
    command.addOption(option);
    return option;
  };
  add('--contracts <dir>', 'where the sources are (default: contracts, else src)');
  add('--out <dir>', 'where artifacts go (default: artifacts)');
  add('--optimizer', 'switch the optimizer on');
  add('--no-optimizer', 'switch it off (default)').default(undefined);
  add('--optimizer-runs <count>', 'how often the code will run (default: 200)').argParser(wholeNumber(0xffff_ffff));
  add('--via-ir', 'compile through Yul');
  add('--evm-version <name>', "newest EVM to compile for (default: solc's own, not newer than the node's)");
  add('--metadata-hash <kind>', 'hash at the end of the code (default: ipfs)').choices(['ipfs', 'bzzr1', 'none']);
  add('--remapping <text>', '[context:]prefix=target; may be given more than once').argParser(appended);
  add('--solc-version <version>', 'use this solc for every file');
}
