import type { BuiltBlock, ExecutedBlock } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcBuiltBlock,
  type RpcExecutionPayload,
} from '@minichain/protocol';
import { withdrawalsView } from './block.ts';

/** ExecutionPayload of the Engine API: the block without what its hash makes redundant. */
function executionPayload({ block, hash }: ExecutedBlock): RpcExecutionPayload {
  const { header, transactions, withdrawals } = block;
  return {
    parentHash: hex(header.parentHash),
    feeRecipient: header.coinbase.toString(),
    stateRoot: hex(header.stateRoot),
    receiptsRoot: hex(header.receiptTrie),
    logsBloom: hex(header.logsBloom),
    prevRandao: hex(header.mixHash),
    blockNumber: quantity(header.number),
    gasLimit: quantity(header.gasLimit),
    gasUsed: quantity(header.gasUsed),
    timestamp: quantity(header.timestamp),
    extraData: hex(header.extraData),
    baseFeePerGas: quantity(header.baseFeePerGas ?? 0n),
    blockHash: hex(hash),
    transactions: transactions.map((tx) => hex(tx.serialize())),
    ...(withdrawals === undefined ? {} : { withdrawals: withdrawalsView(withdrawals) }),
    ...(header.blobGasUsed === undefined ? {} : { blobGasUsed: quantity(header.blobGasUsed) }),
    ...(header.excessBlobGas === undefined ? {} : { excessBlobGas: quantity(header.excessBlobGas) }),
  };
}

function blobsBundle(sidecars: BuiltBlock['blobTransactions']): RpcBuiltBlock['blobsBundle'] {
  return {
    commitments: sidecars.flatMap((tx) => tx.kzgCommitments ?? []),
    proofs: sidecars.flatMap((tx) => tx.kzgProofs ?? []),
    blobs: sidecars.flatMap((tx) => tx.blobs ?? []),
  };
}

/** The answer of `engine_getPayload` and `testing_buildBlockV1`. */
export function builtBlockView({ block, value, requests, blobTransactions }: BuiltBlock): RpcBuiltBlock {
  return {
    executionPayload: executionPayload(block),
    blockValue: quantity(value),
    blobsBundle: blobsBundle(blobTransactions),
    executionRequests: requests.map(hex),
    shouldOverrideBuilder: false,
  };
}
