import { RLP } from '@ethereumjs/rlp';
import { describe, expect, it } from 'vitest';
import { encodeRlp, type RlpItem } from './rlp.ts';

const bytes = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value);

/** Nested lists by a linear congruential generator, so that a failure is found again. */
function made(seed: number): RlpItem {
  let state = seed;
  const next = (limit: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % limit;
  };
  const item = (depth: number): RlpItem =>
    depth === 0 || next(3) > 0
      ? bytes([0, 1, 1, 20, 32, 33, 55, 56, 300][next(9)] as number, next(256))
      : Array.from({ length: next(7) }, () => item(depth - 1));
  return Array.from({ length: next(20) }, () => item(4));
}

describe('encodeRlp', () => {
  it.each([0, 1, 2, 55, 56, 255, 256, 65_535, 65_536, 3_000_000])('writes %i bytes as the library does', (length) => {
    for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
      expect(Buffer.compare(encodeRlp(bytes(length, value)), RLP.encode(bytes(length, value)))).toBe(0);
      const list = [bytes(length, value), [bytes(3)], []];
      expect(Buffer.compare(encodeRlp(list), RLP.encode(list as never))).toBe(0);
    }
  });

  it('writes nested lists as the library does', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const item = made(seed);
      expect(encodeRlp(item)).toEqual(RLP.encode(item as never));
    }
  });

  it('hands out bytes that later ones do not change', () => {
    const first = encodeRlp([bytes(10)]);
    encodeRlp([bytes(10, 9)]);
    expect(first).toEqual(RLP.encode([bytes(10)]));
  });
});
