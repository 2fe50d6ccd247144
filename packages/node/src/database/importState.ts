import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { LoadedState } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { stateDump } from '@minichain/rpc';
import { ConfigError } from '../config/errors.ts';
import type { NodeChainOptions } from '../config/nodeOptions.ts';
import { unreadable } from './blockFile.ts';
import { chainOptions, headOf, withIdleChain } from './importFile.ts';
import { onDirectory, type RunningNode } from './runningNode.ts';
import type { ImportReport } from './takeInFile.ts';

async function readState(file: string): Promise<{ readonly state: LoadedState; readonly bytes: Uint8Array }> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new ConfigError(unreadable(file, error), { cause: error });
  });
  try {
    return { state: stateDump.decode(hexFromBytes(new Uint8Array(bytes))), bytes };
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

const isZipped = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

/** Has a node that runs take a state in. */
async function sendState(node: RunningNode, bytes: Uint8Array): Promise<ImportReport['head']> {
  const dump = hexFromBytes(isZipped(bytes) ? bytes : gzipSync(bytes));
  const { maxBodyBytes = Number.POSITIVE_INFINITY } = node.status.limits;
  if (dump.length > maxBodyBytes) {
    throw new ConfigError(
      `the state is too large for the node on ${node.url}: it takes requests of ${maxBodyBytes} bytes (--max-body), and the state has ${dump.length}`,
    );
  }
  await node.call('anvil_loadState', [dump]);
  const { head } = await node.call('minichain_status', []);
  return head;
}

/**
 * Adds the accounts of a state that Anvil or minichain dumped to the head of a directory's chain, which grows by empty blocks
 * to the dump's height; where a node has the directory open, that node does.
 * @throws ConfigError; StorageError, DATABASE_LOCKED while another process has the directory open.
 * @example await importState({ storage: { path: './chain' } }, 'state.json')
 */
export async function importState(
  options: NodeChainOptions,
  file: string,
): Promise<{ readonly accounts: number; readonly head: ImportReport['head'] }> {
  const { state, bytes } = await readState(file);
  const given = chainOptions(options);
  const alone = () =>
    withIdleChain(given, async (chain) => {
      await chain.control.loadState(state);
      return headOf(chain);
    });
  const head = await onDirectory(given.storage?.path ?? '', { alone, asked: (node) => sendState(node, bytes) });
  return { accounts: state.accounts.length, head: { number: head.number, hash: head.hash } };
}
