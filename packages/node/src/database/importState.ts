import { readFile } from 'node:fs/promises';
import type { LoadedState } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { stateDump } from '@minichain/rpc';
import { ConfigError } from '../config/errors.ts';
import type { NodeChainOptions } from '../config/nodeOptions.ts';
import { unreadable } from './blockFile.ts';
import { chainOptions, headOf, type ImportReport, withIdleChain } from './importFile.ts';

async function readState(file: string): Promise<LoadedState> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new ConfigError(unreadable(file, error), { cause: error });
  });
  try {
    return stateDump.decode(hexFromBytes(new Uint8Array(bytes)));
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Adds the accounts of a state that Anvil or minichain dumped to the head of a directory's chain, which grows by empty blocks
 * to the dump's height.
 * @throws ConfigError; StorageError, DATABASE_LOCKED while a node has the directory open.
 * @example await importState({ storage: { path: './chain' } }, 'state.json')
 */
export async function importState(
  options: NodeChainOptions,
  file: string,
): Promise<{ readonly accounts: number; readonly head: ImportReport['head'] }> {
  const state = await readState(file);
  return withIdleChain(chainOptions(options), async (chain) => {
    await chain.control.loadState(state);
    return { accounts: state.accounts.length, head: headOf(chain) };
  });
}
