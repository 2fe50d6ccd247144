import type { Address, ExecutedBlock, TypedTransaction } from '@minichain/core';
import {
  type Hex,
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcTransaction,
} from '@minichain/protocol';

interface TransactionFacts {
  readonly tx: TypedTransaction;
  readonly sender: Address | undefined;
  /** Absent while it waits. */
  readonly place?: { readonly executed: ExecutedBlock; readonly index: number };
}

type Fields<K extends keyof RpcTransaction> = Pick<RpcTransaction, K>;

const big = (bytes: Uint8Array): Hex => quantity(bytes.length === 0 ? 0n : BigInt(hex(bytes)));

function accessListFields(tx: TypedTransaction): Fields<'accessList'> {
  if (!('accessList' in tx)) return {};
  const accessList = tx.accessList.map(([address, keys]) => ({ address: hex(address), storageKeys: keys.map(hex) }));
  return { accessList };
}

/** What the sender pays per gas: settled once mined, the cap until then. */
function priceFields({ tx, place }: TransactionFacts): Fields<'gasPrice' | 'maxFeePerGas' | 'maxPriorityFeePerGas'> {
  if (!('maxFeePerGas' in tx)) return { gasPrice: quantity(tx.gasPrice) };
  const receipt = place?.executed.receipts[place.index];
  return {
    gasPrice: quantity(receipt?.effectiveGasPrice ?? tx.maxFeePerGas),
    maxFeePerGas: quantity(tx.maxFeePerGas),
    maxPriorityFeePerGas: quantity(tx.maxPriorityFeePerGas),
  };
}

function typeFields(tx: TypedTransaction): Fields<'maxFeePerBlobGas' | 'blobVersionedHashes' | 'authorizationList'> {
  if ('blobVersionedHashes' in tx) {
    return { maxFeePerBlobGas: quantity(tx.maxFeePerBlobGas), blobVersionedHashes: tx.blobVersionedHashes };
  }
  if (!('authorizationList' in tx)) return {};
  return {
    authorizationList: tx.authorizationList.map(([chainId, address, nonce, yParity, r, s]) => ({
      chainId: big(chainId),
      address: hex(address),
      nonce: big(nonce),
      yParity: big(yParity),
      r: big(r),
      s: big(s),
    })),
  };
}

function signatureFields(tx: TypedTransaction): Fields<'v' | 'r' | 's' | 'yParity'> {
  const { v = 0n, r = 0n, s = 0n } = tx;
  const parity = tx.type === 0 ? {} : { yParity: quantity(v) };
  return { v: quantity(v), r: quantity(r), s: quantity(s), ...parity };
}

function chainIdFields(tx: TypedTransaction): Fields<'chainId'> {
  if ('chainId' in tx) return { chainId: quantity(tx.chainId as bigint) };
  const v = tx.v ?? 0n;
  return v >= 35n ? { chainId: quantity((v - 35n) / 2n) } : {};
}

/** A transaction of execution-apis, mined or waiting. */
export function transactionView(facts: TransactionFacts): RpcTransaction {
  const { tx, sender, place } = facts;
  return {
    type: quantity(tx.type),
    hash: hex(tx.hash()),
    nonce: quantity(tx.nonce),
    blockHash: place === undefined ? null : hex(place.executed.hash),
    blockNumber: place === undefined ? null : quantity(place.executed.block.header.number),
    blockTimestamp: place === undefined ? null : quantity(place.executed.block.header.timestamp),
    transactionIndex: place === undefined ? null : quantity(place.index),
    from: (sender ?? tx.getSenderAddress()).toString(),
    to: tx.to?.toString() ?? null,
    value: quantity(tx.value),
    gas: quantity(tx.gasLimit),
    input: hex(tx.data),
    ...chainIdFields(tx),
    ...priceFields(facts),
    ...accessListFields(tx),
    ...typeFields(tx),
    ...signatureFields(tx),
  };
}
