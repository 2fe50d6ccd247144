import type { RpcSchema } from '@minichain/protocol';
import { databaseVectors } from './methods/database.vectors.ts';
import { debugVectors } from './methods/debug.vectors.ts';
import { debugLookupVectors } from './methods/debugLookup.vectors.ts';
import { debugStateVectors } from './methods/debugState.vectors.ts';
import { debugUpkeepVectors } from './methods/debugUpkeep.vectors.ts';
import { checkpointVectors } from './methods/dev/checkpoint.vectors.ts';
import { controlVectors } from './methods/dev/control.vectors.ts';
import { infoVectors } from './methods/dev/info.vectors.ts';
import { miningVectors } from './methods/dev/mining.vectors.ts';
import { nextBlockVectors } from './methods/dev/nextBlock.vectors.ts';
import { devStateVectors } from './methods/dev/state.vectors.ts';
import { timeVectors } from './methods/dev/time.vectors.ts';
import { blockVectors } from './methods/eth/block.vectors.ts';
import { bundleVectors } from './methods/eth/bundle.vectors.ts';
import { clientVectors } from './methods/eth/client.vectors.ts';
import { executeVectors } from './methods/eth/execute.vectors.ts';
import { feeMarketVectors } from './methods/eth/feeMarket.vectors.ts';
import { filterVectors } from './methods/eth/filter.vectors.ts';
import { resubmitVectors } from './methods/eth/resubmit.vectors.ts';
import { signVectors } from './methods/eth/sign.vectors.ts';
import { stateVectors } from './methods/eth/state.vectors.ts';
import { submitVectors } from './methods/eth/submit.vectors.ts';
import { subscribeVectors } from './methods/eth/subscribe.vectors.ts';
import { transactionVectors } from './methods/eth/transaction.vectors.ts';
import { otsVectors } from './methods/ots.vectors.ts';
import { otsBlocksVectors } from './methods/otsBlocks.vectors.ts';
import { personalVectors } from './methods/personal.vectors.ts';
import { statusVectors } from './methods/status.vectors.ts';
import { testingVectors } from './methods/testing.vectors.ts';
import { traceVectors } from './methods/trace.vectors.ts';
import { traceOpcodesVectors } from './methods/traceOpcodes.vectors.ts';
import { txpoolVectors } from './methods/txpool.vectors.ts';
import { web3Vectors } from './methods/web3.vectors.ts';
import type { Vectors } from './world.vectors.ts';

/** Every method's vectors. Does not compile while one of the schema has none. */
export const VECTORS = {
  ...blockVectors,
  ...bundleVectors,
  ...checkpointVectors,
  ...nextBlockVectors,
  ...clientVectors,
  ...controlVectors,
  ...databaseVectors,
  ...debugVectors,
  ...debugLookupVectors,
  ...debugStateVectors,
  ...debugUpkeepVectors,
  ...devStateVectors,
  ...executeVectors,
  ...feeMarketVectors,
  ...filterVectors,
  ...infoVectors,
  ...miningVectors,
  ...otsVectors,
  ...otsBlocksVectors,
  ...personalVectors,
  ...resubmitVectors,
  ...signVectors,
  ...stateVectors,
  ...statusVectors,
  ...submitVectors,
  ...subscribeVectors,
  ...testingVectors,
  ...timeVectors,
  ...traceVectors,
  ...traceOpcodesVectors,
  ...transactionVectors,
  ...txpoolVectors,
  ...web3Vectors,
} satisfies Vectors<RpcSchema>;
