import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { BlockError, type Chain, type LoadedState, StateError } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { CodecError, stateFromBytes } from '@minichain/rpc';
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
    return { state: stateFromBytes(bytes), bytes };
  } catch (error) {
    throw refusalOf(file, error);
  }
}

/** Which field of a file is wrong, and what was expected there. */
function refusalOf(file: string, error: unknown): Error {
  if (!(error instanceof CodecError || error instanceof BlockError || error instanceof StateError))
    return error as Error;
  const path = error instanceof CodecError && error.path !== '' ? `${error.path.replace(/^\./, '')}: ` : '';
  return new ConfigError(`${file}: ${path}${error.message}`, { cause: error });
}

/**
 * Has a chain take in a file that Anvil or minichain dumped.
 * @throws ConfigError naming the file, and the field that is wrong; then nothing has changed.
 * @example await loadStateFile(chain, 'state.json')
 */
export async function loadStateFile(chain: Pick<Chain, 'control'>, file: string): Promise<void> {
  const { state } = await readState(file);
  try {
    await chain.control.loadState(state);
  } catch (error) {
    throw refusalOf(file, error);
  }
}

const isZipped = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

function countIn(file: string, { accounts }: LoadedState): number {
  try {
    return [...accounts].length;
  } catch (error) {
    throw refusalOf(file, error);
  }
}

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
 * Has a directory's chain take in a state that Anvil or minichain dumped, with its blocks; where a node has the directory
 * open, that node does.
 * @throws ConfigError; StorageError, DATABASE_LOCKED while another process has the directory open.
 * @example await importState({ storage: { path: './chain' } }, 'state.json')
 */
export async function importState(
  options: NodeChainOptions,
  file: string,
): Promise<{ readonly accounts: number; readonly head: ImportReport['head'] }> {
  const { state, bytes } = await readState(file);
  const accounts = countIn(file, state);
  const given = chainOptions(options);
  const alone = () =>
    withIdleChain(given, async (chain) => {
      await loadStateFile(chain, file);
      return headOf(chain);
    });
  const head = await onDirectory(given.storage?.path ?? '', { alone, asked: (node) => sendState(node, bytes) });
  return { accounts, head: { number: head.number, hash: head.hash } };
}
