import { applyEndomorphism } from './endomorphism';
import * as point from './point';

/** Digits of a scalar, one a bit and most of them zero: odd, below 2^(w−1) in absolute value (w-ary non-adjacent form). */
const DIGITS: i32 = 264;
const WINDOW: i32 = 5;
const ODD_MULTIPLES: i32 = 8;

/** Scalars and points of one sum are laid here by `term`, with room for as many as fit in a batch. */
const MAX_TERMS: i32 = 256;
const digits = memory.data(264 * 256, 16);
/** Odd multiples of each term's point, from the second place on. */
const tables = memory.data(8 * 672 * 257, 16);
let terms: i32 = 0;
let length: i32 = 0;
/** What earlier batches came to. */
const EARLIER = memory.data(672, 16);

export function begin(): void {
  terms = 0;
  length = 0;
  point.setInfinity(EARLIER);
}

function bitsAt(scalar: usize, bytes: i32, at: i32, count: i32): i32 {
  let value: i32 = 0;
  for (let i = count - 1; i >= 0; i--) {
    const bit = at + i;
    const byte = bytes - 1 - (bit >> 3);
    value = (value << 1) | (byte < 0 ? 0 : (load<u8>(scalar + byte) >> (bit & 7)) & 1);
  }
  return value;
}

function recode(target: usize, scalar: usize, bytes: i32): void {
  memory.fill(target, 0, DIGITS);
  const bits = 8 * bytes + 1;
  let carry = 0;
  let at = 0;
  while (at < bits) {
    if (bitsAt(scalar, bytes, at, 1) == carry) {
      at++;
      continue;
    }
    let word = bitsAt(scalar, bytes, at, WINDOW) + carry;
    carry = (word >> (WINDOW - 1)) & 1;
    word -= carry << WINDOW;
    store<i8>(target + at, <i8>word);
    if (at + 1 > length) length = at + 1;
    at += WINDOW;
  }
}

const TWICE = memory.data(672, 16);
const NEGATED = memory.data(672, 16);

/** Adds scalar · p to the sum. @param scalar big-endian bytes, at most 32. */
export function term(p: usize, isNegative: bool, scalar: usize, bytes: i32): void {
  const table = nextTable(scalar, bytes);
  if (isNegative) point.negate(table, p);
  else point.copyPoint(table, p);
  point.double(TWICE, table);
  for (let i = 1; i < ODD_MULTIPLES; i++) point.add(table + i * 672, table + (i - 1) * 672, TWICE);
}

/** Adds ∓scalar · e(q), where q is the point of the last term and e the endomorphism, which makes this table from that one. */
export function termOfImage(isNegative: bool, scalar: usize, bytes: i32): void {
  const table = nextTable(scalar, bytes);
  for (let i = 0; i < ODD_MULTIPLES; i++) {
    const entry = table + i * 672;
    applyEndomorphism(entry, entry - ODD_MULTIPLES * 672);
    if (isNegative) point.negate(entry, entry);
  }
}

/** Room for the odd multiples of a term's point. Behind a full batch the last table stays in its place before the next. */
function nextTable(scalar: usize, bytes: i32): usize {
  if (terms == MAX_TERMS) {
    sumBatch(TWICE);
    point.add(EARLIER, EARLIER, TWICE);
    memory.copy(tables, tables + terms * ODD_MULTIPLES * 672, ODD_MULTIPLES * 672);
    terms = 0;
    length = 0;
  }
  recode(digits + terms * DIGITS, scalar, bytes);
  terms++;
  return tables + terms * ODD_MULTIPLES * 672;
}

/** The sum of all terms. */
export function finish(r: usize): void {
  sumBatch(r);
  point.add(r, r, EARLIER);
}

/** Doublings are shared by all terms (Straus). */
function sumBatch(r: usize): void {
  point.setInfinity(r);
  for (let bit = length - 1; bit >= 0; bit--) {
    point.double(r, r);
    for (let i = 0; i < terms; i++) {
      const digit = load<i8>(digits + i * DIGITS + bit);
      if (digit == 0) continue;
      const entry = tables + ((i + 1) * ODD_MULTIPLES + (abs<i32>(digit) >> 1)) * 672;
      if (digit > 0) point.add(r, r, entry);
      else {
        point.negate(NEGATED, entry);
        point.add(r, r, NEGATED);
      }
    }
  }
}

/** r = k · p for a short k, plainly by doubling and adding. r and p differ. */
export function mulShort(r: usize, p: usize, k: u64): void {
  point.copyPoint(r, p);
  for (let bit = 62 - <i32>clz(k); bit >= 0; bit--) {
    point.double(r, r);
    if ((k >> bit) & 1) point.add(r, r, p);
  }
}
