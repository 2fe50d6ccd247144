/** Words of the block and the transaction that opcodes push, by index below. Written by the host. */
export const WORDS: usize = memory.data(16 * 32, 16);

export const ORIGIN: usize = WORDS;
export const GAS_PRICE: usize = WORDS + 32;
export const COINBASE: usize = WORDS + 64;
export const TIMESTAMP: usize = WORDS + 96;
export const NUMBER: usize = WORDS + 128;
export const RANDAO: usize = WORDS + 160;
export const GAS_LIMIT: usize = WORDS + 192;
export const CHAIN_ID: usize = WORDS + 224;
export const BASE_FEE: usize = WORDS + 256;
export const BLOB_BASE_FEE: usize = WORDS + 288;

/** Versioned hashes of the transaction's blobs, as words. */
export const BLOB_HASHES: usize = memory.data(128 * 32, 16);
export let blobCount: u32 = 0;

export function setBlobCount(count: u32): void {
  blobCount = count;
}
