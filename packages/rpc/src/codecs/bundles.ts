import { type BlockRef, type CallBundle, LATEST, type SignedBundle } from '@minichain/core';
import type { RpcCallBundle, RpcSignedBundle, RpcStateContext } from '@minichain/protocol';
import { blockRef } from './blockRef.ts';
import { callRequest } from './callRequest.ts';
import { type Codec, decodeAt, isRecord, list, mismatch, onlyFields } from './codec.ts';
import { callBlockOverrides, fields } from './overrides.ts';
import { address, count, data, looseQuantity } from './scalars.ts';

const calls = list(callRequest);

/** A bundle of `eth_callMany`, by erigon's names of its fields. */
export const callBundle: Codec<CallBundle, RpcCallBundle> = {
  expected: 'a bundle { transactions, blockOverride }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(callBundle.expected, value);
    onlyFields(value, ['transactions', 'blockOverride']);
    const block = value['blockOverride'];
    return {
      calls: decodeAt(calls, value['transactions'], '.transactions'),
      ...(block == null ? {} : { block: decodeAt(callBlockOverrides, block, '.blockOverride') }),
    };
  },
};

export interface StateContext {
  readonly at: BlockRef;
  readonly transactionIndex?: number;
}

/** Where the calls of `eth_callMany` begin. An index of -1 stands for the end of the block. */
export const stateContext: Codec<StateContext, RpcStateContext> = {
  expected: 'an object of blockNumber and transactionIndex',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(stateContext.expected, value);
    onlyFields(value, ['blockNumber', 'transactionIndex']);
    const { blockNumber: at, transactionIndex: index } = value;
    return {
      at: at == null ? LATEST : decodeAt(blockRef, at, '.blockNumber'),
      ...(index == null || index === -1 ? {} : { transactionIndex: decodeAt(count, index, '.transactionIndex') }),
    };
  },
};

const BUNDLE_FIELDS = ['txs', 'blockNumber', 'stateBlockNumber', 'coinbase', 'timestamp', 'gasLimit', 'difficulty'];

/** Flashbots' bundle. */
export const signedBundle: Codec<SignedBundle, RpcSignedBundle> = {
  expected: 'a bundle { txs, blockNumber, stateBlockNumber, … }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(signedBundle.expected, value);
    onlyFields(value, [...BUNDLE_FIELDS, 'baseFee'], ['timeout']);
    const { txs, blockNumber, stateBlockNumber, timeout: _, ...environment } = value;
    const block = fields(environment, signedBundle.expected, {
      coinbase: ['coinbase', address],
      timestamp: ['timestamp', looseQuantity],
      gasLimit: ['gasLimit', looseQuantity],
      difficulty: ['difficulty', looseQuantity],
      baseFee: ['baseFeePerGas', looseQuantity],
    });
    return {
      transactions: decodeAt(list(data), txs, '.txs'),
      at: decodeAt(blockRef, stateBlockNumber, '.stateBlockNumber'),
      block: { ...block, number: decodeAt(looseQuantity, blockNumber, '.blockNumber') },
    };
  },
};
