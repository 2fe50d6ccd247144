const range = (n) => [...Array(n).keys()];
const hex = (value) => `0x${value.toString(16)}`;

function integerRoot(value, power) {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / Number(power)));
  while (true) {
    const next = ((power - 1n) * root + value / root ** (power - 1n)) / power;
    if (next >= root) return root;
    root = next;
  }
}

/** The first 32 bits of the fractions of the first primes' roots, which is where SHA-256 has its constants from (FIPS 180-4). */
function rootFractions(count, power) {
  const primes = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return primes.map((p) => hex(BigInt.asUintN(32, integerRoot(BigInt(p) << (32n * power), power))));
}

function sha256Block() {
  const lines = range(16).map((i) => `let w${i} = bswap(load<u32>(block, ${4 * i}));`);
  const state = 'abcdefgh';
  lines.push(...range(8).map((i) => `let ${state[i]} = load<u32>(state, ${4 * i});`));
  rootFractions(64, 3n).forEach((constant, round) => {
    const [a, b, c, d, e, f, g, h] = range(8).map((i) => state[(i + 64 - round) % 8]);
    const w = (back) => `w${(round - back + 64) % 16}`;
    if (round >= 16) {
      lines.push(
        `w${round % 16} += ${w(7)} + (rotr<u32>(${w(15)}, 7) ^ rotr<u32>(${w(15)}, 18) ^ (${w(15)} >> 3)) + (rotr<u32>(${w(2)}, 17) ^ rotr<u32>(${w(2)}, 19) ^ (${w(2)} >> 10));`,
      );
    }
    lines.push(
      `${h} += (rotr<u32>(${e}, 6) ^ rotr<u32>(${e}, 11) ^ rotr<u32>(${e}, 25)) + ((${e} & (${f} ^ ${g})) ^ ${g}) + ${constant} + w${round % 16};`,
      `${d} += ${h};`,
      `${h} += (rotr<u32>(${a}, 2) ^ rotr<u32>(${a}, 13) ^ rotr<u32>(${a}, 22)) + ((${a} & ${b}) | (${c} & (${a} | ${b})));`,
    );
  });
  lines.push(...range(8).map((i) => `store<u32>(state, load<u32>(state, ${4 * i}) + ${state[i]}, ${4 * i});`));
  return `export function sha256Block(state: usize, block: usize): void {\n  ${lines.join('\n  ')}\n}\n`;
}

/** RIPEMD-160's two lines: the words of the message and the rotations, a hexadecimal digit each (Dobbertin, Bosselaers and Preneel). */
const LINES = [
  {
    words: '0123456789abcdef74d1a6f3c0952eb83ae49f812706db5c19ba08c4d37fe56240597c2ae138b6fd',
    turns: 'befc5879bdef6798768db97f7cf9b7dcbd67e9dfe8d65c75bcefef989e56865c9f5b68dc5cdeb856',
    constants: ['0', '0x5a827999', '0x6ed9eba1', '0x8f1bbcdc', '0xa953fd4e'],
    mixes: [0, 1, 2, 3, 4],
  },
  {
    words: '5e7092b4d6f81a3c6b370d5aef8c4912f5137e69b8c2a04d86413bf05c2d97aecfa4158762de039b',
    turns: '899bdff5778beec69df7c89b77c76fdb97fb866ecd5edd75f58bee6e69c9c5f885c9c5e68d65fdbb',
    constants: ['0x50a28be6', '0x5c4dd124', '0x6d703ef3', '0x7a6d76e9', '0'],
    mixes: [4, 3, 2, 1, 0],
  },
];
const MIXES = [
  (x, y, z) => `(${x} ^ ${y} ^ ${z})`,
  (x, y, z) => `((${x} & ${y}) | (~${x} & ${z}))`,
  (x, y, z) => `((${x} | ~${y}) ^ ${z})`,
  (x, y, z) => `((${x} & ${z}) | (${y} & ~${z}))`,
  (x, y, z) => `(${x} ^ (${y} | ~${z}))`,
];

function ripemdLine({ words, turns, constants, mixes }, side) {
  return range(80).flatMap((step) => {
    const [a, b, c, d, e] = range(5).map((i) => `${side}${(i + 80 - step) % 5}`);
    const round = Math.floor(step / 16);
    const word = `m${Number.parseInt(words[step], 16)}`;
    const turn = Number.parseInt(turns[step], 16);
    return [
      `${a} = rotl<u32>(${a} + ${MIXES[mixes[round]](b, c, d)} + ${word} + ${constants[round]}, ${turn}) + ${e};`,
      `${c} = rotl<u32>(${c}, 10);`,
    ];
  });
}

function ripemd160Block() {
  const lines = range(16).map((i) => `const m${i} = load<u32>(block, ${4 * i});`);
  lines.push(...range(5).map((i) => `const h${i} = load<u32>(state, ${4 * i});`));
  for (const side of ['l', 'r']) lines.push(...range(5).map((i) => `let ${side}${i} = h${i};`));
  lines.push(...ripemdLine(LINES[0], 'l'), ...ripemdLine(LINES[1], 'r'));
  // Eighty steps leave the names where they began.
  lines.push(
    ...range(5).map((i) => `store<u32>(state, h${(i + 1) % 5} + l${(i + 2) % 5} + r${(i + 3) % 5}, ${4 * i});`),
  );
  return `export function ripemd160Block(state: usize, block: usize): void {\n  ${lines.join('\n  ')}\n}\n`;
}

/** Writes `blocks.ts`: the compressions of SHA-256 and RIPEMD-160, all words in locals. */
export function blocksSource() {
  const initial = `export const SHA256_INITIAL: StaticArray<u32> = [${rootFractions(8, 2n).join(', ')}];\n`;
  return `${initial}\n${sha256Block()}\n${ripemd160Block()}`;
}
