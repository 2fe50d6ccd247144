import { createHash } from 'node:crypto';
import type { PrecompileRun } from './precompileRun.ts';
import { plainInstance } from './wasm.ts';

/** Above so many bytes OpenSSL, which has the processor's instructions for it, makes up for what a call of it costs. */
const LONG = 1024;

function sha256Of(input: Uint8Array): Uint8Array {
  if (input.length > LONG) return createHash('sha256').update(input).digest();
  const instance = plainInstance();
  instance.put(input);
  instance.exports.sha256(input.length);
  return instance.take(32);
}

const LONGEST_RIPEMD = 60_000;

function ripemd160Of(input: Uint8Array): Uint8Array {
  const instance = plainInstance();
  if (input.length <= LONGEST_RIPEMD) {
    instance.put(input);
    instance.exports.ripemd160(input.length);
    return instance.take(32);
  }
  const output = new Uint8Array(32);
  output.set(createHash('ripemd160').update(input).digest(), 12);
  return output;
}

function perWord(base: bigint, word: bigint, run: (input: Uint8Array) => Uint8Array): PrecompileRun {
  return (input, gas) => {
    const gasUsed = base + word * BigInt((input.length + 31) >>> 5);
    return gas < gasUsed ? undefined : { gasUsed, output: run(input) };
  };
}

/** 0x02. */
export const sha256: PrecompileRun = perWord(60n, 12n, sha256Of);
/** 0x03: 20 bytes, behind 12 of zero. */
export const ripemd160: PrecompileRun = perWord(600n, 120n, ripemd160Of);
/** 0x04: the input. */
export const identity: PrecompileRun = perWord(15n, 3n, (input) => input.slice());
