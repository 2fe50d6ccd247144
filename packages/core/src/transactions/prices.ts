import { isBlob4844Tx, type TypedTransaction } from '@ethereumjs/tx';

/** Most the sender pays per gas, wei. */
export const feeCapOf = (tx: TypedTransaction): bigint => ('maxFeePerGas' in tx ? tx.maxFeePerGas : tx.gasPrice);

/** Most of it that goes to the block's producer, wei per gas. */
export const tipCapOf = (tx: TypedTransaction): bigint =>
  'maxPriorityFeePerGas' in tx ? tx.maxPriorityFeePerGas : tx.gasPrice;

/** What the producer earns per gas at a base fee; negative when the cap does not reach it. */
export function effectiveTip(tx: TypedTransaction, baseFee: bigint): bigint {
  const left = feeCapOf(tx) - baseFee;
  const tip = tipCapOf(tx);
  return tip < left ? tip : left;
}

/** What the sender pays per gas at a base fee (the receipt's `effectiveGasPrice`). */
export function effectiveGasPrice(tx: TypedTransaction, baseFee: bigint | undefined): bigint {
  if (!('maxFeePerGas' in tx)) return tx.gasPrice;
  return (baseFee ?? 0n) + effectiveTip(tx, baseFee ?? 0n);
}

/** Blob gas of a transaction (EIP-4844). */
export const blobGasOf = (tx: TypedTransaction): bigint =>
  isBlob4844Tx(tx) ? BigInt(tx.blobVersionedHashes.length) * 131072n : 0n;

/** Most the transaction can take from its sender, wei: gas, blobs and value. */
export function worstCost(tx: TypedTransaction): bigint {
  const blobs = isBlob4844Tx(tx) ? blobGasOf(tx) * tx.maxFeePerBlobGas : 0n;
  return tx.gasLimit * feeCapOf(tx) + blobs + tx.value;
}
