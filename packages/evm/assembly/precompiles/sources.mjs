import { reductionSource } from '../reduction.mjs';
import { blocksSource } from './digests.mjs';
import { roundsSource } from './rounds.mjs';
import { productsSource } from './unroll.mjs';

/** Sources that are computed and never lie on disk, by the file they stand for. */
export const computedSources = {
  'assembly/precompiles/blocks.ts': blocksSource,
  'assembly/precompiles/products.ts': productsSource,
  'assembly/precompiles/rounds.ts': roundsSource,
  'assembly/reduction.ts': reductionSource,
};
