import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import {
  type BlockRange,
  exportBlocks,
  type KeptChain,
  requireCanonical,
  requireHead,
  resolveRange,
  withKeptChain,
} from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import { stateDumpView } from '@minichain/rpc';

/** What was written. */
export interface ExportReport {
  readonly from: number;
  readonly to: number;
  readonly blocks: number;
  /** Before they are zipped. */
  readonly bytes: number;
  /**
   * Blocks that another chain cannot execute: the state before them was set by hand, or a sender was impersonated. The first
   * of them, and how many.
   */
  readonly notPortable: { readonly first: number; readonly count: number } | null;
}

/** Writes a file that has its name only once all of it is there; zipped where the name ends with `.gz`. */
async function writeWhole(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  const target = createWriteStream(temporary, { flush: true });
  try {
    if (file.endsWith('.gz')) await pipeline(Readable.from(content), createGzip(), target);
    else await pipeline(Readable.from(content), target);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeBlocks(
  chain: KeptChain,
  file: string,
  { from, to }: BlockRange,
  onBlocks: (done: number, total: number) => void,
): Promise<ExportReport> {
  let [blocks, bytes, count] = [0, 0, 0];
  let first: number | undefined;
  const total = Number(to - from) + 1;
  async function* contents(): AsyncGenerator<Uint8Array> {
    for await (const block of exportBlocks(chain, { from, to })) {
      if (block.obstacle !== undefined) {
        first ??= Number(block.number);
        count++;
      }
      bytes += block.bytes.length;
      onBlocks(++blocks, total);
      yield block.bytes;
    }
  }
  await writeWhole(file, contents());
  return {
    from: Number(from),
    to: Number(to),
    blocks,
    bytes,
    notPortable: first === undefined ? null : { first, count },
  };
}

/**
 * Writes the canonical blocks of a data directory to a file as `geth export` does, whether a node has it open or not.
 * @param range inclusive; left out: all that are kept.
 * @throws BlockError BLOCK_NOT_FOUND, HISTORY_PRUNED; StorageError.
 * @example await exportFile('./chain', 'chain.rlp.gz', {})
 */
export function exportFile(
  path: string,
  file: string,
  range: Partial<BlockRange>,
  onBlocks: (done: number, total: number) => void = () => {},
): Promise<ExportReport> {
  return withKeptChain(path, (chain) => writeBlocks(chain, file, resolveRange(chain, range), onBlocks));
}

/**
 * Writes the head's state as `anvil --dump-state` does: JSON with every account.
 * @throws StorageError; StateError.
 * @example await exportState('./chain', 'state.json')
 */
export function exportState(path: string, file: string): Promise<{ accounts: number; number: number }> {
  return withKeptChain(path, async (chain) => {
    const { blocks, stateStore } = chain;
    const head = requireHead(chain);
    const accounts = await stateStore.dump(head.stateRoot);
    const require = async (ref: unknown) => requireCanonical(chain, (ref as { number: bigint }).number);
    const dump = await stateDumpView({ chain: { require, oldest: blocks.oldest } }, { head, accounts });
    await writeWhole(file, Readable.from([gunzipSync(bytesFromHex(dump))]));
    return { accounts: accounts.length, number: Number(head.block.header.number) };
  });
}
