import { fitted, NOTHING, type PrecompileLibraries, type PrecompileRun } from './precompileRun.ts';

const GAS = 3000n;

/** v stands in the last of 32 bytes: 27 or 28. */
function recoveryBit(input: Uint8Array): 0 | 1 | undefined {
  for (let i = 32; i < 63; i++) if (input[i] !== 0) return undefined;
  const v = input[63];
  return v === 27 || v === 28 ? ((v - 27) as 0 | 1) : undefined;
}

/** 0x01: the address whose key signed, or nothing. */
export function ecrecover({ recover, keccak256 }: Pick<PrecompileLibraries, 'recover' | 'keccak256'>): PrecompileRun {
  const addressOf = (input: Uint8Array): Uint8Array => {
    const bit = recoveryBit(input);
    if (bit === undefined) return NOTHING;
    try {
      const hash = keccak256(recover(input.subarray(0, 32), input.subarray(64, 128), bit));
      const output = new Uint8Array(32);
      output.set(hash.subarray(12), 12);
      return output;
    } catch {
      return NOTHING;
    }
  };
  return (input, gas) => (gas < GAS ? undefined : { gasUsed: GAS, output: addressOf(fitted(input, 128)) });
}
