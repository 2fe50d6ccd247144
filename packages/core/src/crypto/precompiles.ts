import type { Common } from '@ethereumjs/common';
import { bytesToHex } from '@ethereumjs/util';
import { type PrecompileLibraries, type PrecompileRun, precompileAt, verifyKzgProof } from '@minichain/evm';
import { secp256k1 } from './crypto.ts';
import { withImpersonation } from './impersonatedSignatures.ts';
import { keccak256 } from './keccak.ts';
import { isKzgLoaded, lazyKzg } from './kzg.ts';

/** Proofs: 6 ms each by ours and 0.9 ms by the library, which takes 1.9 s to load (measured with bench/precompiles.mjs). */
const WORTH_LOADING = 400;
let verifiedByOurs = 0;

/** What the precompiles of both engines take from the libraries in use. `loadCrypto` must have finished before one of them runs. */
export const precompileLibraries: PrecompileLibraries = {
  keccak256,
  recover: (digest, signature, bit) => secp256k1().recover(digest, signature, bit),
  verifyKzgProof: (commitment, z, y, proof) => {
    // The library is several times faster, and takes seconds to load: not before ours has taken as long.
    if (!isKzgLoaded() && verifiedByOurs++ < WORTH_LOADING) return verifyKzgProof(commitment, z, y, proof);
    return lazyKzg.verifyProof(bytesToHex(commitment), bytesToHex(z), bytesToHex(y), bytesToHex(proof));
  },
};

const ECRECOVER = 1;

/** The precompiles of a fork by their addresses, for both engines. */
export function precompilesOf(common: Common): (address: number) => PrecompileRun | undefined {
  const at = precompileAt(common, precompileLibraries);
  const recover = at(ECRECOVER);
  const ours = recover && withImpersonation(common.customCrypto, recover);
  return (address) => (address === ECRECOVER ? ours : at(address));
}
