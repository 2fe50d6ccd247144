import type { AccountOverride, BlockOverrides, StateOverrides, WithdrawalInput } from '@minichain/core';
import { type Hex, hexFromBytes, type RpcBlockOverrides, type RpcStateOverrides } from '@minichain/protocol';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch, onlyFields } from './codec.ts';
import { address, bytes32, data, looseQuantity, slot } from './scalars.ts';

const storageMap: Codec<Map<Hex, Uint8Array>> = {
  expected: 'an object of slots and 32-byte values',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(storageMap.expected, value);
    const map = new Map<Hex, Uint8Array>();
    for (const [key, word] of Object.entries(value)) {
      map.set(hexFromBytes(decodeAt(slot, key, ` key ${key}`)), decodeAt(bytes32, word, `.${key}`));
    }
    return map;
  },
};

/** Reads the known keys of an object that are there; null counts as absent. */
export function fields(value: unknown, expected: string, known: Record<string, readonly [string, Codec<unknown>]>) {
  if (!isRecord(value)) throw mismatch(expected, value);
  onlyFields(value, Object.keys(known));
  const out: Record<string, unknown> = {};
  for (const [wire, [name, codec]] of Object.entries(known)) {
    if (value[wire] != null) out[name] = decodeAt(codec, value[wire], `.${wire}`);
  }
  return out;
}

const accountOverride: Codec<AccountOverride> = {
  expected: 'an account override object',
  decode: (value) =>
    fields(value, accountOverride.expected, {
      nonce: ['nonce', looseQuantity],
      balance: ['balance', looseQuantity],
      code: ['code', data],
      state: ['state', storageMap],
      stateDiff: ['stateDiff', storageMap],
      movePrecompileToAddress: ['movePrecompileTo', address],
    }),
};

/** geth's state override set: address → override. */
export const stateOverrides: Codec<StateOverrides, RpcStateOverrides> = {
  expected: 'a state override object (address → override)',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(stateOverrides.expected, value);
    const map = new Map<Hex, AccountOverride>();
    for (const [key, override] of Object.entries(value)) {
      const who = decodeAt(address, key, ` key ${key}`);
      map.set(who.toString(), decodeAt(accountOverride, override, `.${key}`));
    }
    return map;
  },
};

export const withdrawal: Codec<WithdrawalInput> = {
  expected: 'a withdrawal object',
  decode: (value) =>
    fields(value, withdrawal.expected, {
      index: ['index', looseQuantity],
      validatorIndex: ['validatorIndex', looseQuantity],
      address: ['address', address],
      amount: ['amount', looseQuantity],
    }) as unknown as WithdrawalInput,
};

const blockHashes: Codec<Map<bigint, Uint8Array>> = {
  expected: 'an object of block numbers and hashes',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(blockHashes.expected, value);
    return new Map(
      Object.entries(value).map(([key, hash]) => [looseQuantity.decode(key), decodeAt(bytes32, hash, `.${key}`)]),
    );
  },
};

/** geth's block override set; the older names of the same fields are taken too. */
export const blockOverrides: Codec<BlockOverrides, RpcBlockOverrides> = {
  expected: 'a block override object',
  decode: (value) =>
    fields(value, blockOverrides.expected, {
      number: ['number', looseQuantity],
      time: ['timestamp', looseQuantity],
      timestamp: ['timestamp', looseQuantity],
      gasLimit: ['gasLimit', looseQuantity],
      coinbase: ['coinbase', address],
      feeRecipient: ['coinbase', address],
      random: ['prevRandao', bytes32],
      prevRandao: ['prevRandao', bytes32],
      baseFee: ['baseFeePerGas', looseQuantity],
      baseFeePerGas: ['baseFeePerGas', looseQuantity],
      blobBaseFee: ['blobBaseFee', looseQuantity],
      difficulty: ['difficulty', looseQuantity],
      beaconRoot: ['parentBeaconBlockRoot', bytes32],
      withdrawals: ['withdrawals', list(withdrawal)],
      blockHash: ['blockHashes', blockHashes],
    }),
};

/** The same for one call, which no block processing surrounds. */
export const callBlockOverrides: Codec<BlockOverrides, RpcBlockOverrides> = {
  expected: blockOverrides.expected,
  decode: (value) => {
    const overrides = blockOverrides.decode(value);
    if (overrides.withdrawals === undefined) return overrides;
    throw new CodecError('withdrawals cannot be overridden in a call', '.withdrawals');
  },
};
