import type { Address, ExecutedBlock, LocatedLog, Receipt } from '@minichain/core';
import {
  type Hex,
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  RPC_CODES,
  RpcError,
  type RpcLog,
  type RpcReceipt,
} from '@minichain/protocol';

interface BlockTexts {
  readonly number: Hex;
  readonly hash: Hex;
  readonly timestamp: Hex;
  readonly transactions: (Hex | null)[];
}

const texts = new WeakMap<ExecutedBlock, BlockTexts>();

/** What every log of a block repeats. */
export function textsOf(block: ExecutedBlock): BlockTexts {
  let known = texts.get(block);
  if (known === undefined) {
    const { number, timestamp } = block.block.header;
    known = { number: quantity(number), hash: hex(block.hash), timestamp: quantity(timestamp), transactions: [] };
    texts.set(block, known);
  }
  return known;
}

/** Hashing a transaction encodes it anew; its logs are many. */
export function transactionHashOf(block: ExecutedBlock, index: number): Hex | null {
  const { transactions } = textsOf(block);
  const known = transactions[index];
  if (known !== undefined) return known;
  const tx = block.block.transactions[index];
  const hash = tx === undefined ? null : hex(tx.hash());
  transactions[index] = hash;
  return hash;
}

/** A log with its place; `removed` when a reorganisation took it away. */
export function logView(located: LocatedLog, options: { removed: boolean } = { removed: false }): RpcLog {
  const { log, block, transactionIndex, logIndex } = located;
  const { number, hash, timestamp } = textsOf(block);
  return {
    address: hex(log.address),
    topics: log.topics.map(hex),
    data: hex(log.data),
    blockNumber: number,
    blockHash: hash,
    blockTimestamp: timestamp,
    transactionHash: transactionHashOf(block, transactionIndex),
    transactionIndex: quantity(transactionIndex),
    logIndex: quantity(logIndex),
    removed: options.removed,
  };
}

function firstLogIndex(block: ExecutedBlock, index: number): number {
  return block.receipts.slice(0, index).reduce((sum, { logs }) => sum + logs.length, 0);
}

function requireReceipt(block: ExecutedBlock, index: number): Receipt {
  const receipt = block.receipts[index];
  if (receipt !== undefined) return receipt;
  const detail = `no receipts of block ${block.block.header.number} are there: the dump that it came with had none`;
  throw new RpcError(RPC_CODES.notFound, detail);
}

/** The receipt of one transaction of a block. @throws RpcError where the block came with a dump that has none. */
export function receiptView(block: ExecutedBlock, index: number): RpcReceipt {
  const receipt = requireReceipt(block, index);
  const tx = block.block.transactions[index] as ExecutedBlock['block']['transactions'][number];
  const first = firstLogIndex(block, index);
  return {
    type: quantity(receipt.type),
    ...(receipt.status === undefined ? {} : { status: quantity(receipt.status) }),
    ...(receipt.stateRoot === undefined ? {} : { root: hex(receipt.stateRoot) }),
    cumulativeGasUsed: quantity(receipt.cumulativeGasUsed),
    logs: receipt.logs.map((log, i) => logView({ log, block, transactionIndex: index, logIndex: first + i })),
    logsBloom: hex(receipt.logsBloom),
    transactionHash: hex(tx.hash()),
    transactionIndex: quantity(index),
    blockHash: hex(block.hash),
    blockNumber: quantity(block.block.header.number),
    gasUsed: quantity(receipt.gasUsed),
    effectiveGasPrice: quantity(receipt.effectiveGasPrice),
    from: (block.senders[index] as Address).toString(),
    to: tx.to?.toString() ?? null,
    contractAddress: receipt.contractAddress?.toString() ?? null,
    ...(receipt.blobGasUsed === undefined ? {} : { blobGasUsed: quantity(receipt.blobGasUsed) }),
    ...(receipt.blobGasPrice === undefined ? {} : { blobGasPrice: quantity(receipt.blobGasPrice) }),
  };
}
