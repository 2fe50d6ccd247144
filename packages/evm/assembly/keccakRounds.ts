/**
 * The permutation of Keccak. Lanes 1, 2, 8, 12, 17 and 20 are held complemented, which leaves five negations of a round's 25.
 */

/** The state, and what every other round makes of it. */
export const LANES: usize = memory.data(200, 16);
const OTHER: usize = memory.data(200, 16);
// prettier-ignore
const ROUND_CONSTANTS: usize = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
  0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
  0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
  0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
  0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
], 16);

/** The state before any input. */
@inline
export function begin(): void {
  v128.store(LANES, i64x2(0, -1));
  v128.store(LANES, i64x2(-1, 0), 16);
  v128.store(LANES, i64x2(0, 0), 32);
  v128.store(LANES, i64x2(0, 0), 48);
  v128.store(LANES, i64x2(-1, 0), 64);
  v128.store(LANES, i64x2(0, 0), 80);
  v128.store(LANES, i64x2(-1, 0), 96);
  v128.store(LANES, i64x2(0, 0), 112);
  v128.store(LANES, i64x2(0, -1), 128);
  v128.store(LANES, i64x2(0, 0), 144);
  v128.store(LANES, i64x2(-1, 0), 160);
  v128.store(LANES, i64x2(0, 0), 176);
  store<u64>(LANES, 0, 192);
}

/** Adds 16 bytes of a block to the state. */
@inline
function addLanes(block: usize, offset: usize): void {
  v128.store(LANES + offset, v128.xor(v128.load(LANES + offset), v128.load(block + offset)));
}

/** The parity of a column of the state. */
@inline
function parity(column: usize): u64 {
  const at = LANES + column * 8;
  return load<u64>(at) ^ load<u64>(at, 40) ^ load<u64>(at, 80) ^ load<u64>(at, 120) ^ load<u64>(at, 160);
}

/**
 * Adds a block to the state and permutes it, 24 rounds from LANES to OTHER and back. Of lanes in memory, with the parities of
 * columns taken as they come, an engine keeps nearly all that a row needs in registers; of 25 locals it spills most.
 * @param out where the hash goes, when this is the last block; 0: the state is left in LANES.
 */
