import { bytesToHex } from '@ethereumjs/util';
import { decodeBlocks } from '../blocks/decodeBlocks.ts';
import { blockError } from '../blocks/faults.ts';
import type { Chain } from '../contract.ts';

/**
 * Executes blocks, RLP one after the other as `geth export` writes them, and makes each the head; those that are there are
 * passed over. What stands before one that is refused stays.
 * @returns for each block what became of it, as it happens.
 * @throws BlockError BLOCK_INVALID, GENESIS_FOREIGN, PARENT_UNKNOWN; StateError; StorageError.
 * @example for await (const outcome of importBlocks(chain, rlp)) counts[outcome]++;
 */
export async function* importBlocks(
  { chain, hardforks }: Pick<Chain, 'chain' | 'hardforks'>,
  rlp: Uint8Array,
): AsyncGenerator<'imported' | 'known'> {
  for (const block of decodeBlocks(rlp, hardforks)) {
    const hash = block.hash();
    if ((await chain.get({ hash })) !== undefined) {
      yield 'known';
      continue;
    }
    if (block.header.number === 0n) {
      throw blockError({ code: 'GENESIS_FOREIGN', theirs: bytesToHex(hash), ours: bytesToHex(chain.genesis.hash) });
    }
    await chain.importBlock(block);
    yield 'imported';
  }
}
