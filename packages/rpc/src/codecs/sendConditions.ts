import type { Address } from '@minichain/core';
import type { RpcSendConditions } from '@minichain/protocol';
import { type Codec, decodeAt, isRecord, mismatch, onlyFields } from './codec.ts';
import { address, bytes32, looseQuantity, slot } from './scalars.ts';

interface Range {
  readonly least?: bigint;
  readonly most?: bigint;
}

export interface SendConditions {
  readonly number: Range;
  /** Seconds. */
  readonly timestamp: Range;
  readonly accounts: readonly {
    readonly address: Address;
    readonly storageRoot: Uint8Array | undefined;
    readonly slots: readonly (readonly [slot: Uint8Array, value: Uint8Array])[];
  }[];
}

const FIELDS = ['blockNumberMin', 'blockNumberMax', 'timestampMin', 'timestampMax', 'knownAccounts'];

function range(value: Record<string, unknown>, name: string): Range {
  const [least, most] = [value[`${name}Min`], value[`${name}Max`]];
  return {
    ...(least == null ? {} : { least: decodeAt(looseQuantity, least, `.${name}Min`) }),
    ...(most == null ? {} : { most: decodeAt(looseQuantity, most, `.${name}Max`) }),
  };
}

function account([key, value]: [string, unknown]): SendConditions['accounts'][number] {
  const path = `.knownAccounts.${key}`;
  const at = decodeAt(address, key, path);
  if (!isRecord(value)) return { address: at, storageRoot: decodeAt(bytes32, value, path), slots: [] };
  const slots = Object.entries(value).map(
    ([name, word]) => [decodeAt(slot, name, path), decodeAt(bytes32, word, `${path}.${name}`)] as const,
  );
  return { address: at, storageRoot: undefined, slots };
}

/** Conditions of `eth_sendRawTransactionConditional`. */
export const sendConditions: Codec<SendConditions, RpcSendConditions> = {
  expected: `an object of ${FIELDS.join(', ')}`,
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(sendConditions.expected, value);
    onlyFields(value, FIELDS);
    const known = value['knownAccounts'] ?? {};
    if (!isRecord(known)) throw mismatch('an object of accounts in knownAccounts', known);
    return {
      number: range(value, 'blockNumber'),
      timestamp: range(value, 'timestamp'),
      accounts: Object.entries(known).map(account),
    };
  },
};
