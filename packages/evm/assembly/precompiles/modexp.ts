/**
 * Montgomery exponentiation for odd moduli of any length up to the room here. Limbs hold `w` bits in 64, so that the 2n products of a
 * column are summed without carries: 28 bits up to 128 limbs, 26 above.
 */
const MAX_LIMBS: i32 = 400;
const ROOM: usize = 400 * 8;

const modulus = memory.data(400 * 8, 16);
const multiples = memory.data(400 * 8, 16);
const accumulator = memory.data(400 * 8, 16);
const base = memory.data(400 * 8, 16);
const table = memory.data(16 * 400 * 8, 16);
const unit = memory.data(400 * 8, 16);

let n: i32 = 0;
let w: i64 = 28;
let mask: i64 = 0;
let negativeInverse: i64 = 0;

function loadLimbs(target: usize, source: usize, length: i32): void {
  memory.fill(target, 0, <usize>n << 3);
  let pending: i64 = 0;
  let bits: i64 = 0;
  let at = target;
  for (let i = length - 1; i >= 0; i--) {
    pending |= (<i64>load<u8>(source + i)) << bits;
    bits += 8;
    if (bits >= w) {
      store<i64>(at, pending & mask);
      at += 8;
      pending >>= w;
      bits -= w;
    }
  }
  if (bits > 0 && at < target + ((<usize>n) << 3)) store<i64>(at, pending);
}

function storeBytes(target: usize, source: usize, length: i32): void {
  let pending: i64 = 0;
  let bits: i64 = 0;
  let limb = 0;
  for (let i = length - 1; i >= 0; i--) {
    if (bits < 8 && limb < n) {
      pending |= load<i64>(source + ((<usize>limb) << 3)) << bits;
      bits += w;
      limb++;
    }
    store<u8>(target + i, <u8>pending);
    pending >>= 8;
    bits -= 8;
  }
}

/** Σ a[i]·b[k − i] for i in [from, to). */
@inline
function column(a: usize, b: usize, k: i32, from: i32, to: i32): i64 {
  let x = a + ((<usize>from) << 3);
  let y = b + ((<usize>(k - from)) << 3);
  let left = to - from;
  let sum: i64 = 0;
  let other: i64 = 0;
  while (left >= 4) {
    sum += load<i64>(x) * load<i64>(y) + load<i64>(x, 8) * load<i64>(y - 8);
    other += load<i64>(x, 16) * load<i64>(y - 16) + load<i64>(x, 24) * load<i64>(y - 24);
    x += 32;
    y -= 32;
    left -= 4;
  }
  while (left > 0) {
    sum += load<i64>(x) * load<i64>(y);
    x += 8;
    y -= 8;
    left--;
  }
  return sum + other;
}

function ownColumn(a: usize, b: usize, k: i32, from: i32, to: i32): i64 {
  if (a != b) return column(a, b, k, from, to);
  const middle = (from + to) >> 1;
  const twice = column(a, a, k, from, middle) << 1;
  if (((from + to) & 1) == 0) return twice;
  const square = load<i64>(a + ((<usize>middle) << 3));
  return twice + square * square;
}

const result = memory.data(400 * 8, 16);

/** r = a·b/R modulo the modulus, below it. r may be a or b. */
function multiply(r: usize, a: usize, b: usize): void {
  let carry: u64 = 0;
  const low = load<i64>(modulus);
  for (let k = 0; k < n; k++) {
    const sum = carry + <u64>ownColumn(a, b, k, 0, k + 1) + <u64>column(multiples, modulus, k, 0, k);
    const m = (<i64>sum * negativeInverse) & mask;
    store<i64>(multiples + ((<usize>k) << 3), m);
    carry = (sum + <u64>(m * low)) >> <u64>w;
  }
  for (let k = n; k < 2 * n - 1; k++) {
    const sum = carry + <u64>ownColumn(a, b, k, k - n + 1, n) + <u64>column(multiples, modulus, k, k - n + 1, n);
    store<i64>(result + ((<usize>(k - n)) << 3), <i64>sum & mask);
    carry = sum >> <u64>w;
  }
  store<i64>(result + ((<usize>(n - 1)) << 3), <i64>carry);
  subtractModulus(r, result);
}

