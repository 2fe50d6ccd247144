import { RLP } from '@ethereumjs/rlp';
import type { TypedTransaction } from '@ethereumjs/tx';
import { type Address, Address as AddressClass, bigIntToUnpaddedBytes } from '@ethereumjs/util';
import type { Receipt } from '../blocks/executedBlock.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { encodeRlp } from '../encoding/rlp.ts';
import { blobGasOf, effectiveGasPrice } from '../transactions/prices.ts';
import type { BlockPrices, TransactionResult } from './engine/machine.ts';

/** CREATE's address: the last 20 bytes of keccak(rlp([sender, nonce])). */
export function createdAddress(sender: Address, nonce: bigint): Address {
  return new AddressClass(keccak256(RLP.encode([sender.bytes, nonce])).subarray(12));
}

interface ReceiptFacts extends BlockPrices {
  readonly tx: TypedTransaction;
  readonly sender: Address;
  readonly result: TransactionResult;
  /** Of the transactions before it in its block. */
  readonly gasUsedBefore: bigint;
}

/** A transaction's outcome as a receipt. */
export function receiptFromResult(facts: ReceiptFacts): Receipt {
  const { tx, sender, result, gasUsedBefore, baseFee, blobBaseFee } = facts;
  const { gasUsed, logs, logsBloom, stateRoot, halt } = result;
  const blobGasUsed = blobGasOf(tx);
  return {
    type: tx.type,
    ...(stateRoot === undefined ? { status: halt === undefined ? 1 : 0 } : { stateRoot }),
    cumulativeGasUsed: gasUsedBefore + gasUsed,
    gasUsed,
    logsBloom,
    logs,
    effectiveGasPrice: effectiveGasPrice(tx, baseFee),
    ...(tx.to === undefined ? { contractAddress: createdAddress(sender, tx.nonce) } : {}),
    ...(blobGasUsed === 0n ? {} : { blobGasUsed, blobGasPrice: blobBaseFee ?? 0n }),
  };
}

/** The consensus form of a receipt (EIP-2718 typed RLP), as it goes into the receipts trie. */
export function encodeReceipt(receipt: Receipt): Uint8Array {
  const first = receipt.stateRoot ?? (receipt.status === 1 ? Uint8Array.of(1) : new Uint8Array());
  const rlp = encodeRlp([
    first,
    bigIntToUnpaddedBytes(receipt.cumulativeGasUsed),
    receipt.logsBloom,
    receipt.logs.map(({ address, topics, data }) => [address, [...topics], data]),
  ]);
  if (receipt.type === 0) return rlp;
  const typed = new Uint8Array(rlp.length + 1);
  typed[0] = receipt.type;
  typed.set(rlp, 1);
  return typed;
}