export function takeBlock(block: usize, out: usize): void {
  addLanes(block, 0);
  addLanes(block, 16);
  addLanes(block, 32);
  addLanes(block, 48);
  addLanes(block, 64);
  addLanes(block, 80);
  addLanes(block, 96);
  addLanes(block, 112);
  store<u64>(LANES, load<u64>(LANES, 128) ^ load<u64>(block, 128), 128);
  let c0 = parity(0);
  let c1 = parity(1);
  let c2 = parity(2);
  let c3 = parity(3);
  let c4 = parity(4);
  for (let at = ROUND_CONSTANTS; ; at += 16) {
    {
      const d0 = c4 ^ rotl(c1, 1);
      const d1 = c0 ^ rotl(c2, 1);
      const d2 = c1 ^ rotl(c3, 1);
      const d3 = c2 ^ rotl(c4, 1);
      const d4 = c3 ^ rotl(c0, 1);
      const b0 = load<u64>(LANES) ^ d0;
      const b1 = rotl(load<u64>(LANES, 48) ^ d1, 44);
      const b2 = rotl(load<u64>(LANES, 96) ^ d2, 43);
      const b3 = rotl(load<u64>(LANES, 144) ^ d3, 21);
      const b4 = rotl(load<u64>(LANES, 192) ^ d4, 14);
      c0 = b0 ^ (b1 | b2) ^ load<u64>(at);
      store<u64>(OTHER, c0);
      c1 = b1 ^ (~b2 | b3);
      store<u64>(OTHER, c1, 8);
      c2 = b2 ^ (b3 & b4);
      store<u64>(OTHER, c2, 16);
      c3 = b3 ^ (b4 | b0);
      store<u64>(OTHER, c3, 24);
      c4 = b4 ^ (b0 & b1);
      store<u64>(OTHER, c4, 32);
      const b5 = rotl(load<u64>(LANES, 24) ^ d3, 28);
      const b6 = rotl(load<u64>(LANES, 72) ^ d4, 20);
      const b7 = rotl(load<u64>(LANES, 80) ^ d0, 3);
      const b8 = rotl(load<u64>(LANES, 128) ^ d1, 45);
      const b9 = rotl(load<u64>(LANES, 176) ^ d2, 61);
      const e5 = b5 ^ (b6 | b7);
      store<u64>(OTHER, e5, 40);
      c0 ^= e5;
      const e6 = b6 ^ (b7 & b8);
      store<u64>(OTHER, e6, 48);
      c1 ^= e6;
      const e7 = b7 ^ (b8 | ~b9);
      store<u64>(OTHER, e7, 56);
      c2 ^= e7;
      const e8 = b8 ^ (b9 | b5);
      store<u64>(OTHER, e8, 64);
      c3 ^= e8;
      const e9 = b9 ^ (b5 & b6);
      store<u64>(OTHER, e9, 72);
      c4 ^= e9;
      const b10 = rotl(load<u64>(LANES, 8) ^ d1, 1);
      const b11 = rotl(load<u64>(LANES, 56) ^ d2, 6);
      const b12 = rotl(load<u64>(LANES, 104) ^ d3, 25);
      const b13 = rotl(load<u64>(LANES, 152) ^ d4, 8);
      const b14 = rotl(load<u64>(LANES, 160) ^ d0, 18);
      const n13 = ~b13;
      const e10 = b10 ^ (b11 | b12);
      store<u64>(OTHER, e10, 80);
      c0 ^= e10;
      const e11 = b11 ^ (b12 & b13);
      store<u64>(OTHER, e11, 88);
      c1 ^= e11;
      const e12 = b12 ^ (n13 & b14);
      store<u64>(OTHER, e12, 96);
      c2 ^= e12;
      const e13 = n13 ^ (b14 | b10);
      store<u64>(OTHER, e13, 104);
      c3 ^= e13;
      const e14 = b14 ^ (b10 & b11);
      store<u64>(OTHER, e14, 112);
      c4 ^= e14;
      const b15 = rotl(load<u64>(LANES, 32) ^ d4, 27);
      const b16 = rotl(load<u64>(LANES, 40) ^ d0, 36);
      const b17 = rotl(load<u64>(LANES, 88) ^ d1, 10);
      const b18 = rotl(load<u64>(LANES, 136) ^ d2, 15);
      const b19 = rotl(load<u64>(LANES, 184) ^ d3, 56);
      const n18 = ~b18;
      const e15 = b15 ^ (b16 & b17);
      store<u64>(OTHER, e15, 120);
      c0 ^= e15;
      const e16 = b16 ^ (b17 | b18);
      store<u64>(OTHER, e16, 128);
      c1 ^= e16;
      const e17 = b17 ^ (n18 | b19);
      store<u64>(OTHER, e17, 136);
      c2 ^= e17;
      const e18 = n18 ^ (b19 & b15);
      store<u64>(OTHER, e18, 144);
      c3 ^= e18;
      const e19 = b19 ^ (b15 | b16);
      store<u64>(OTHER, e19, 152);
      c4 ^= e19;
      const b20 = rotl(load<u64>(LANES, 16) ^ d2, 62);
      const b21 = rotl(load<u64>(LANES, 64) ^ d3, 55);
      const b22 = rotl(load<u64>(LANES, 112) ^ d4, 39);
      const b23 = rotl(load<u64>(LANES, 120) ^ d0, 41);
      const b24 = rotl(load<u64>(LANES, 168) ^ d1, 2);
      const n21 = ~b21;
      const e20 = b20 ^ (n21 & b22);
      store<u64>(OTHER, e20, 160);
      c0 ^= e20;
      const e21 = n21 ^ (b22 | b23);
      store<u64>(OTHER, e21, 168);
      c1 ^= e21;
      const e22 = b22 ^ (b23 & b24);
      store<u64>(OTHER, e22, 176);
      c2 ^= e22;
      const e23 = b23 ^ (b24 | b20);
      store<u64>(OTHER, e23, 184);
      c3 ^= e23;
      const e24 = b24 ^ (b20 & b21);
      store<u64>(OTHER, e24, 192);
      c4 ^= e24;
    }
    if (out != 0 && at == ROUND_CONSTANTS + 176) break;
    {
      const d0 = c4 ^ rotl(c1, 1);
      const d1 = c0 ^ rotl(c2, 1);
      const d2 = c1 ^ rotl(c3, 1);
      const d3 = c2 ^ rotl(c4, 1);
      const d4 = c3 ^ rotl(c0, 1);
      const b0 = load<u64>(OTHER) ^ d0;
      const b1 = rotl(load<u64>(OTHER, 48) ^ d1, 44);
      const b2 = rotl(load<u64>(OTHER, 96) ^ d2, 43);
      const b3 = rotl(load<u64>(OTHER, 144) ^ d3, 21);
      const b4 = rotl(load<u64>(OTHER, 192) ^ d4, 14);
      c0 = b0 ^ (b1 | b2) ^ load<u64>(at, 8);
      store<u64>(LANES, c0);
      c1 = b1 ^ (~b2 | b3);
      store<u64>(LANES, c1, 8);
      c2 = b2 ^ (b3 & b4);
      store<u64>(LANES, c2, 16);
      c3 = b3 ^ (b4 | b0);
      store<u64>(LANES, c3, 24);
      c4 = b4 ^ (b0 & b1);
      store<u64>(LANES, c4, 32);
      const b5 = rotl(load<u64>(OTHER, 24) ^ d3, 28);
      const b6 = rotl(load<u64>(OTHER, 72) ^ d4, 20);
      const b7 = rotl(load<u64>(OTHER, 80) ^ d0, 3);
      const b8 = rotl(load<u64>(OTHER, 128) ^ d1, 45);
      const b9 = rotl(load<u64>(OTHER, 176) ^ d2, 61);
      const e5 = b5 ^ (b6 | b7);
      store<u64>(LANES, e5, 40);
      c0 ^= e5;
      const e6 = b6 ^ (b7 & b8);
      store<u64>(LANES, e6, 48);
      c1 ^= e6;
      const e7 = b7 ^ (b8 | ~b9);
      store<u64>(LANES, e7, 56);
      c2 ^= e7;
      const e8 = b8 ^ (b9 | b5);
      store<u64>(LANES, e8, 64);
      c3 ^= e8;
      const e9 = b9 ^ (b5 & b6);
      store<u64>(LANES, e9, 72);
      c4 ^= e9;
      const b10 = rotl(load<u64>(OTHER, 8) ^ d1, 1);
      const b11 = rotl(load<u64>(OTHER, 56) ^ d2, 6);
      const b12 = rotl(load<u64>(OTHER, 104) ^ d3, 25);
      const b13 = rotl(load<u64>(OTHER, 152) ^ d4, 8);
      const b14 = rotl(load<u64>(OTHER, 160) ^ d0, 18);
      const n13 = ~b13;
      const e10 = b10 ^ (b11 | b12);
      store<u64>(LANES, e10, 80);
      c0 ^= e10;
      const e11 = b11 ^ (b12 & b13);
      store<u64>(LANES, e11, 88);
      c1 ^= e11;
      const e12 = b12 ^ (n13 & b14);
      store<u64>(LANES, e12, 96);
      c2 ^= e12;
      const e13 = n13 ^ (b14 | b10);
      store<u64>(LANES, e13, 104);
      c3 ^= e13;
      const e14 = b14 ^ (b10 & b11);
      store<u64>(LANES, e14, 112);
      c4 ^= e14;
      const b15 = rotl(load<u64>(OTHER, 32) ^ d4, 27);
      const b16 = rotl(load<u64>(OTHER, 40) ^ d0, 36);
      const b17 = rotl(load<u64>(OTHER, 88) ^ d1, 10);
      const b18 = rotl(load<u64>(OTHER, 136) ^ d2, 15);
      const b19 = rotl(load<u64>(OTHER, 184) ^ d3, 56);
      const n18 = ~b18;
      const e15 = b15 ^ (b16 & b17);
      store<u64>(LANES, e15, 120);
      c0 ^= e15;
      const e16 = b16 ^ (b17 | b18);
      store<u64>(LANES, e16, 128);
      c1 ^= e16;
      const e17 = b17 ^ (n18 | b19);
      store<u64>(LANES, e17, 136);
      c2 ^= e17;
      const e18 = n18 ^ (b19 & b15);
      store<u64>(LANES, e18, 144);
      c3 ^= e18;
      const e19 = b19 ^ (b15 | b16);
      store<u64>(LANES, e19, 152);
      c4 ^= e19;
      const b20 = rotl(load<u64>(OTHER, 16) ^ d2, 62);
      const b21 = rotl(load<u64>(OTHER, 64) ^ d3, 55);
      const b22 = rotl(load<u64>(OTHER, 112) ^ d4, 39);
      const b23 = rotl(load<u64>(OTHER, 120) ^ d0, 41);
      const b24 = rotl(load<u64>(OTHER, 168) ^ d1, 2);
      const n21 = ~b21;
      const e20 = b20 ^ (n21 & b22);
      store<u64>(LANES, e20, 160);
      c0 ^= e20;
      const e21 = n21 ^ (b22 | b23);
      store<u64>(LANES, e21, 168);
      c1 ^= e21;
      const e22 = b22 ^ (b23 & b24);
      store<u64>(LANES, e22, 176);
      c2 ^= e22;
      const e23 = b23 ^ (b24 | b20);
      store<u64>(LANES, e23, 184);
      c3 ^= e23;
      const e24 = b24 ^ (b20 & b21);
      store<u64>(LANES, e24, 192);
      c4 ^= e24;
    }
    if (at == ROUND_CONSTANTS + 176) return;
  }
  // Of the last round only four lanes are asked for.
  const d0 = c4 ^ rotl(c1, 1);
  const d1 = c0 ^ rotl(c2, 1);
  const d2 = c1 ^ rotl(c3, 1);
  const d3 = c2 ^ rotl(c4, 1);
  const d4 = c3 ^ rotl(c0, 1);
  const b0 = load<u64>(OTHER) ^ d0;
  const b1 = rotl(load<u64>(OTHER, 48) ^ d1, 44);
  const b2 = rotl(load<u64>(OTHER, 96) ^ d2, 43);
  const b3 = rotl(load<u64>(OTHER, 144) ^ d3, 21);
  const b4 = rotl(load<u64>(OTHER, 192) ^ d4, 14);
  store<u64>(out, b0 ^ (b1 | b2) ^ load<u64>(ROUND_CONSTANTS, 184));
  store<u64>(out, ~(b1 ^ (~b2 | b3)), 8);
  store<u64>(out, ~(b2 ^ (b3 & b4)), 16);
  store<u64>(out, b3 ^ (b4 | b0), 24);
}
