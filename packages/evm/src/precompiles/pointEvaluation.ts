import { sha256 } from './digests.ts';
import { bigIntOf, bytesOf, type PrecompileLibraries, type PrecompileRun } from './precompileRun.ts';

const GAS = 50_000n;
const VERSION = 1;
const SCALARS = 52435875175126190479447740508185965837690552500527637822603658699938581184513n;
/** Field elements per blob, and the field's modulus. */
const OUTPUT = Buffer.concat([bytesOf(4096n, 32), bytesOf(SCALARS, 32)]);

function isHashOf(hash: Uint8Array, commitment: Uint8Array): boolean {
  const digest = sha256(commitment, GAS)?.output as Uint8Array;
  return hash[0] === VERSION && hash.every((byte, i) => i === 0 || byte === digest[i]);
}

/** 0x0a: the polynomial behind a blob's versioned hash has the value y at z (EIP-4844). Input: hash, z, y, commitment, proof. */
export function pointEvaluation({ verifyKzgProof }: Pick<PrecompileLibraries, 'verifyKzgProof'>): PrecompileRun {
  return (input, gas) => {
    if (gas < GAS || input.length !== 192) return undefined;
    const commitment = input.slice(96, 144);
    if (!isHashOf(input.subarray(0, 32), commitment)) return undefined;
    const [z, y] = [input.slice(32, 64), input.slice(64, 96)];
    if (bigIntOf(z) >= SCALARS || bigIntOf(y) >= SCALARS) return undefined;
    try {
      if (!verifyKzgProof(commitment, z, y, input.slice(144, 192))) return undefined;
    } catch {
      return undefined;
    }
    return { gasUsed: GAS, output: new Uint8Array(OUTPUT) };
  };
}
