import { createRequire } from 'node:module';
import { bytesToHex, hexToBytes } from '@ethereumjs/util';
import { beforeAll, describe, expect, it } from 'vitest';
import { addressBytesFromPublicKey, loadCrypto } from './crypto.ts';
import { keccak256 } from './keccak.ts';
import { loadSecp256k1, type Secp256k1 } from './secp256k1.ts';

const KEY = hexToBytes('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');

beforeAll(async () => {
  await loadCrypto();
});

describe('keccak256', () => {
  it('hashes the empty string to the well-known value', () => {
    expect(bytesToHex(keccak256(new Uint8Array()))).toBe(
      '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    );
  });
});

describe.each(['native', 'wasm', 'javascript'] as const)('secp256k1 %s', (backend) => {
  let secp: Secp256k1;
  beforeAll(async () => {
    secp = await loadSecp256k1(backend);
  });

  it('is the backend that was asked for', () => {
    const prebuilt = (() => {
      try {
        createRequire(import.meta.url)('secp256k1/bindings.js');
        return true;
      } catch {
        return false;
      }
    })();
    expect(secp.backend).toBe(backend === 'native' && !prebuilt ? 'javascript' : backend);
  });

  it('signs so that the signer is recovered, with the same signature as every other backend', async () => {
    const digest = keccak256(new Uint8Array([1, 2, 3]));
    const { signature, recoveryBit } = secp.sign(digest, KEY);
    const reference = (await loadSecp256k1('javascript')).sign(digest, KEY);
    expect(bytesToHex(signature)).toBe(bytesToHex(reference.signature));
    expect(recoveryBit).toBe(reference.recoveryBit);
    const address = addressBytesFromPublicKey(secp.recover(digest, signature, recoveryBit));
    expect(bytesToHex(address)).toBe('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266');
    expect(bytesToHex(addressBytesFromPublicKey(secp.publicKey(KEY)))).toBe(bytesToHex(address));
  });

  it('refuses a signature of zeros', () => {
    expect(() => secp.recover(keccak256(new Uint8Array()), new Uint8Array(64), 0)).toThrow();
  });
});

describe('customCrypto.ecrecover', () => {
  it('takes v as parity, as 27/28 and as EIP-155 value, with unpadded r and s', async () => {
    const crypto = await loadCrypto();
    const digest = keccak256(new Uint8Array([9]));
    const { signature, recoveryBit } = (await loadSecp256k1()).sign(digest, KEY);
    const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
    const recover = crypto.ecrecover as NonNullable<typeof crypto.ecrecover>;
    const key = recover(digest, BigInt(recoveryBit), r, s);
    expect(recover(digest, BigInt(recoveryBit + 27), r, s)).toEqual(key);
    expect(recover(digest, BigInt(recoveryBit + 35 + 2 * 31337), r, s, 31337n)).toEqual(key);
    expect(() => recover(digest, 29n, r, s)).toThrow(/invalid signature v value 29/);
  });
});
