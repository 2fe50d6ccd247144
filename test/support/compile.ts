import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repositoryRoot } from './fixtures.ts';

/** A compiled contract as the clients take it. */
export interface Compiled {
  readonly abi: readonly Record<string, unknown>[];
  readonly bytecode: `0x${string}`;
}

interface Solc {
  version(): string;
  compile(input: string): string;
}

interface SolcOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Record<string, Record<string, { abi: Compiled['abi']; evm: { bytecode: { object: string } } }>>;
}

/** Loading solc takes a while, and only who compiles needs it. */
const require = createRequire(import.meta.url);
const folder = join(repositoryRoot, 'test/support/contracts');
const cache = join(repositoryRoot, 'node_modules/.cache/test-contracts');

/**
 * Compiles one file with no imports, optimised, for Cancun. @throws Error with solc's messages.
 * @example compileSource('A.sol', 'contract A {}')['A']?.bytecode
 */
export function compileSource(file: string, content: string, settings: object = {}): Record<string, Compiled> {
  const solc = require('solc') as Solc;
  const input = {
    language: 'Solidity',
    sources: { [file]: { content } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: 'cancun',
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
      ...settings,
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as SolcOutput;
  const problems = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (problems.length > 0) throw new Error(problems.map(({ formattedMessage }) => formattedMessage).join('\n'));
  return Object.fromEntries(
    Object.entries(output.contracts[file] ?? {}).map(([name, { abi, evm }]) => [
      name,
      { abi, bytecode: `0x${evm.bytecode.object}` as const },
    ]),
  );
}

/**
 * Contracts of a file in `test/support/contracts`, compiled once for all suites: the result lies in a cache under the
 * source's hash.
 * @example const { Token } = compiledContracts('Token.sol')
 */
export function compiledContracts(file: string): Record<string, Compiled> {
  const content = readFileSync(join(folder, file), 'utf8');
  const path = join(cache, `${createHash('sha256').update(content).digest('hex')}.json`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Compiled>;
  } catch {
    const compiled = compileSource(file, content);
    mkdirSync(cache, { recursive: true });
    // Suites run in several processes: each writes a file of its own and the last rename wins.
    const own = `${path}.${process.pid}`;
    writeFileSync(own, JSON.stringify(compiled));
    renameSync(own, path);
    return compiled;
  }
}
