import { bytesToHex } from '@ethereumjs/util';
import type { PrecompileLibraries } from '@minichain/evm';
import { secp256k1 } from './crypto.ts';
import { keccak256 } from './keccak.ts';
import { lazyKzg } from './kzg.ts';

/** What the precompiles of both engines take from the libraries in use. `loadCrypto` must have finished before one of them runs. */
export const precompileLibraries: PrecompileLibraries = {
  keccak256,
  recover: (digest, signature, bit) => secp256k1().recover(digest, signature, bit),
  verifyKzgProof: (commitment, z, y, proof) =>
    lazyKzg.verifyProof(bytesToHex(commitment), bytesToHex(z), bytesToHex(y), bytesToHex(proof)),
};
