import { RLP } from '@ethereumjs/rlp';
import type { TypedTransaction } from '@ethereumjs/tx';
import { type Address, Address as AddressClass } from '@ethereumjs/util';
import type { RunTxResult } from '@ethereumjs/vm';
import type { Receipt } from '../blocks/executedBlock.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { blobGasOf, effectiveGasPrice } from '../transactions/prices.ts';

/** Shared by all receipts without logs, which most have. */
const NO_LOGS = new Uint8Array(256);

/** CREATE's address: the last 20 bytes of keccak(rlp([sender, nonce])). */
export function createdAddress(sender: Address, nonce: bigint): Address {
  return new AddressClass(keccak256(RLP.encode([sender.bytes, nonce])).subarray(12));
}

interface ReceiptFacts {
  readonly tx: TypedTransaction;
  readonly sender: Address;
  readonly result: RunTxResult;
  readonly baseFee: bigint | undefined;
  readonly blobBaseFee: bigint | undefined;
}

/** The library's outcome of a transaction as our receipt. */
export function receiptFromResult({ tx, sender, result, baseFee, blobBaseFee }: ReceiptFacts): Receipt {
  const { receipt } = result;
  const blobGasUsed = blobGasOf(tx);
  return {
    type: tx.type,
    ...('status' in receipt ? { status: receipt.status } : { stateRoot: receipt.stateRoot }),
    cumulativeGasUsed: receipt.cumulativeBlockGasUsed,
    gasUsed: result.totalGasSpent,
    logsBloom: receipt.logs.length === 0 ? NO_LOGS : receipt.bitvector,
    logs: receipt.logs.map(([address, topics, data]) => ({ address, topics, data })),
    effectiveGasPrice: effectiveGasPrice(tx, baseFee),
    ...(tx.to === undefined ? { contractAddress: createdAddress(sender, tx.nonce) } : {}),
    ...(blobGasUsed === 0n ? {} : { blobGasUsed, blobGasPrice: blobBaseFee ?? 0n }),
  };
}

/** The consensus form of a receipt (EIP-2718 typed RLP), as it goes into the receipts trie. */
export function encodeReceipt(receipt: Receipt): Uint8Array {
  const first = receipt.stateRoot ?? (receipt.status === 1 ? Uint8Array.of(1) : new Uint8Array());
  const rlp = RLP.encode([
    first,
    receipt.cumulativeGasUsed,
    receipt.logsBloom,
    receipt.logs.map(({ address, topics, data }) => [address, [...topics], data]),
  ]);
  if (receipt.type === 0) return rlp;
  const typed = new Uint8Array(rlp.length + 1);
  typed[0] = receipt.type;
  typed.set(rlp, 1);
  return typed;
}
