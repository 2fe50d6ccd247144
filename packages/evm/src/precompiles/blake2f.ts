import type { PrecompileResult } from '../types.ts';
import { NOTHING, type PrecompileRun } from './precompileRun.ts';
import { plainInstance } from './wasm.ts';

const LENGTH = 213;
/** Rounds in one go, some milliseconds; a multiple of the ten different ones. */
const ROUNDS_AT_ONCE = 1_000_000;
/** Input, and behind it what the rounds work on. */
const ROOM = 256 + 128;

/** @param room what the instance, which others use meanwhile, is given back. */
function goOn(room: Uint8Array, left: number, gasUsed: bigint): PrecompileResult {
  const instance = plainInstance();
  instance.put(room);
  if (left > ROUNDS_AT_ONCE) {
    instance.exports.blake2fGoOn(ROUNDS_AT_ONCE);
    const next = instance.takeInput(ROOM);
    return { gasUsed, output: NOTHING, goOn: () => goOn(next, left - ROUNDS_AT_ONCE, gasUsed) };
  }
  instance.exports.blake2fGoOn(left);
  instance.exports.blake2fFinish();
  return { gasUsed, output: instance.take(64) };
}

/** 0x09: BLAKE2b's compression with a number of rounds, a unit of gas each (EIP-152). Four billion of them take half a minute. */
export const blake2f: PrecompileRun = (input, gas) => {
  if (input.length !== LENGTH || (input[212] as number) > 1) return undefined;
  const rounds = new DataView(input.buffer, input.byteOffset).getUint32(0);
  const gasUsed = BigInt(rounds);
  if (gas < gasUsed) return undefined;
  const instance = plainInstance();
  instance.put(input);
  instance.exports.blake2fBegin();
  return goOn(instance.takeInput(ROOM), rounds, gasUsed);
};
