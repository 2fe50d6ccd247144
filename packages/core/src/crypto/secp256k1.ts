import { createRequire } from 'node:module';

/** Recoverable ECDSA over secp256k1; which library serves it is decided once per process. */
export interface Secp256k1 {
  readonly backend: 'native' | 'wasm' | 'javascript';
  /** @returns the 64-byte public key without its prefix. @throws for a signature that recovers to nothing. */
  recover(digest: Uint8Array, signature: Uint8Array, recoveryBit: number): Uint8Array;
  /** @returns 64 bytes r ‖ s with low s, and the recovery bit. */
  sign(digest: Uint8Array, privateKey: Uint8Array): { signature: Uint8Array; recoveryBit: number };
  /** @returns the 64-byte public key without its prefix. */
  publicKey(privateKey: Uint8Array): Uint8Array;
}

interface NativeModule {
  ecdsaRecover(signature: Uint8Array, recid: number, digest: Uint8Array, compressed: boolean): Uint8Array;
  ecdsaSign(digest: Uint8Array, key: Uint8Array): { signature: Uint8Array; recid: number };
  publicKeyCreate(key: Uint8Array, compressed: boolean): Uint8Array;
}

/** The package falls back to slow pure JavaScript by itself, so its prebuilt binding is asked for by name. */
function loadNative(): Secp256k1 | undefined {
  try {
    const native = createRequire(import.meta.url)('secp256k1/bindings.js') as NativeModule;
    return {
      backend: 'native',
      recover: (digest, signature, bit) => native.ecdsaRecover(signature, bit, digest, false).subarray(1),
      sign: (digest, key) => {
        const { signature, recid } = native.ecdsaSign(digest, key);
        return { signature, recoveryBit: recid };
      },
      publicKey: (key) => native.publicKeyCreate(key, false).subarray(1),
    };
  } catch {
    return undefined;
  }
}

async function loadWasm(): Promise<Secp256k1 | undefined> {
  try {
    const wasm = await import('tiny-secp256k1');
    return {
      backend: 'wasm',
      recover: (digest, signature, bit) => {
        const key = wasm.recover(digest, signature, bit as 0 | 1 | 2 | 3, false);
        if (key === null) throw new RangeError('signature recovers to no public key');
        return key.subarray(1);
      },
      sign: (digest, key) => {
        const { signature, recoveryId } = wasm.signRecoverable(digest, key);
        return { signature, recoveryBit: recoveryId };
      },
      publicKey: (key) => (wasm.pointFromScalar(key, false) as Uint8Array).subarray(1),
    };
  } catch {
    return undefined;
  }
}

async function loadJavascript(): Promise<Secp256k1> {
  const { secp256k1 } = await import('@noble/curves/secp256k1.js');
  return {
    backend: 'javascript',
    recover: (digest, signature, bit) => {
      const point = secp256k1.Signature.fromBytes(signature, 'compact').addRecoveryBit(bit).recoverPublicKey(digest);
      return point.toBytes(false).subarray(1);
    },
    sign: (digest, key) => {
      const bytes = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' });
      return { signature: bytes.subarray(1), recoveryBit: bytes[0] as number };
    },
    publicKey: (key) => secp256k1.getPublicKey(key, false).subarray(1),
  };
}

/**
 * Native where its prebuilt binary loads, else WASM, else JavaScript (82, 380 and 2,100 µs per recovery when they were chosen).
 * @param only forces one backend, for tests.
 */
export async function loadSecp256k1(only?: Secp256k1['backend']): Promise<Secp256k1> {
  if (only === undefined || only === 'native') {
    const native = loadNative();
    if (native !== undefined) return native;
  }
  if (only === undefined || only === 'wasm') {
    const wasm = await loadWasm();
    if (wasm !== undefined) return wasm;
  }
  return loadJavascript();
}