/** a − modulus where that is not negative, else a. */
function subtractModulus(r: usize, a: usize): void {
  let i = n - 1;
  while (i > 0 && load<i64>(a + ((<usize>i) << 3)) == load<i64>(modulus + ((<usize>i) << 3))) i--;
  if (load<i64>(a + ((<usize>i) << 3)) < load<i64>(modulus + ((<usize>i) << 3))) {
    if (r != a) memory.copy(r, a, (<usize>n) << 3);
    return;
  }
  let carry: i64 = 0;
  for (let at: usize = 0; at < (<usize>n) << 3; at += 8) {
    carry += load<i64>(a + at) - load<i64>(modulus + at);
    store<i64>(r + at, carry & mask);
    carry >>= w;
  }
}

/**
 * base^exponent mod modulus, from and to big-endian bytes. The host gives R² mod modulus and base mod modulus, both as long as the
 * modulus, which is odd, above one and without leading zeros.
 */
export function modexp(target: usize, baseAt: usize, exponentAt: usize, exponentLength: i32, modulusAt: usize, squareAt: usize, length: i32): void {
  const inverse = setModulus(modulusAt, length);
  negativeInverse = (-inverse) & mask;
  loadLimbs(accumulator, squareAt, length);
  loadLimbs(base, baseAt, length);
  memory.fill(unit, 0, ROOM);
  store<i64>(unit, 1);
  multiply(table + ROOM, base, accumulator);
  multiply(accumulator, unit, accumulator);
  memory.copy(table, accumulator, (<usize>n) << 3);
  if (exponentLength > 8) powerByWindow(exponentAt, exponentLength);
  else powerByBit(exponentAt, exponentLength);
  multiply(accumulator, accumulator, unit);
  storeBytes(target, accumulator, length);
}

/** @returns the inverse of the modulus modulo 2^w. */
function setModulus(modulusAt: usize, length: i32): i64 {
  w = 8 * length <= 28 * 128 ? 28 : 26;
  mask = ((<i64>1) << w) - 1;
  n = (8 * length + <i32>w - 1) / <i32>w;
  loadLimbs(modulus, modulusAt, length);
  const low = load<i64>(modulus);
  let inverse: i64 = 1;
  for (let i = 0; i < 6; i++) inverse *= 2 - low * inverse;
  return inverse;
}

function powerByBit(exponent: usize, length: i32): void {
  let isStarted = false;
  for (let i = 0; i < 8 * length; i++) {
    if (isStarted) multiply(accumulator, accumulator, accumulator);
    if ((load<u8>(exponent + (i >> 3)) >> (7 - (i & 7))) & 1) {
      multiply(accumulator, accumulator, table + ROOM);
      isStarted = true;
    }
  }
}

function powerByWindow(exponent: usize, length: i32): void {
  for (let i: usize = 2; i < 16; i++) multiply(table + i * ROOM, table + (i - 1) * ROOM, table + ROOM);
  let isStarted = false;
  for (let i = 0; i < 2 * length; i++) {
    if (isStarted) for (let j = 0; j < 4; j++) multiply(accumulator, accumulator, accumulator);
    const digit: usize = (load<u8>(exponent + (i >> 1)) >> (i & 1 ? 0 : 4)) & 15;
    if (digit == 0) continue;
    multiply(accumulator, accumulator, table + digit * ROOM);
    isStarted = true;
  }
}

/** The longest modulus there is room for, in bytes. */
export function modexpRoom(): i32 {
  return (MAX_LIMBS * 26) >> 3;
}
