import type { Common } from '@ethereumjs/common';
import {
  type CustomPrecompile,
  EVMError,
  type ExecResult,
  getActivePrecompiles,
  type PrecompileFunc,
  type PrecompileInput,
} from '@ethereumjs/evm';
import type { PrecompileResult, PrecompileRun } from '@minichain/evm';
import { precompilesOf } from '../crypto/precompiles.ts';
import type { Paced } from './pace.ts';

/** The library's own precompile is asked only why ours failed, so that the halt has the name that it gives. */
async function failureOf(theirs: PrecompileFunc, input: PrecompileInput): Promise<ExecResult> {
  const result = await theirs(input);
  if (result.exceptionError !== undefined) return result;
  return {
    returnValue: new Uint8Array(),
    executionGasUsed: input.gasLimit,
    exceptionError: new EVMError(EVMError.errorMessages.REVERT),
  };
}

/** One that takes long lets others have their turn meanwhile, and ends where the call's time ends. */
async function ended(result: PrecompileResult, input: PrecompileInput): Promise<ExecResult> {
  const { pace } = input._EVM as unknown as Partial<Paced>;
  let latest = result;
  while (latest.goOn !== undefined) {
    await pace?.breathe();
    latest = latest.goOn();
  }
  return { executionGasUsed: latest.gasUsed, returnValue: latest.output };
}

function asLibraryFunction(run: PrecompileRun, theirs: PrecompileFunc): PrecompileFunc {
  return (input) => {
    const result = run(input.data, input.gasLimit);
    if (result === undefined) return failureOf(theirs, input);
    if (result.goOn !== undefined) return ended(result, input);
    return { executionGasUsed: result.gasUsed, returnValue: result.output };
  };
}

const made = new WeakMap<Common, CustomPrecompile[]>();

/** Our precompiles in the place of the library's, for the fork of a `Common` that never changes it. */
export function customPrecompiles(common: Common): CustomPrecompile[] {
  const known = made.get(common);
  if (known !== undefined) return known;
  const ours = precompilesOf(common);
  const custom: CustomPrecompile[] = [];
  for (const [hex, theirs] of getActivePrecompiles(common)) {
    const run = ours(Number(`0x${hex}`));
    if (run !== undefined) custom.push({ address: `0x${hex}`, function: asLibraryFunction(run, theirs) });
  }
  made.set(common, custom);
  return custom;
}
