import {
  type BlockRange,
  type DumpedAccount,
  type ExecutedBlock,
  exportBlocks,
  type KeptChain,
  requireCanonical,
  requireHead,
  resolveRange,
  withKeptChain,
} from '@minichain/core';
import { type DumpSource, genesisText, stateDumpText } from '@minichain/rpc';
import { writeWhole } from './writeWhole.ts';

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

/** A kept chain as one that runs can be read. */
const sourceOf = (chain: KeptChain): Pick<DumpSource, 'chain'> => ({
  chain: {
    oldest: chain.blocks.oldest,
    require: async (ref) =>
      'hash' in ref ? requireHead(chain) : requireCanonical(chain, (ref as { number: bigint }).number),
  },
});

interface StateReport {
  readonly accounts: number;
  /** Height of the block after which the state is. */
  readonly number: number;
}

/** Has the head's state written, in some form. */
function writeState(
  path: string,
  file: string,
  form: (head: ExecutedBlock, chain: KeptChain, state: DumpSource['state']) => AsyncIterable<string>,
): Promise<StateReport> {
  return withKeptChain(path, async (chain) => {
    const head = requireHead(chain);
    let accounts = 0;
    const counted = async function* (): AsyncGenerator<DumpedAccount> {
      for await (const account of chain.stateStore.accounts(head.stateRoot)) {
        accounts++;
        yield account;
      }
    };
    await writeWhole(file, form(head, chain, { accounts: async () => counted() }));
    return { accounts, number: Number(head.block.header.number) };
  });
}

/**
 * Writes the head's state as `anvil --dump-state` does: JSON with every account, the blocks and what became of their
 * transactions.
 * @throws StorageError; StateError.
 * @example await exportState('./chain', 'state.json')
 */
export const exportState = (path: string, file: string): Promise<StateReport> =>
  writeState(path, file, (head, chain, state) => stateDumpText(head, { ...sourceOf(chain), state }));

/**
 * Writes the head as a geth genesis, with which another chain begins: with `--init`, or by `geth init`.
 * @throws StorageError; StateError.
 * @example await exportGenesis('./chain', 'genesis.json')
 */
export const exportGenesis = (path: string, file: string): Promise<StateReport> =>
  writeState(path, file, (head, { hardforks, options }, state) =>
    genesisText(head, { hardforks, options, chainId: options.chainId, state }),
  );
