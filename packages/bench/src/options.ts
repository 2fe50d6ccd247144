import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BenchError } from './errors.ts';
import { parseTarget, type Target } from './target.ts';

const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export const help = `Usage: node packages/bench/dist/main.js [options]

Measures JSON-RPC nodes side by side; the first target is the baseline of the ratios.

  --target NAME=URL           a node that runs already
  --target NAME=cmd:COMMAND   a command that starts one; {port} is a free port, {tmp} a folder deleted afterwards
  --target NAME=inprocess     a minichain in the process that measures, without a transport
  --peers                     Anvil of this workspace (baseline) and the built minichain
  --peers-in FOLDER           also Hardhat and Ganache, as far as npm has installed them in that folder
  --rounds N                  rounds, targets interleaved (default 3)
  --only NAMES                workloads, comma-separated: start, sequential, parallel,
                              token, batch, compute, solidity, inner, precompiles, calls, estimates, fixture, pool, block, traces,
                              logs, snapshots, emptyBlocks, memory, growth, height
  --quick                     one short round: shows that it works, not how fast
  --json FILE                 also write everything as JSON
  --markdown FILE             also write the table
  --help`;

export interface CommandLine {
  readonly targets: readonly Target[];
  readonly rounds: number;
  readonly only: readonly string[];
  readonly isQuick: boolean;
  readonly wantsHelp: boolean;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
}

/** The program itself: the package's command is a script, whose start and memory would be measured in its place. */
export function anvilBinary(root: string): string {
  const launcher = join(root, 'node_modules/@foundry-rs/anvil/package.json');
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  try {
    return createRequire(realpathSync(launcher)).resolve(`@foundry-rs/anvil-${platform}/bin/anvil`);
  } catch (error) {
    throw new BenchError('--peers: anvil is not installed (pnpm install)', { cause: error });
  }
}

/** Anvil keeps old states under its home: gigabytes, which the temporary folder takes with it. */
function peers(): Target[] {
  const bundle = join(repositoryRoot, 'packages/cli/dist/minichain.js');
  if (!existsSync(bundle)) throw new BenchError(`--peers: ${bundle} is missing (pnpm build)`);
  return [
    { name: 'anvil', command: `env HOME="{tmp}" "${anvilBinary(repositoryRoot)}" --port {port} --silent` },
    { name: 'minichain', command: `"${process.execPath}" "${bundle}" node --port {port} --quiet` },
  ];
}

/** The mnemonic that Anvil, Hardhat and minichain fund by default. */
const MNEMONIC = 'test test test test test test test test test test test junk';

/**
 * Hardhat and Ganache, whose commands are scripts: Node runs what those run. Hardhat wants a newer Node than we do, which
 * the npm package `node` brings, and a project to be in.
 * @throws BenchError when the folder has neither.
 */
function installedIn(folder: string): Target[] {
  const modules = resolve(folder, 'node_modules');
  const newer = join(modules, 'node/bin/node');
  const node = existsSync(newer) ? newer : process.execPath;
  const [hardhat, ganache] = ['hardhat/dist/src/cli.js', 'ganache/dist/node/cli.js'].map((file) => join(modules, file));
  const commands = [
    { name: 'hardhat', file: hardhat, line: `env -C "${resolve(folder)}" "${node}" "${hardhat}" node --port {port}` },
    {
      ...{ name: 'ganache', file: ganache },
      line: `"${process.execPath}" "${ganache}" --port {port} --chain.chainId 31337 --wallet.defaultBalance 10000 --wallet.mnemonic "${MNEMONIC}" --logging.quiet`,
    },
  ];
  const found = commands.filter(({ file }) => existsSync(file as string));
  if (found.length === 0) throw new BenchError(`--peers-in: ${modules} has neither hardhat nor ganache`);
  return found.map(({ name, line }) => ({ name, command: line }));
}

function roundsFrom(text: string | undefined, isQuick: boolean): number {
  if (text === undefined) return isQuick ? 1 : 3;
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new BenchError(`--rounds: expected a positive number, got "${text}"`);
  return rounds;
}

/** @throws BenchError for a flag that cannot be understood, or when there is nothing to measure. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      target: { type: 'string', multiple: true },
      peers: { type: 'boolean' },
      'peers-in': { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const wantsHelp = values.help === true;
  const folder = values['peers-in'];
  const targets = wantsHelp
    ? []
    : [
        ...(values.peers === true ? peers() : []),
        ...(folder === undefined ? [] : installedIn(folder)),
        ...(values.target ?? []).map(parseTarget),
      ];
  if (targets.length === 0 && !wantsHelp)
    throw new BenchError('nothing to measure: give --target, --peers or --peers-in');
  if (new Set(targets.map(({ name }) => name)).size < targets.length) throw new BenchError('two targets have one name');
  return {
    targets,
    rounds: roundsFrom(values.rounds, values.quick === true),
    only: values.only === undefined ? [] : values.only.split(','),
    isQuick: values.quick === true,
    wantsHelp,
    json: values.json,
    markdown: values.markdown,
  };
}
