/** ChaCha's constant, "expand 32-byte k". */
const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const ROUNDS = 12;
/** The words of the state that each quarter round of a double round mixes: columns, then diagonals. */
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** Stretches 64 bits to a 256-bit key with the generator PCG32. */
function keyWords(seed: bigint): number[] {
  let state = BigInt.asUintN(64, seed);
  return Array.from({ length: 8 }, () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 11634580027462260723n);
    const word = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n));
    const turn = Number(state >> 59n);
    return turn === 0 ? word : rotated(word, 32 - turn);
  });
}

function chachaBlock(key: readonly number[]): Uint32Array {
  const start = Uint32Array.from([...SIGMA, ...key, 0, 0, 0, 0]);
  const words = Uint32Array.from(start);
  const mix = (into: number, from: number, target: number, bits: number): void => {
    words[into] = (words[into] as number) + (words[from] as number);
    words[target] = rotated((words[target] as number) ^ (words[into] as number), bits);
  };
  for (let round = 0; round < ROUNDS; round += 2) {
    for (const [a, b, c, d] of QUARTERS) {
      mix(a, b, d, 16);
      mix(c, d, b, 12);
      mix(a, b, d, 8);
      mix(c, d, b, 7);
    }
  }
  return words.map((word, index) => word + (start[index] as number));
}

/**
 * The first 16 bytes that Rust's `StdRng::seed_from_u64(seed)` gives one at a time: ChaCha with twelve rounds, of which
 * each byte uses up a word. Anvil makes its seeded mnemonics of them, and ours are to be the same.
 * @param seed 0 to 2^64 − 1.
 */
export function randomBytesFromSeed(seed: bigint): Uint8Array {
  return Uint8Array.from(chachaBlock(keyWords(seed)), (word) => word & 0xff);
}
