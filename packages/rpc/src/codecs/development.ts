import type { MineOptions, ReorgTransaction } from '@minichain/core';
import {
  type NumberLike,
  RPC_CODES,
  type RpcMineOptions,
  type RpcReorgTransaction,
  type RpcResetOptions,
} from '@minichain/protocol';
import { callRequest } from './callRequest.ts';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch, onlyFields } from './codec.ts';
import { between, count, data, looseQuantity, seconds, slot } from './scalars.ts';

/** A block of a run takes some microseconds and some bytes, and whoever needs the last one's hash waits for all. */
const MOST_BLOCKS = 10_000_000;

/** How many blocks to make. */
export const blockCount: Codec<number, NumberLike> = {
  expected: looseQuantity.expected,
  decode: (value) => {
    const blocks = count.decode(value);
    if (blocks <= MOST_BLOCKS) return blocks;
    throw new CodecError(`at most ${MOST_BLOCKS} blocks can be mined at once, got ${blocks}`);
  },
};

/** `evm_mine`: nothing, a timestamp, or Ganache's `{ timestamp, blocks }`. */
export const mineOptions: Codec<MineOptions, NumberLike | RpcMineOptions> = {
  expected: 'a timestamp in seconds, or { timestamp, blocks }',
  decode: (value) => {
    if (typeof value === 'number' || typeof value === 'string') return { timestamp: seconds.decode(value) };
    if (!isRecord(value)) throw mismatch(mineOptions.expected, value);
    onlyFields(value, ['timestamp', 'blocks']);
    const { timestamp, blocks } = value;
    return {
      ...(timestamp == null ? {} : { timestamp: decodeAt(seconds, timestamp, '.timestamp') }),
      ...(blocks == null ? {} : { blocks: decodeAt(blockCount, blocks, '.blocks') }),
    };
  },
};

const MOST_DETAILED = 1000;

/** The same where the blocks themselves are the answer. */
export const fewBlocks: Codec<MineOptions, NumberLike | RpcMineOptions> = {
  expected: mineOptions.expected,
  decode: (value) => {
    const options = mineOptions.decode(value);
    if ((options.blocks ?? 1) <= MOST_DETAILED) return options;
    throw new CodecError(`at most ${MOST_DETAILED} blocks can be mined in detail, got ${options.blocks}`, '.blocks');
  },
};

/** Of a header. */
export const extraData: Codec<Uint8Array, `0x${string}`> = {
  expected: 'at most 32 bytes of extra data',
  decode: (value) => {
    const bytes = data.decode(value);
    if (bytes.length <= 32) return bytes;
    throw new CodecError(`expected ${extraData.expected}, got ${bytes.length} bytes`);
  },
};

/** The longest that a timer can wait. */
const MAX_INTERVAL_MS = 2 ** 31 - 1;

/** Time between blocks: in a unit that the method knows, or Hardhat's range in milliseconds, of which the middle is taken. */
export type MiningInterval = { readonly amount: number } | { readonly ms: number };

/** Fractions are allowed. */
export const miningInterval: Codec<MiningInterval, NumberLike | readonly [number, number]> = {
  expected: 'an interval in seconds, or [min, max] in milliseconds',
  decode: (value) => (Array.isArray(value) ? { ms: middle(value) } : { amount: amountOf(value) }),
};

/** @param unitMs milliseconds that one of it stands for. @throws CodecError for one that no timer can wait for. */
export function intervalMs(interval: MiningInterval, unitMs: number): number {
  const ms = 'ms' in interval ? interval.ms : interval.amount * unitMs;
  if (ms <= MAX_INTERVAL_MS) return ms;
  throw new CodecError(`an interval of ${ms / 1000} seconds is too long (at most 24 days)`, 'params[0] (interval)');
}

function middle(range: readonly unknown[]): number {
  const [min, max] = range;
  const ok = typeof min === 'number' && typeof max === 'number' && min >= 0 && max >= min && range.length === 2;
  if (!ok) throw mismatch(miningInterval.expected, range);
  return (min + max) / 2;
}

function amountOf(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  if (typeof value !== 'string') throw mismatch(miningInterval.expected, value);
  return Number(looseQuantity.decode(value));
}

/** viem sends milliseconds to a node that it takes for Hardhat's. @returns seconds. */
export const wholeSecondsOfMs: Codec<bigint, NumberLike> = {
  expected: 'an interval in milliseconds, of whole seconds',
  decode: (value) => {
    const ms = looseQuantity.decode(value);
    if (ms % 1000n !== 0n || ms === 0n) throw new CodecError(`expected ${wholeSecondsOfMs.expected}, got ${ms}`);
    return seconds.decode((ms / 1000n).toString());
  },
};

/** Seconds from each block to the next. */
export const timestampInterval = between(1n, 2n ** 32n, 'seconds between two blocks: a number from 1 to 2^32');

/** What a reset may be told; a fork of another chain is refused. */
export const resetOptions: Codec<undefined, RpcResetOptions> = {
  expected: 'an object, which may hold "forking"',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(resetOptions.expected, value);
    onlyFields(value, ['forking']);
    const forking = value['forking'] ?? {};
    if (!isRecord(forking)) throw mismatch('an object in forking', forking);
    // viem sends an empty `forking` when it means none.
    if (forking['jsonRpcUrl'] == null) return undefined;
    throw new CodecError('this node does not fork another chain', '.forking', RPC_CODES.unsupported);
  },
};

/** Hardhat's words for a value of another length. */
export const storageValue: Codec<Uint8Array, `0x${string}`> = {
  expected: 'a storage value of exactly 32 bytes',
  decode: (value) => {
    const bytes = data.decode(value);
    if (bytes.length === 32) return bytes;
    throw new CodecError(
      `Storage value must be exactly 32 bytes long. Received ${String(value)}, which is ${bytes.length} bytes long.`,
    );
  },
};

/** A slot to write: hex, or a number as tools send it. @returns 32 bytes. */
export const looseSlot: Codec<Uint8Array, NumberLike> = {
  expected: slot.expected,
  decode: (value) => {
    const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
    return slot.decode(isNumber ? `0x${looseQuantity.decode(value).toString(16)}` : value);
  },
};

/** What a chain id can be set to. */
export const chainId = between(1n, BigInt(Number.MAX_SAFE_INTEGER), 'a chain id from 1 to 2^53 - 1');
/** What a block's gas limit can be set to. */
export const gasLimit = between(1n, 2n ** 63n - 1n, 'a gas limit: a number from 1 to 2^63 - 1');

/** How many blocks leave the chain. */
export const depth = between(1n, BigInt(Number.MAX_SAFE_INTEGER), 'a number of blocks, at least 1');

/** One of Anvil's pairs: what is to be in the new branch, and in which of its blocks. */
const reorgTransaction: Codec<ReorgTransaction, RpcReorgTransaction> = {
  expected: 'a pair of a transaction (an object, or raw bytes) and the number of its block in the new branch, from 0',
  decode: (value) => {
    if (!Array.isArray(value) || value.length !== 2) throw mismatch(reorgTransaction.expected, value);
    const [given, place] = value;
    const transaction: Codec<ReorgTransaction['transaction']> = typeof given === 'string' ? data : callRequest;
    return { transaction: decodeAt(transaction, given, '[0]'), place: decodeAt(count, place, '[1]') };
  },
};

export const reorgTransactions = list(reorgTransaction);
