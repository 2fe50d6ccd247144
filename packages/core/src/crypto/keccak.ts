import { createKeccak, type IHasher } from 'hash-wasm';

let hasher: IHasher | undefined;

/** Loads the WASM keccak (hash-wasm); 5–7 times faster on short input than the JavaScript one. Call once before {@link keccak256}. */
export async function loadKeccak(): Promise<void> {
  hasher ??= await createKeccak(256);
}

/**
 * Keccak-256, 32 bytes. {@link loadKeccak} must have finished.
 * @example keccak256(new Uint8Array()) // c5d2…a470
 */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return (hasher as IHasher).init().update(bytes).digest('binary');
}
