import type { PrecompileRun } from './precompileRun.ts';
import { plainInstance } from './wasm.ts';

const LENGTH = 213;

/** 0x09: BLAKE2b's compression with a number of rounds, a unit of gas each (EIP-152). Four billion of them take half a minute. */
export const blake2f: PrecompileRun = (input, gas) => {
  if (input.length !== LENGTH || (input[212] as number) > 1) return undefined;
  const gasUsed = BigInt(new DataView(input.buffer, input.byteOffset).getUint32(0));
  if (gas < gasUsed) return undefined;
  const instance = plainInstance();
  instance.put(input);
  instance.exports.blake2f();
  return { gasUsed, output: instance.take(64) };
};
