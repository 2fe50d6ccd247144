import type { SimulatedBlock, SimulatedCall } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcSimulatedBlock,
  type RpcSimulatedCall,
} from '@minichain/protocol';
import { blockView } from './block.ts';
import { logView } from './receipt.ts';

function callView(simulated: SimulatedBlock, call: SimulatedCall, transactionIndex: number): RpcSimulatedCall {
  const { block } = simulated;
  return {
    returnData: hex(call.returnData),
    logs: call.logs.map((log) => logView({ log, block, transactionIndex, logIndex: log.index })),
    gasUsed: quantity(call.gasUsed),
    maxUsedGas: quantity(call.maxUsedGas),
    status: quantity(call.status),
    ...(call.error === undefined
      ? {}
      : {
          error: {
            message: call.error.message,
            code: call.error.code,
            ...(call.error.data === undefined ? {} : { data: hex(call.error.data) }),
          },
        }),
  };
}

/** The answer of `eth_simulateV1`: each block with what its calls returned. */
export function simulationView(blocks: readonly SimulatedBlock[], options: { full: boolean }): RpcSimulatedBlock[] {
  return blocks.map((simulated) => ({
    ...blockView(simulated.block, options),
    calls: simulated.calls.map((call, index) => callView(simulated, call, index)),
  }));
}
