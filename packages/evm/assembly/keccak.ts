/**
 * Keccak-256 as Ethereum uses it: the padding is that before SHA-3 was made a standard. Lanes 1, 2, 8, 12, 17 and 20 are held
 * complemented, which leaves five negations of a round's 25.
 */

const BLOCK_BYTES: u32 = 136;
/** The last block, with the rest of the input and the padding. */
const LAST_BLOCK: usize = memory.data(136, 16);
// prettier-ignore
const ROUND_CONSTANTS: usize = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
  0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
  0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
  0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
  0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
], 16);

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
 * Takes in `blocks` whole blocks and LAST_BLOCK. The 25 lanes are locals all along, named by their place x + 5y.
 * @param kept where states after whole blocks go, of which the first `known` are there; 0: nowhere.
 */
function absorb(out: usize, input: usize, blocks: u32, kept: usize, known: u32): void {
  let a0: u64 = 0;
  let a1: u64 = ~0;
  let a2: u64 = ~0;
  let a3: u64 = 0;
  let a4: u64 = 0;
  let a5: u64 = 0;
  let a6: u64 = 0;
  let a7: u64 = 0;
  let a8: u64 = ~0;
  let a9: u64 = 0;
  let a10: u64 = 0;
  let a11: u64 = 0;
  let a12: u64 = ~0;
  let a13: u64 = 0;
  let a14: u64 = 0;
  let a15: u64 = 0;
  let a16: u64 = 0;
  let a17: u64 = ~0;
  let a18: u64 = 0;
  let a19: u64 = 0;
  let a20: u64 = ~0;
  let a21: u64 = 0;
  let a22: u64 = 0;
  let a23: u64 = 0;
  let a24: u64 = 0;
  if (known > 0) {
    const at = kept + <usize>(known - 1) * KECCAK_STATE;
    a0 = load<u64>(at);
    a1 = load<u64>(at, 8);
    a2 = load<u64>(at, 16);
    a3 = load<u64>(at, 24);
    a4 = load<u64>(at, 32);
    a5 = load<u64>(at, 40);
    a6 = load<u64>(at, 48);
    a7 = load<u64>(at, 56);
    a8 = load<u64>(at, 64);
    a9 = load<u64>(at, 72);
    a10 = load<u64>(at, 80);
    a11 = load<u64>(at, 88);
    a12 = load<u64>(at, 96);
    a13 = load<u64>(at, 104);
    a14 = load<u64>(at, 112);
    a15 = load<u64>(at, 120);
    a16 = load<u64>(at, 128);
    a17 = load<u64>(at, 136);
    a18 = load<u64>(at, 144);
    a19 = load<u64>(at, 152);
    a20 = load<u64>(at, 160);
    a21 = load<u64>(at, 168);
    a22 = load<u64>(at, 176);
    a23 = load<u64>(at, 184);
    a24 = load<u64>(at, 192);
  }
  let block = input + <usize>(known * BLOCK_BYTES);
  for (let left = blocks - known; ; left--) {
    if (left == 0) block = LAST_BLOCK;
    a0 ^= load<u64>(block);
    a1 ^= load<u64>(block, 8);
    a2 ^= load<u64>(block, 16);
    a3 ^= load<u64>(block, 24);
    a4 ^= load<u64>(block, 32);
    a5 ^= load<u64>(block, 40);
    a6 ^= load<u64>(block, 48);
    a7 ^= load<u64>(block, 56);
    a8 ^= load<u64>(block, 64);
    a9 ^= load<u64>(block, 72);
    a10 ^= load<u64>(block, 80);
    a11 ^= load<u64>(block, 88);
    a12 ^= load<u64>(block, 96);
    a13 ^= load<u64>(block, 104);
    a14 ^= load<u64>(block, 112);
    a15 ^= load<u64>(block, 120);
    a16 ^= load<u64>(block, 128);
    for (let round: usize = 0; round < 192; round += 8) {
      const c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20;
      const c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21;
      const c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
      const c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23;
      const c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
      const d0 = c4 ^ rotl(c1, 1);
      const d1 = c0 ^ rotl(c2, 1);
      const d2 = c1 ^ rotl(c3, 1);
      const d3 = c2 ^ rotl(c4, 1);
      const d4 = c3 ^ rotl(c0, 1);
      const b0 = a0 ^ d0;
      const b1 = rotl(a6 ^ d1, 44);
      const b2 = rotl(a12 ^ d2, 43);
      const b3 = rotl(a18 ^ d3, 21);
      const b4 = rotl(a24 ^ d4, 14);
      const b5 = rotl(a3 ^ d3, 28);
      const b6 = rotl(a9 ^ d4, 20);
      const b7 = rotl(a10 ^ d0, 3);
      const b8 = rotl(a16 ^ d1, 45);
      const b9 = rotl(a22 ^ d2, 61);
      const b10 = rotl(a1 ^ d1, 1);
      const b11 = rotl(a7 ^ d2, 6);
      const b12 = rotl(a13 ^ d3, 25);
      const b13 = rotl(a19 ^ d4, 8);
      const b14 = rotl(a20 ^ d0, 18);
      const b15 = rotl(a4 ^ d4, 27);
      const b16 = rotl(a5 ^ d0, 36);
      const b17 = rotl(a11 ^ d1, 10);
      const b18 = rotl(a17 ^ d2, 15);
      const b19 = rotl(a23 ^ d3, 56);
      const b20 = rotl(a2 ^ d2, 62);
      const b21 = rotl(a8 ^ d3, 55);
      const b22 = rotl(a14 ^ d4, 39);
      const b23 = rotl(a15 ^ d0, 41);
      const b24 = rotl(a21 ^ d1, 2);
      const n13 = ~b13;
      const n18 = ~b18;
      const n21 = ~b21;
      a0 = b0 ^ (b1 | b2) ^ load<u64>(ROUND_CONSTANTS + round);
      a1 = b1 ^ (~b2 | b3);
      a2 = b2 ^ (b3 & b4);
      a3 = b3 ^ (b4 | b0);
      a4 = b4 ^ (b0 & b1);
      a5 = b5 ^ (b6 | b7);
      a6 = b6 ^ (b7 & b8);
      a7 = b7 ^ (b8 | ~b9);
      a8 = b8 ^ (b9 | b5);
      a9 = b9 ^ (b5 & b6);
      a10 = b10 ^ (b11 | b12);
      a11 = b11 ^ (b12 & b13);
      a12 = b12 ^ (n13 & b14);
      a13 = n13 ^ (b14 | b10);
      a14 = b14 ^ (b10 & b11);
      a15 = b15 ^ (b16 & b17);
      a16 = b16 ^ (b17 | b18);
      a17 = b17 ^ (n18 | b19);
      a18 = n18 ^ (b19 & b15);
      a19 = b19 ^ (b15 | b16);
      a20 = b20 ^ (n21 & b22);
      a21 = n21 ^ (b22 | b23);
      a22 = b22 ^ (b23 & b24);
      a23 = b23 ^ (b24 | b20);
      a24 = b24 ^ (b20 & b21);
    }
    if (left == 0) break;
    block += BLOCK_BYTES;
    if (kept == 0) continue;
    const at = kept + <usize>(blocks - left) * KECCAK_STATE;
    store<u64>(at, a0);
    store<u64>(at, a1, 8);
    store<u64>(at, a2, 16);
    store<u64>(at, a3, 24);
    store<u64>(at, a4, 32);
    store<u64>(at, a5, 40);
    store<u64>(at, a6, 48);
    store<u64>(at, a7, 56);
    store<u64>(at, a8, 64);
    store<u64>(at, a9, 72);
    store<u64>(at, a10, 80);
    store<u64>(at, a11, 88);
    store<u64>(at, a12, 96);
    store<u64>(at, a13, 104);
    store<u64>(at, a14, 112);
    store<u64>(at, a15, 120);
    store<u64>(at, a16, 128);
    store<u64>(at, a17, 136);
    store<u64>(at, a18, 144);
    store<u64>(at, a19, 152);
    store<u64>(at, a20, 160);
    store<u64>(at, a21, 168);
    store<u64>(at, a22, 176);
    store<u64>(at, a23, 184);
    store<u64>(at, a24, 192);
  }
  store<u64>(out, a0);
  store<u64>(out, ~a1, 8);
  store<u64>(out, ~a2, 16);
  store<u64>(out, a3, 24);
}
