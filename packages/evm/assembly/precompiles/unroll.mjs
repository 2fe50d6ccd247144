/**
 * Writes `products.ts`: the Montgomery products of the two field sizes, unrolled by column, since no compiler on the way unrolls them.
 * An element is `n` signed 64-bit limbs of `w` bits; the factor is 2^(n·w). Sums and differences are left with their carries: a product
 * takes operands whose limbs are small multiples of 2^w (`field.ts` counts them) and returns limbs below 2^w.
 */
const sizes = [
  { n: 10, w: 26 },
  { n: 14, w: 28, prime: 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn },
];

const range = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

function inverseModPowerOfTwo(value, bits) {
  let inverse = 1n;
  for (let i = 0; i < 7; i++) inverse = BigInt.asUintN(bits, inverse * (2n - value * inverse));
  return inverse;
}

/** The limbs of the modulus: numbers where only one field has this size, else loaded. */
function modulus({ n, w, prime }) {
  if (prime === undefined) {
    return {
      load: [...range(0, n).map((j) => `const p${j} = load<i64>(MODULUS, ${8 * j});`), 'const k = load<i64>(NEGATIVE_INVERSE);'],
      limb: (j) => `p${j}`,
      k: 'k',
    };
  }
  const k = BigInt.asUintN(w, -inverseModPowerOfTwo(prime, w));
  return { load: [], limb: (j) => `${BigInt.asUintN(w, prime >> BigInt(w * j))}`, k: `${k}` };
}

/** @param terms products per column: `(i, j) => 'a0 * b1'`, given for each pair of limbs. */
function product(size, name, parameters, operands, column) {
  const { n, w } = size;
  const p = modulus(size);
  const mask = (1n << BigInt(w)) - 1n;
  const lines = operands.flatMap((x) => range(0, n).map((i) => `const ${x}${i} = load<i64>(${x}, ${8 * i});`));
  lines.push(...p.load, 'let t: i64 = 0;');
  for (const k of range(0, 2 * n - 1)) {
    const own = column(k, n);
    const multiples = range(Math.max(0, k - n + 1), Math.min(k, n)).map((i) => `m${i} * ${p.limb(k - i)}`);
    lines.push(`t += ${[...own, ...multiples].join(' + ')};`);
    if (k < n) lines.push(`const m${k} = (t * ${p.k}) & ${mask};`, `t = (t + m${k} * ${p.limb(0)}) >> ${w};`);
    else lines.push(`store<i64>(r, t & ${mask}, ${8 * (k - n)});`, `t >>= ${w};`);
  }
  lines.push(`store<i64>(r, t, ${8 * (n - 1)});`);
  const typed = parameters.map((x) => `${x}: usize`).join(', ');
  return `export function ${name}${n}(${typed}): void {\n  ${lines.join('\n  ')}\n}\n`;
}

const pairs = (k, n) => range(Math.max(0, k - n + 1), Math.min(k, n - 1) + 1).map((i) => [i, k - i]);
const times = (x, y) => (k, n) => pairs(k, n).map(([i, j]) => `${x}${i} * ${y}${j}`);

function squareColumn(k, n) {
  const twice = pairs(k, n).filter(([i, j]) => i < j).map(([i, j]) => `a${i} * a${j}`);
  const once = k % 2 === 0 ? [`a${k / 2} * a${k / 2}`] : [];
  return twice.length === 0 ? once : [`((${twice.join(' + ')}) << 1)`, ...once];
}

/** Takes carries through and brings the value to about [0, p), guessing the multiple of p from the top limbs. */
function reduction(size) {
  const { n, w } = size;
  const p = modulus(size);
  const mask = (1n << BigInt(w)) - 1n;
  const lines = range(0, n).map((i) => `const a${i} = load<i64>(a, ${8 * i});`);
  lines.push(...p.load.filter((line) => !line.startsWith('const k ')));
  lines.push(`const q = ((a${n - 1} + (a${n - 2} >> ${w})) * load<i64>(RECIPROCAL)) >> 40;`, 'let t: i64 = 0;');
  for (const i of range(0, n)) {
    lines.push(`t += a${i} - q * ${p.limb(i)};`);
    lines.push(i < n - 1 ? `store<i64>(r, t & ${mask}, ${8 * i});\n  t >>= ${w};` : `store<i64>(r, t, ${8 * i});`);
  }
  return `export function reduce${n}(r: usize, a: usize): void {\n  ${lines.join('\n  ')}\n}\n`;
}

export function productsSource() {
  const functions = sizes.flatMap((size) => [
    product(size, 'multiply', ['r', 'a', 'b'], ['a', 'b'], times('a', 'b')),
    product(size, 'square', ['r', 'a'], ['a'], squareColumn),
    product(size, 'sumOfProducts', ['r', 'a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], (k, n) => [...times('a', 'b')(k, n), ...times('c', 'd')(k, n)]),
    product(size, 'differenceOfProducts', ['r', 'a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], (k, n) => [
      ...times('a', 'b')(k, n),
      `-(${times('c', 'd')(k, n).join(' + ')})`,
    ]),
    reduction(size),
  ]);
  return `import { MODULUS, NEGATIVE_INVERSE, RECIPROCAL } from './constants';\n\n${functions.join('\n')}`;
}
