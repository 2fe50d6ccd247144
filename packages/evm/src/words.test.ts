import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../fuzz/random.ts';

/** The arithmetic of `assembly/u256.ts` against BigInt. */
type Exports = { readonly memory: WebAssembly.Memory; scratch(): number } & Record<string, (...at: number[]) => number>;

const BITS = 256n;
const MASK = (1n << BITS) - 1n;
const signed = (a: bigint): bigint => BigInt.asIntN(256, a);
const abs = (a: bigint): bigint => (a < 0n ? -a : a);

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) & MASK;
    square = (square * square) & MASK;
  }
  return result;
}

const BINARY: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => (b === 0n ? 0n : a / b),
  mod: (a, b) => (b === 0n ? 0n : a % b),
  sdiv: (a, b) => (b === 0n ? 0n : signed(a) / signed(b)),
  smod: (a, b) => (b === 0n ? 0n : signed(a) % signed(b)),
  exp: power,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shl: (n, v) => (n > 255n ? 0n : v << n),
  shr: (n, v) => (n > 255n ? 0n : v >> n),
  sar: (n, v) => signed(v) >> (n > 255n ? 255n : n),
  signextend: (k, x) => (k > 30n ? x : BigInt.asIntN(Number(8n * k + 8n), x)),
  byteAt: (i, x) => (i > 31n ? 0n : (x >> (8n * (31n - i))) & 255n),
};
const UNARY: Readonly<Record<string, (a: bigint) => bigint>> = {
  not: (a) => ~a,
  negate: (a) => -a,
  clz: (a) => (a === 0n ? 256n : 256n - BigInt(a.toString(2).length)),
};
const TESTS: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  ltu: (a, b) => a < b,
  slt: (a, b) => signed(a) < signed(b),
  eq: (a, b) => a === b,
};
const TERNARY: Readonly<Record<string, (a: bigint, b: bigint, n: bigint) => bigint>> = {
  addmod: (a, b, n) => (n === 0n ? 0n : (a + b) % n),
  mulmod: (a, b, n) => (n === 0n ? 0n : (a * b) % n),
};

const EDGES = [0, 8, 31, 32, 63, 64, 65, 127, 128, 191, 192, 255]
  .flatMap((bits) => [(1n << BigInt(bits)) - 1n, 1n << BigInt(bits), (1n << BigInt(bits)) + 1n])
  .concat([2n, 10n, 30n, 33n, 256n, 257n, MASK, MASK - 1n, abs(signed(MASK))]);

function randomWord(random: Random): bigint {
  const limbs = 1 + random.below(4);
  const bytes = random.bytes(8 * limbs).map((byte) => (random.chance(0.1) ? (byte & 1) * 255 : byte));
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

let exports: Exports;
let view: DataView;
let at: number;

beforeAll(async () => {
  const { compile } = await import(String(new URL('../compile.mjs', import.meta.url)));
  const { instance } = await WebAssembly.instantiate(await compile('testEntry.ts'));
  exports = instance.exports as unknown as Exports;
  exports.memory.grow(1);
  view = new DataView(exports.memory.buffer);
  at = exports.scratch();
});

function write(place: number, value: bigint): void {
  for (let i = 0; i < 4; i++) view.setBigUint64(place + 8 * i, (value >> BigInt(64 * i)) & (2n ** 64n - 1n), true);
}

function read(place: number): bigint {
  let value = 0n;
  for (let i = 3; i >= 0; i--) value = (value << 64n) | view.getBigUint64(place + 8 * i, true);
  return value;
}

/** With the result in a place of its own, and over each operand, as the interpreter does. */
function check(name: string, operands: readonly bigint[], expected: bigint): void {
  for (let over = -1; over < operands.length; over++) {
    operands.forEach((operand, i) => void write(at + 32 * (i + 1), operand));
    const result = over < 0 ? at : at + 32 * (over + 1);
    exports[name]?.(result, ...operands.map((_, i) => at + 32 * (i + 1)));
    const got = read(result);
    if (got !== (expected & MASK)) expect({ name, operands, over, got }).toBe(expected & MASK);
  }
}

function operandPairs(random: Random): [bigint, bigint][] {
  const crossed = EDGES.flatMap((a) => EDGES.map((b): [bigint, bigint] => [a, b]));
  const drawn = Array.from({ length: 3000 }, (): [bigint, bigint] => [randomWord(random), randomWord(random)]);
  const small = Array.from({ length: 500 }, (): [bigint, bigint] => [BigInt(random.below(300)), randomWord(random)]);
  return [...crossed, ...drawn, ...small];
}

describe('words in the core', () => {
  it.each(Object.entries(BINARY))('%s as BigInt', (name, oracle) => {
    for (const [a, b] of operandPairs(createRandom(name.length))) check(name, [a, b], oracle(a, b));
    expect(exports[name]).toBeTypeOf('function');
  });

  it.each(Object.entries(UNARY))('%s as BigInt', (name, oracle) => {
    for (const [a] of operandPairs(createRandom(1))) check(name, [a], oracle(a));
    expect(exports[name]).toBeTypeOf('function');
  });

  it.each(Object.entries(TESTS))('%s as BigInt', (name, oracle) => {
    for (const [a, b] of operandPairs(createRandom(2))) {
      write(at, a);
      write(at + 32, b);
      if ((exports[name]?.(at, at + 32) !== 0) !== oracle(a, b)) expect([name, a, b]).toBe(oracle(a, b));
    }
    expect(exports[name]).toBeTypeOf('function');
  });

  it.each(Object.entries(TERNARY))('%s as BigInt', (name, oracle) => {
    const random = createRandom(3);
    for (const [a, b] of operandPairs(random)) {
      const n = random.chance(0.5) ? randomWord(random) : random.pick(EDGES);
      check(name, [a, b, n], oracle(a, b, n));
    }
    expect(exports[name]).toBeTypeOf('function');
  });

  // A modulus that comes again is reduced by in another way, which needs 233 bits.
  it.each([231n, 232n, 233n, 234n, 240n, 248n, 253n, 254n, 255n])(
    'mulmod again and again by 2^%s and near it',
    (bits) => {
      const random = createRandom(Number(bits));
      const far = randomWord(random) % (1n << bits);
      const moduli = [
        1n << bits,
        (1n << bits) + 1n,
        (1n << bits) + far,
        (2n << bits) - 1n,
        (2n << bits) - 1n - (far >> 200n),
      ];
      for (const n of moduli) {
        const near = [0n, 1n, n - 1n, n, (n + 1n) & MASK, MASK, n >> 1n, (n * 2n - 1n) & MASK, (n - 1n) & ~MASK];
        for (const a of near) for (const b of near) check('mulmod', [a, b, n], (a * b) % n);
        for (let i = 0; i < 300; i++) {
          const [a, b] = [randomWord(random), randomWord(random)];
          check('mulmod', [a, b, n], (a * b) % n);
        }
      }
      expect(moduli).toHaveLength(5);
    },
  );
});
