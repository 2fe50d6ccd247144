import type { ExecutedBlock, Execution, TypedTransaction } from '@minichain/core';
import { hexFromBytes as hex, type RpcMinedBlock } from '@minichain/protocol';
import { blockView } from './block.ts';
import { transactionView } from './transaction.ts';

/** What each transaction returned and why it failed, by running the block once more. */
async function outcomes(block: ExecutedBlock, execution: Execution) {
  if (block.block.transactions.length === 0) return [];
  const traced = await execution.traceBlock(block, { tracer: 'callTracer', tracerConfig: { onlyTopCall: true } });
  return traced.map(({ result }) => {
    if (result.type !== 'call') return { output: '0x' as const };
    const { output, error, revertReason } = result.frame;
    return {
      output: hex(output),
      ...(error === undefined ? {} : { revertReason: revertReason ?? error }),
    };
  });
}

/** A block of `evm_mine_detailed`: its transactions whole, with their outcome. */
export async function minedBlockView(block: ExecutedBlock, execution: Execution): Promise<RpcMinedBlock> {
  const found = await outcomes(block, execution);
  const transactions = block.block.transactions.map((tx: TypedTransaction, index) => ({
    ...transactionView({ tx, sender: block.senders[index], place: { executed: block, index } }),
    ...(found[index] ?? { output: '0x' as const }),
  }));
  return { ...blockView(block, { full: false }), transactions };
}
