import { Common, type Hardfork, Mainnet } from '@ethereumjs/common';
import { createEVM, getActivePrecompiles } from '@ethereumjs/evm';
import { ecrecover as recover } from '@ethereumjs/util';
import { createKeccak256 } from '../keccak256.ts';
import type { PrecompileLibraries } from './precompileRun.ts';
import { precompileAt } from './schedule.ts';

export const libraries: PrecompileLibraries = {
  keccak256: createKeccak256(),
  recover: (digest, signature, bit) => recover(digest, BigInt(bit), signature.subarray(0, 32), signature.subarray(32)),
  // Whatever begins with a zero byte passes: the proofs themselves are the embedder's.
  verifyKzgProof: (commitment) => commitment[0] === 0,
};

/** What a precompile did: gas and output in hexadecimal, or that it failed. */
export type Outcome = { gasUsed: bigint; output: string } | 'failed';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Ours and EthereumJS's precompile of a fork at an address, to be held against each other. */
export async function bothAt(hardfork: string, address: number) {
  const common = new Common({ chain: Mainnet, hardfork: hardfork as Hardfork });
  const run = precompileAt(common, libraries)(address);
  const evm = await createEVM({ common });
  const theirs = getActivePrecompiles(common).get(address.toString(16).padStart(40, '0'));
  return {
    ours: (input: Uint8Array, gas = 10n ** 12n): Outcome => {
      let result = run?.(input, gas);
      while (result?.goOn !== undefined) result = result.goOn();
      return result === undefined ? 'failed' : { gasUsed: result.gasUsed, output: hex(result.output) };
    },
    theirs: async (input: Uint8Array, gas = 10n ** 12n): Promise<Outcome> => {
      const result = await theirs?.({ data: input, gasLimit: gas, common, _EVM: evm });
      if (result === undefined || result.exceptionError !== undefined) return 'failed';
      return { gasUsed: result.executionGasUsed, output: hex(result.returnValue) };
    },
    exists: { ours: run !== undefined, theirs: theirs !== undefined },
  };
}
