import type { Method, Serve } from './method.ts';
import { database } from './methods/database.ts';
import { debug } from './methods/debug.ts';
import { debugLookup } from './methods/debugLookup.ts';
import { debugState } from './methods/debugState.ts';
import { debugUpkeep } from './methods/debugUpkeep.ts';
import { checkpoint } from './methods/dev/checkpoint.ts';
import { control } from './methods/dev/control.ts';
import { info } from './methods/dev/info.ts';
import { mining } from './methods/dev/mining.ts';
import { nextBlock } from './methods/dev/nextBlock.ts';
import { devState } from './methods/dev/state.ts';
import { time } from './methods/dev/time.ts';
import { block } from './methods/eth/block.ts';
import { bundle } from './methods/eth/bundle.ts';
import { client } from './methods/eth/client.ts';
import { execute } from './methods/eth/execute.ts';
import { feeMarket } from './methods/eth/feeMarket.ts';
import { filter } from './methods/eth/filter.ts';
import { resubmit } from './methods/eth/resubmit.ts';
import { sign } from './methods/eth/sign.ts';
import { state } from './methods/eth/state.ts';
import { submit } from './methods/eth/submit.ts';
import { subscribe } from './methods/eth/subscribe.ts';
import { transaction } from './methods/eth/transaction.ts';
import { ots } from './methods/ots.ts';
import { otsBlocks } from './methods/otsBlocks.ts';
import { personal } from './methods/personal.ts';
import { status } from './methods/status.ts';
import { testing } from './methods/testing.ts';
import { trace } from './methods/trace.ts';
import { traceOpcodes } from './methods/traceOpcodes.ts';
import { txpool } from './methods/txpool.ts';
import { web3 } from './methods/web3.ts';

/** Does not compile while the schema names a method that no topic has. */
const SERVED = {
  ...database,
  ...debug,
  ...debugLookup,
  ...debugState,
  ...debugUpkeep,
  ...checkpoint,
  ...nextBlock,
  ...control,
  ...info,
  ...mining,
  ...devState,
  ...time,
  ...block,
  ...bundle,
  ...client,
  ...execute,
  ...feeMarket,
  ...filter,
  ...ots,
  ...otsBlocks,
  ...personal,
  ...resubmit,
  ...sign,
  ...state,
  ...status,
  ...submit,
  ...subscribe,
  ...testing,
  ...trace,
  ...traceOpcodes,
  ...transaction,
  ...txpool,
  ...web3,
} satisfies Serve;

export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>(Object.entries(SERVED));
