/** Which word of the message each half of each mixing takes, for ten rounds; then they repeat (RFC 7693, 2.7). */
const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const IV = [
  '0x6a09e667f3bcc908',
  '0xbb67ae8584caa73b',
  '0x3c6ef372fe94f82b',
  '0xa54ff53a5f1d36f1',
  '0x510e527fade682d1',
  '0x9b05688c2b3e6c1f',
  '0x1f83d9abfb41bd6b',
  '0x5be0cd19137e2179',
];
/** The four words each of a round's eight mixings works on: columns, then diagonals. */
const MIXED = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

function mixing([a, b, c, d], x, y) {
  return [
    `v${a} += v${b} + m${x};`,
    `v${d} = rotr<u64>(v${d} ^ v${a}, 32);`,
    `v${c} += v${d};`,
    `v${b} = rotr<u64>(v${b} ^ v${c}, 24);`,
    `v${a} += v${b} + m${y};`,
    `v${d} = rotr<u64>(v${d} ^ v${a}, 16);`,
    `v${c} += v${d};`,
    `v${b} = rotr<u64>(v${b} ^ v${c}, 63);`,
  ];
}

/** Writes `rounds.ts`: the rounds of BLAKE2b's compression, ten different ones written out, all words in locals. */
export function roundsSource() {
  const words = [...Array(16).keys()];
  const lines = [
    ...words.map((i) => `const m${i} = load<u64>(message, ${8 * i});`),
    ...words.map((i) => `let v${i} = load<u64>(work, ${8 * i});`),
    'while (true) {',
    ...SIGMA.flatMap((sigma) => [
      'if (rounds == 0) break;',
      'rounds--;',
      ...MIXED.flatMap((mixed, i) => mixing(mixed, sigma[2 * i], sigma[2 * i + 1])),
    ]),
    '}',
    ...words.map((i) => `store<u64>(work, v${i}, ${8 * i});`),
  ];
  return `export const IV: usize = memory.data<u64>([${IV.join(', ')}], 16);

export function mix(rounds: u32, work: usize, message: usize): void {\n  ${lines.join('\n  ')}\n}\n`;
}
