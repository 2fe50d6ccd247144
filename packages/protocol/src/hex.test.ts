import { describe, expect, it } from 'vitest';
import { bytesFromHex, hexFromBytes, isHex, quantityFromBigInt } from './hex.ts';

describe('hexFromBytes', () => {
  it('writes two digits a byte, leading zeros too', () => {
    expect(hexFromBytes(new Uint8Array())).toBe('0x');
    expect(hexFromBytes(Uint8Array.of(0, 1, 0xab, 255))).toBe('0x0001abff');
  });

  it.each([64, 65, 1000])('writes %i bytes as Buffer does', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    expect(hexFromBytes(bytes)).toBe(`0x${Buffer.from(bytes).toString('hex')}`);
  });

  it('writes a part of a larger buffer, and no more', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    expect(hexFromBytes(bytes.subarray(10, 12))).toBe('0x0a0b');
    expect(hexFromBytes(bytes.subarray(100, 200))).toBe(`0x${Buffer.from(bytes.slice(100, 200)).toString('hex')}`);
  });
});

describe('bytesFromHex', () => {
  it('is the way back', () => {
    expect(bytesFromHex('0x')).toEqual(new Uint8Array());
    expect(bytesFromHex('0x0001ABff')).toEqual(Uint8Array.of(0, 1, 0xab, 255));
  });

  it('hands over bytes of its own, not a window of a shared pool', () => {
    expect(bytesFromHex('0x01').buffer.byteLength).toBe(1);
  });
});

it('quantityFromBigInt writes no leading zeros', () => {
  expect(quantityFromBigInt(0n)).toBe('0x0');
  expect(quantityFromBigInt(255)).toBe('0xff');
  expect(quantityFromBigInt(2n ** 256n - 1n)).toBe(`0x${'f'.repeat(64)}`);
});

it('isHex knows hex of any length', () => {
  expect(['0x', '0x0', '0xaBc'].every(isHex)).toBe(true);
  expect(['', 'ab', '0X1', '0xg', ' 0x1', 1, null, undefined].some(isHex)).toBe(false);
});
