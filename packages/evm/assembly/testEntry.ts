/** What the tests and the benchmark call; no part of the core's own module. */
import * as words from './u256';

export { keccak256 } from './keccak';
export { mul, div, mod, sdiv, smod, exp, addmod, mulmod, shl, shr, sar, signextend, byteAt, clz, byteLength } from './u256';

/** Where callers may put operands: 64 KiB and what they ask for. */
export function scratch(): usize {
  return (__heap_base + 15) & ~15;
}

export function add(r: usize, a: usize, b: usize): void {
  words.add(r, a, b);
}

export function sub(r: usize, a: usize, b: usize): void {
  words.sub(r, a, b);
}

export function and(r: usize, a: usize, b: usize): void {
  words.and(r, a, b);
}

export function or(r: usize, a: usize, b: usize): void {
  words.or(r, a, b);
}

export function xor(r: usize, a: usize, b: usize): void {
  words.xor(r, a, b);
}

export function not(r: usize, a: usize): void {
  words.not(r, a);
}

export function negate(r: usize, a: usize): void {
  words.negate(r, a);
}

export function ltu(a: usize, b: usize): bool {
  return words.ltu(a, b);
}

export function slt(a: usize, b: usize): bool {
  return words.slt(a, b);
}

export function eq(a: usize, b: usize): bool {
  return words.eq(a, b);
}

export function isZero(a: usize): bool {
  return words.isZero(a);
}

export function copy(to: usize, from: usize): void {
  words.copy(to, from);
}

export function set64(r: usize, value: u64): void {
  words.set64(r, value);
}

export function loadBE(r: usize, from: usize): void {
  words.loadBE(r, from);
}

export function storeBE(to: usize, a: usize): void {
  words.storeBE(to, a);
}
