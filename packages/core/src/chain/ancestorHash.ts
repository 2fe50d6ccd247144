import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';

/** Hash of a block's ancestor: by the block's own branch down to where it meets the canonical chain, whose heights are known. */
export function ancestorHash(blocks: BlockStore, from: ExecutedBlock, number: bigint): Uint8Array | undefined {
  let block: ExecutedBlock | undefined = from;
  while (block !== undefined && block.block.header.number > number) {
    if (blocks.isCanonical(block)) return blocks.canonicalHash(number)?.slice();
    block = blocks.get(block.block.header.parentHash);
  }
  // A block that is yet to come has no hash, whatever number a call was told that it runs at.
  return block?.block.header.number === number ? block.hash : undefined;
}
