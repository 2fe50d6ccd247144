const BITS = 29;
const MASK = `0x${((1n << BigInt(BITS)) - 1n).toString(16)}`;
/** Digits of a word, and of what is worked with in a reduction: one more. */
const WORD = 9;
const WIDE = 10;

const range = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** A digit of a word whose limbs are `${name}l0` to `${name}l3`. */
function digit(name, i) {
  const [limb, shift] = [Math.floor((BITS * i) / 64), (BITS * i) % 64];
  const low = shift === 0 ? `${name}l${limb}` : `(${name}l${limb} >> ${shift})`;
  const isSplit = shift + BITS > 64 && limb < 3;
  return `(${isSplit ? `(${low} | (${name}l${limb + 1} << ${64 - shift}))` : low} & ${MASK})`;
}

const limbs = (name, at) => range(0, 4).map((i) => `const ${name}l${i} = load<u64>(${at}, ${8 * i});`);
const digits = (name) => range(0, WORD).map((i) => `const ${name}${i} = ${digit(name, i)};`);

/** A column of the product of two numbers of so many digits. */
function column(c, [one, first], [other, second]) {
  const terms = range(Math.max(0, c - second + 1), Math.min(first, c + 1)).map((i) => `${one(i)} * ${other(c - i)}`);
  return terms.join(' + ');
}

/** A limb of the number whose digits are given; the last goes beyond four limbs. */
function limbOf(name, w, count) {
  const parts = range(0, count).flatMap((i) => {
    const shift = BITS * i - 64 * w;
    if (shift <= -BITS || shift >= 64) return [];
    return [shift === 0 ? `${name}${i}` : shift > 0 ? `(${name}${i} << ${shift})` : `(${name}${i} >> ${-shift})`];
  });
  return parts.join(' | ');
}

/**
 * Writes `reduction.ts`: Barrett's reduction of a product (Handbook of Applied Cryptography, 14.42) in digits of 29 bits, of
 * which a column of ten products and a carry fit in 64 bits. The columns of the quotient that are left out are those that the
 * algorithm may go without for one subtraction more.
 */
export function reductionSource() {
  const named = (name, offset = 0) => (i) => `${name}${i + offset}`;
  const from = (at) => (i) => `load<u64>(${at}, ${8 * i})`;
  const lines = [
    ...limbs('a', 'a'),
    ...limbs('b', 'b'),
    ...digits('a'),
    ...digits('b'),
    ...range(0, 2 * WORD - 1).flatMap((c) => [
      `const p${c} = ${column(c, [named('a'), WORD], [named('b'), WORD])}${c === 0 ? '' : ` + (p${c - 1} >> ${BITS})`};`,
      `const x${c} = p${c} & ${MASK};`,
    ]),
    `const x${2 * WORD - 1} = p${2 * WORD - 2} >> ${BITS};`,
    ...range(WORD - 1, 2 * WIDE - 1).map(
      (c) =>
        `const t${c} = ${column(c, [named('x', WORD - 1), WIDE], [from('RECIPROCAL'), WIDE])}${c === WORD - 1 ? '' : ` + (t${c - 1} >> ${BITS})`};`,
    ),
    ...range(0, WIDE - 1).map((i) => `const q${i} = t${i + WIDE} & ${MASK};`),
    `const q${WIDE - 1} = t${2 * WIDE - 2} >> ${BITS};`,
    ...range(0, WIDE).flatMap((c) => [
      `const d${c} = x${c} - (${column(c, [named('q'), WIDE], [from('DIGITS'), WORD])})${c === 0 ? '' : ` + <u64>(<i64>d${c - 1} >> ${BITS})`};`,
      `const r${c} = d${c} & ${MASK};`,
    ]),
    ...range(0, 5).map((w) => `let s${w} = ${limbOf('r', w, WIDE)};`),
  ];
  const body = lines.join('\n  ');
  return `import { RECIPROCAL, DIGITS } from './modulus';\n\n
export function multiplyReduced(r: usize, a: usize, b: usize, n: usize): void {
  ${body}
  ${limbs('n', 'n').join('\n  ')}
  while (true) {
    const e0 = s0 - nl0;
    const g0 = u64(s0 < nl0);
    const f1 = s1 - nl1;
    const e1 = f1 - g0;
    const g1 = u64(s1 < nl1) | u64(f1 < g0);
    const f2 = s2 - nl2;
    const e2 = f2 - g1;
    const g2 = u64(s2 < nl2) | u64(f2 < g1);
    const f3 = s3 - nl3;
    const e3 = f3 - g2;
    const g3 = u64(s3 < nl3) | u64(f3 < g2);
    if (s4 < g3) break;
    s4 -= g3;
    s0 = e0;
    s1 = e1;
    s2 = e2;
    s3 = e3;
  }
  store<u64>(r, s0);
  store<u64>(r, s1, 8);
  store<u64>(r, s2, 16);
  store<u64>(r, s3, 24);
}
`;
}
