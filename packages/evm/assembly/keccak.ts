/** Keccak-256 as Ethereum uses it: the padding is that before SHA-3 was made a standard. */
import { begin, LANES, takeBlock } from './keccakRounds';

const BLOCK_BYTES: u32 = 136;
/** The last block, with the rest of the input and the padding. */
const LAST_BLOCK: usize = memory.data(136, 16);

/** Writes LAST_BLOCK: `length` < 136 bytes, the padding's first bit after them and its last at the end. */
@inline
function padLastBlock(input: usize, length: u32): void {
  for (let offset: usize = 0; offset < BLOCK_BYTES; offset += 8) store<u64>(LAST_BLOCK + offset, 0);
  let offset: usize = 0;
  for (; offset + 8 <= length; offset += 8) store<u64>(LAST_BLOCK + offset, load<u64>(input + offset));
  for (; offset < length; offset++) store<u8>(LAST_BLOCK + offset, load<u8>(input + offset));
  store<u8>(LAST_BLOCK + offset, 0x01);
  const end = LAST_BLOCK + BLOCK_BYTES - 1;
  store<u8>(end, load<u8>(end) | 0x80);
}

/** Writes the 32 bytes of the hash of `length` bytes at `input` to `out`, which may be where the input is. */
export function keccak256(out: usize, input: usize, length: u32): void {
  const blocks = length / BLOCK_BYTES;
  padLastBlock(input + <usize>(blocks * BLOCK_BYTES), length - blocks * BLOCK_BYTES);
  absorb(out, input, blocks, 0, 0);
}

/** Bytes of a state that is kept. */
export const KECCAK_STATE: usize = 200;

/**
 * As `keccak256`, of what was hashed before and has changed only after its first `known` whole blocks. States after whole
 * blocks are kept at `kept`, `KECCAK_STATE` each.
 */
export function keccak256Again(out: usize, input: usize, length: u32, kept: usize, known: u32): void {
  const blocks = length / BLOCK_BYTES;
  padLastBlock(input + <usize>(blocks * BLOCK_BYTES), length - blocks * BLOCK_BYTES);
  absorb(out, input, blocks, kept, known);
}
/**
 * Takes in `blocks` whole blocks and LAST_BLOCK.
 * @param kept where states after whole blocks go, of which the first `known` are there; 0: nowhere.
 */
function absorb(out: usize, input: usize, blocks: u32, kept: usize, known: u32): void {
  if (known > 0) memory.copy(LANES, kept + <usize>(known - 1) * KECCAK_STATE, KECCAK_STATE);
  else begin();
  let block = input + <usize>(known * BLOCK_BYTES);
  for (let index = known; index < blocks; index++) {
    takeBlock(block, 0);
    block += BLOCK_BYTES;
    if (kept != 0) memory.copy(kept + <usize>index * KECCAK_STATE, LANES, KECCAK_STATE);
  }
  takeBlock(LAST_BLOCK, out);
}
