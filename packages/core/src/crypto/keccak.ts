import { createKeccak256 } from '@minichain/evm';

let hash: ((bytes: Uint8Array) => Uint8Array) | undefined;

/**
 * Keccak-256 in WebAssembly, 32 bytes.
 * @example keccak256(new Uint8Array()) // c5d2…a470
 */
export function keccak256(bytes: Uint8Array): Uint8Array {
  hash ??= createKeccak256();
  return hash(bytes);
}
