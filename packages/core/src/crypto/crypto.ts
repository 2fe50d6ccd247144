import { createHash } from 'node:crypto';
import type { CustomCrypto } from '@ethereumjs/common';
import { setLengthLeft } from '@ethereumjs/util';
import { keccak256 } from './keccak.ts';
import { kzgBackend, lazyKzg } from './kzg.ts';
import { loadSecp256k1, type Secp256k1 } from './secp256k1.ts';

let secp: Secp256k1 | undefined;
let loading: Promise<CustomCrypto> | undefined;

function join(r: Uint8Array, s: Uint8Array): Uint8Array {
  const signature = new Uint8Array(64);
  signature.set(setLengthLeft(r, 32), 0);
  signature.set(setLengthLeft(s, 32), 32);
  return signature;
}

/** EthereumJS hands v as 27/28, as 0/1, or as EIP-155's chain-dependent number. */
function recoveryBitFromV(v: bigint, chainId?: bigint): number {
  if (v === 0n || v === 1n) return Number(v);
  const bit = chainId === undefined ? v - 27n : v - (chainId * 2n + 35n);
  if (bit !== 0n && bit !== 1n) throw new RangeError(`invalid signature v value ${v}`);
  return Number(bit);
}

async function load(): Promise<CustomCrypto> {
  const backend = await loadSecp256k1();
  secp = backend;
  const ecsign = (digest: Uint8Array, key: Uint8Array): Uint8Array => {
    const { signature, recoveryBit } = backend.sign(digest, key);
    const out = new Uint8Array(65);
    out[0] = recoveryBit;
    out.set(signature, 1);
    return out;
  };
  return {
    keccak256,
    ecrecover: (digest, v, r, s, chainId) => backend.recover(digest, join(r, s), recoveryBitFromV(v, chainId)),
    ecsign: ecsign as NonNullable<CustomCrypto['ecsign']>,
    sha256: (message) => new Uint8Array(createHash('sha256').update(message).digest()),
    kzg: lazyKzg,
  };
}

/** The primitives handed to EthereumJS as `customCrypto`: chosen once per process, the fastest that loads. */
export function loadCrypto(): Promise<CustomCrypto> {
  loading ??= load();
  return loading;
}

/** The curve library in use. {@link loadCrypto} must have finished. */
export function secp256k1(): Secp256k1 {
  return secp as Secp256k1;
}

/** Address of a 64-byte public key: the last 20 bytes of its keccak hash. */
export function addressBytesFromPublicKey(publicKey: Uint8Array): Uint8Array {
  return keccak256(publicKey).subarray(12);
}

/** What serves each primitive, for `minichain doctor`. */
export async function describeCrypto(): Promise<{ keccak256: string; secp256k1: string; kzg: string }> {
  await loadCrypto();
  return { keccak256: 'wasm', secp256k1: secp256k1().backend, kzg: kzgBackend() };
}
