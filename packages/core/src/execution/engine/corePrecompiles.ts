import type { Common } from '@ethereumjs/common';
import { type EVM, getActivePrecompiles, NobleBLS, NobleBN254 } from '@ethereumjs/evm';
import { hexToBytes } from '@ethereumjs/util';
import type { PrecompileRun } from '@minichain/evm';

export interface CorePrecompiles {
  readonly at: (address: number) => PrecompileRun | undefined;
  /** 20 bytes each. */
  readonly addresses: readonly Uint8Array[];
}

const known = new WeakMap<Common, CorePrecompiles>();
const curves = { bn254: new NobleBN254(), bls: new NobleBLS() };

function readPrecompiles(common: Common): CorePrecompiles {
  const active = getActivePrecompiles(common);
  const runs = new Map<number, PrecompileRun>();
  const evm = { common, _bn254: curves.bn254, _bls: curves.bls } as unknown as EVM;
  for (const [hex, run] of active) {
    runs.set(Number(`0x${hex}`), (data, gasLimit) => {
      const result = run({ data, gasLimit, common, _EVM: evm } as never);
      if (result instanceof Promise) throw new TypeError(`precompile ${hex} is not synchronous`);
      if (result.exceptionError !== undefined) return undefined;
      return { gasUsed: result.executionGasUsed, output: result.returnValue };
    });
  }
  return {
    at: (address) => runs.get(address),
    addresses: [...active.keys()].map((hex) => hexToBytes(`0x${hex}`)),
  };
}

/** The precompiles of a fork as a core runs them. */
export function corePrecompiles(common: Common): CorePrecompiles {
  let precompiles = known.get(common);
  if (precompiles === undefined) {
    precompiles = readPrecompiles(common);
    known.set(common, precompiles);
  }
  return precompiles;
}
