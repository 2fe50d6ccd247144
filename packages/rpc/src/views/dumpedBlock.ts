import type { Address, ExecutedBlock, Receipt } from '@minichain/core';
import { type Hex, hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import { headerView, withdrawalsView } from './block.ts';
import { transactionView } from './transaction.ts';

const PLACE_FIELDS = ['blockHash', 'blockNumber', 'blockTimestamp', 'transactionIndex', 'from'] as const;

/** A transaction without its place; `gasPrice` only where it says so itself. */
function transactionFields(executed: ExecutedBlock, index: number): unknown {
  const tx = executed.block.transactions[index] as ExecutedBlock['block']['transactions'][number];
  const view: Record<string, unknown> = { ...transactionView({ tx, sender: executed.senders[index] }) };
  for (const name of PLACE_FIELDS) delete view[name];
  if (tx.type > 1) delete view['gasPrice'];
  return view;
}

/** Whether the sender did not sign it. */
function isImpersonated(executed: ExecutedBlock, index: number): boolean {
  const { r = 0n, s = 0n } = executed.block.transactions[index] ?? {};
  const sender = executed.senders[index] as Address;
  return s <= 1n && (r === 0n || r === BigInt(sender.toString()));
}

/** The environment of a block, in revm's names. */
export function blockEnvironment({ block: { header } }: ExecutedBlock): unknown {
  return {
    number: quantity(header.number),
    beneficiary: header.coinbase.toString(),
    timestamp: quantity(header.timestamp),
    gas_limit: Number(header.gasLimit),
    basefee: Number(header.baseFeePerGas ?? 0n),
    difficulty: quantity(header.difficulty),
    prevrandao: hex(header.mixHash),
    blob_excess_gas_and_price:
      header.excessBlobGas === undefined
        ? null
        : { excess_blob_gas: Number(header.excessBlobGas), blob_gasprice: Number(header.getBlobGasPrice()) },
    slot_num: 0,
  };
}

/** A block of `blocks`. */
export function dumpedBlockView(executed: ExecutedBlock): unknown {
  const { hash: _, ...header } = headerView(executed);
  const { withdrawals } = executed.block;
  return {
    header,
    transactions: executed.block.transactions.map((_tx, index) => ({
      transaction: transactionFields(executed, index),
      impersonated_sender: isImpersonated(executed, index) ? (executed.senders[index] as Address).toString() : null,
    })),
    ommers: [],
    withdrawals: withdrawals === undefined || withdrawals.length === 0 ? null : withdrawalsView(withdrawals),
  };
}

const receiptView = ({ type, status, stateRoot, cumulativeGasUsed, logs, logsBloom }: Receipt): unknown => ({
  type: quantity(type),
  status: stateRoot === undefined ? quantity(status ?? 0) : hex(stateRoot),
  cumulativeGasUsed: quantity(cumulativeGasUsed),
  logs: logs.map(({ address, topics, data }) => ({ address: hex(address), topics: topics.map(hex), data: hex(data) })),
  logsBloom: hex(logsBloom),
});

/** What became of a block's transactions, as `transactions` has it; traces are not kept. */
export function dumpedOutcomes(executed: ExecutedBlock): unknown[] {
  const { block, hash, receipts, senders } = executed;
  return receipts.map((receipt, index) => {
    const tx = block.transactions[index] as ExecutedBlock['block']['transactions'][number];
    const isDone = receipt.status !== 0;
    return {
      info: {
        transaction_hash: hex(tx.hash()) as Hex,
        transaction_index: index,
        from: (senders[index] as Address).toString(),
        to: tx.to?.toString() ?? null,
        contract_address: receipt.contractAddress?.toString() ?? null,
        traces: [],
        exit: isDone ? 'Return' : 'Revert',
        out: null,
        nonce: Number(tx.nonce),
        gas_used: Number(receipt.gasUsed),
      },
      receipt: receiptView(receipt),
      block_hash: hex(hash),
      block_number: Number(block.header.number),
    };
  });
}
