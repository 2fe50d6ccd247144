import { type ExecutedBlock, encodeReceipt } from '@minichain/core';

/** The receipts as they stand in the receipts trie. */
export function consensusReceipts(block: ExecutedBlock): Uint8Array[] {
  return block.receipts.map(encodeReceipt);
}
