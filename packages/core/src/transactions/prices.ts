import type { TransactionFields } from './transactionFields.ts';

const GAS_PER_BLOB = 131072n;

/** Most the sender pays per gas, wei. */
export const feeCapOf = (tx: TransactionFields): bigint => tx.maxFeePerGas ?? tx.gasPrice ?? 0n;

/** Most of it that goes to the block's producer, wei per gas. */
export const tipCapOf = (tx: TransactionFields): bigint => tx.maxPriorityFeePerGas ?? tx.gasPrice ?? 0n;

/** What the producer earns per gas at a base fee; negative when the cap does not reach it. */
export function effectiveTip(tx: TransactionFields, baseFee: bigint): bigint {
  const left = feeCapOf(tx) - baseFee;
  const tip = tipCapOf(tx);
  return tip < left ? tip : left;
}

/** What the sender pays per gas at a base fee (the receipt's `effectiveGasPrice`). */
export function effectiveGasPrice(tx: TransactionFields, baseFee: bigint | undefined): bigint {
  if (tx.maxFeePerGas === undefined) return tx.gasPrice ?? 0n;
  return (baseFee ?? 0n) + effectiveTip(tx, baseFee ?? 0n);
}

/** Blob gas of a transaction (EIP-4844). */
export const blobGasOf = (tx: TransactionFields): bigint => BigInt(tx.blobVersionedHashes?.length ?? 0) * GAS_PER_BLOB;

/** Most the transaction can take from its sender, wei: gas, blobs and value. */
export function worstCost(tx: TransactionFields): bigint {
  const blobs = blobGasOf(tx) * (tx.maxFeePerBlobGas ?? 0n);
  return tx.gasLimit * feeCapOf(tx) + blobs + tx.value;
}
