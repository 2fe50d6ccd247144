import { bls12_381 } from '@noble/curves/bls12-381.js';
import { describe, expect, it } from 'vitest';
import { verifyKzgProof } from './kzgProof.ts';

const { Point } = bls12_381.G1;
const bytes32 = (value: bigint): Uint8Array => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const R = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
const constant = (y: bigint): Uint8Array => (y === 0n ? Point.ZERO : Point.BASE.multiply(y)).toBytes(true);
const INFINITY = constant(0n);
/** On the curve and not in the subgroup. */
const STRANGER = Buffer.from(`80${'00'.repeat(47)}`, 'hex');

describe('a KZG proof', () => {
  // Of a constant polynomial the commitment is y·G, and the proof for every z is the point at infinity.
  it.each([0n, 1n, 5n, R - 1n, 0x1234567890abcdefn ** 3n])('of the constant polynomial %i holds for it alone', (y) => {
    for (const z of [0n, 1n, R - 1n, 77n]) {
      expect(verifyKzgProof(constant(y), bytes32(z), bytes32(y), INFINITY)).toBe(true);
      expect(verifyKzgProof(constant(y), bytes32(z), bytes32((y + 1n) % R), INFINITY)).toBe(false);
    }
  });

  it('does not hold with another proof', () => {
    expect(verifyKzgProof(constant(5n), bytes32(1n), bytes32(5n), constant(1n))).toBe(false);
  });

  it.each<[string, Uint8Array]>([
    ['an uncompressed point', new Uint8Array(48)],
    ['a coordinate that is too large', new Uint8Array(48).fill(0xff, 0, 48)],
    ['infinity with a coordinate', Uint8Array.from(INFINITY, (byte, i) => (i === 47 ? 1 : byte))],
    ['infinity with a sign', Uint8Array.from(INFINITY, (byte, i) => (i === 0 ? 0xe0 : byte))],
    ['a coordinate of no point', Uint8Array.from(STRANGER, (byte, i) => (i === 47 ? 1 : byte))],
    ['a point that is not of the group', STRANGER],
  ])('is refused with %s', (_, point) => {
    expect(() => verifyKzgProof(point, bytes32(1n), bytes32(1n), INFINITY)).toThrow(RangeError);
    expect(() => verifyKzgProof(INFINITY, bytes32(1n), bytes32(1n), point)).toThrow(RangeError);
  });

  it('is refused with numbers that are no field elements', () => {
    expect(() => verifyKzgProof(INFINITY, bytes32(R), bytes32(0n), INFINITY)).toThrow('field element');
    expect(() => verifyKzgProof(INFINITY, bytes32(0n), bytes32(R), INFINITY)).toThrow('field element');
  });
});
