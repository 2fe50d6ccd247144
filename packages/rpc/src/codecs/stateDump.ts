import { gunzipSync } from 'node:zlib';
import type { DumpedAccount, LoadedState } from '@minichain/core';
import type { Data } from '@minichain/protocol';
import { type Codec, CodecError, decodeAt, isRecord, mismatch } from './codec.ts';
import { address, bytes32, count, data, looseQuantity, nonce, seconds } from './scalars.ts';

/** What a dump may unpack to; a small file can be made to unpack to anything. */
const MAX_BYTES = 2 ** 28;

const storage: Codec<DumpedAccount['storage']> = {
  expected: 'an object of slots and 32-byte values',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(storage.expected, value);
    return Object.entries(value).map(([slot, word]) => [
      decodeAt(bytes32, slot, ` key ${slot}`),
      decodeAt(bytes32, word, `.${slot}`),
    ]);
  },
};

const account: Codec<Omit<DumpedAccount, 'address'>> = {
  expected: 'an account { nonce, balance, code, storage }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(account.expected, value);
    return {
      nonce: decodeAt(nonce, value['nonce'], '.nonce'),
      balance: decodeAt(looseQuantity, value['balance'], '.balance'),
      code: decodeAt(data, value['code'] ?? '0x', '.code'),
      storage: decodeAt(storage, value['storage'] ?? {}, '.storage'),
    };
  },
};

const accounts: Codec<DumpedAccount[]> = {
  expected: 'an object of addresses and accounts',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(accounts.expected, value);
    return Object.entries(value).map(([key, one]) => ({
      address: decodeAt(address, key, ` key ${key}`),
      ...decodeAt(account, one, `.${key}`),
    }));
  },
};

/** Dumps are gzipped; a file written by `anvil --dump-state` is not. */
function textOf(bytes: Uint8Array): string {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return Buffer.from(isZipped ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString();
  } catch (error) {
    throw new CodecError(`expected ${stateDump.expected}; it cannot be unpacked: ${(error as Error).message}`);
  }
}

function parsed(bytes: Uint8Array): Record<string, unknown> {
  const text = textOf(bytes);
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new CodecError(`expected ${stateDump.expected}`);
}

/** Anvil's dump. Its blocks, transactions and historical states are passed over; accounts and height are taken. */
export const stateDump: Codec<LoadedState, Data> = {
  expected: 'a state dump as anvil_dumpState makes it: JSON, gzipped or not, in hex',
  decode: (value) => {
    const dump = parsed(data.decode(value));
    const block = isRecord(dump['block']) ? dump['block'] : {};
    const number = dump['best_block_number'] ?? block['number'] ?? 0;
    return {
      number: BigInt(decodeAt(count, number, '.best_block_number')),
      ...(block['timestamp'] == null ? {} : { timestamp: decodeAt(seconds, block['timestamp'], '.block.timestamp') }),
      accounts: decodeAt(accounts, dump['accounts'] ?? {}, '.accounts'),
    };
  },
};
