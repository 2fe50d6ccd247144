import type { Common } from '@ethereumjs/common';
import { bigIntToAddressBytes } from '@ethereumjs/util';
import type { PrecompileRun } from '@minichain/evm';
import { precompilesOf } from '../../crypto/precompiles.ts';

export interface CorePrecompiles {
  readonly at: (address: number) => PrecompileRun | undefined;
  /** 20 bytes each. */
  readonly addresses: readonly Uint8Array[];
}

const known = new WeakMap<Common, CorePrecompiles>();
/** No fork has one at or above this address. */
const ADDRESS_LIMIT = 1024;

function readPrecompiles(common: Common): CorePrecompiles {
  const at = precompilesOf(common);
  const addresses: Uint8Array[] = [];
  for (let address = 1; address < ADDRESS_LIMIT; address++) {
    if (at(address) !== undefined) addresses.push(bigIntToAddressBytes(BigInt(address)));
  }
  return { at, addresses };
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
