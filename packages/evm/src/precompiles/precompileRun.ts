export type { PrecompileRun } from '../types.ts';

/** What the precompiles take from libraries that the embedder chooses; all of it is synchronous. */
export interface PrecompileLibraries {
  /** @returns 32 bytes. */
  keccak256(bytes: Uint8Array): Uint8Array;
  /**
   * Recovers a secp256k1 key from r ‖ s.
   * @returns the 64-byte public key. @throws for a signature that recovers to nothing.
   */
  recover(digest: Uint8Array, signature: Uint8Array, recoveryBit: number): Uint8Array;
  /**
   * Whether the polynomial committed to has the value y at z (EIP-4844).
   * @throws for bytes that are no points or no field elements.
   */
  verifyKzgProof(commitment: Uint8Array, z: Uint8Array, y: Uint8Array, proof: Uint8Array): boolean;
}

export const NOTHING: Uint8Array = new Uint8Array(0);

/** The input cut, or filled with zeros on the right, to a length. */
export function fitted(input: Uint8Array, length: number): Uint8Array {
  if (input.length === length) return input;
  const bytes = new Uint8Array(length);
  bytes.set(input.subarray(0, length));
  return bytes;
}

/** Unsigned number of big-endian bytes. */
export function bigIntOf(bytes: Uint8Array): bigint {
  return bytes.length === 0
    ? 0n
    : BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`);
}

/** Big-endian bytes of a number that fits in so many. */
export function bytesOf(value: bigint, length: number): Uint8Array {
  return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
}
