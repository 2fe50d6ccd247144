import {
  type Address,
  anvilHash,
  type ExecutedBlock,
  hasMadeUpSignature,
  type Receipt,
  type TypedTransaction,
} from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import { headerView, withdrawalsView } from './block.ts';
import { transactionView } from './transaction.ts';

const PLACE_FIELDS = ['blockHash', 'blockNumber', 'blockTimestamp', 'transactionIndex', 'from'] as const;

/** A transaction without its place; `gasPrice` only where it says so itself. */
function transactionFields(executed: ExecutedBlock, index: number): unknown {
  const tx = executed.block.transactions[index] as TypedTransaction;
  const view: Record<string, unknown> = { ...transactionView({ tx, sender: executed.senders[index] }) };
  for (const name of PLACE_FIELDS) delete view[name];
  if (tx.type > 1) delete view['gasPrice'];
  return view;
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
    transactions: executed.block.transactions.map((tx, index) => {
      const sender = executed.senders[index] as Address;
      return {
        transaction: transactionFields(executed, index),
        impersonated_sender: hasMadeUpSignature(tx, sender) ? sender.toString() : null,
      };
    }),
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

/** What a transaction is found by: also by Anvil's own hash, by which that asks for those of impersonated accounts. */
function hashesOf(tx: TypedTransaction, sender: Address): string[] {
  const hashes = hasMadeUpSignature(tx, sender) ? [tx.hash(), anvilHash(tx, sender)] : [tx.hash()];
  return [...new Set(hashes.map((hash) => hex(hash)))];
}

/** What became of a block's transactions, as `transactions` has it; traces are not kept. */
export function dumpedOutcomes({ block, hash, receipts, senders }: ExecutedBlock): unknown[] {
  return receipts.flatMap((receipt, index) => {
    const tx = block.transactions[index] as TypedTransaction;
    const sender = senders[index] as Address;
    return hashesOf(tx, sender).map((transactionHash) => ({
      info: {
        transaction_hash: transactionHash,
        transaction_index: index,
        from: sender.toString(),
        to: tx.to?.toString() ?? null,
        contract_address: receipt.contractAddress?.toString() ?? null,
        traces: [],
        exit: receipt.status === 0 ? 'Revert' : 'Return',
        out: null,
        nonce: Number(tx.nonce),
        gas_used: Number(receipt.gasUsed),
      },
      receipt: receiptView(receipt),
      block_hash: hex(hash),
      block_number: Number(block.header.number),
    }));
  });
}
