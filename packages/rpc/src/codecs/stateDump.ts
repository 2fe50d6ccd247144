import { gunzipSync } from 'node:zlib';
import type { DumpedAccount, LoadedState } from '@minichain/core';
import type { Data } from '@minichain/protocol';
import { type Codec, CodecError, decodeAt, isRecord, mismatch } from './codec.ts';
import { dumpedBlocks } from './dumpedBlocks.ts';
import { historicalStates } from './historicalStates.ts';
import { address, bytes32, count, data, looseQuantity, nonce, seconds, slot, word } from './scalars.ts';

/** What a dump may unpack to; a small file can be made to unpack to anything. */
const MAX_BYTES = 2 ** 28;

type Fields = Record<string, unknown>;

const EXPECTED = 'a state dump as anvil_dumpState makes it: JSON, gzipped or not';

const storage: Codec<DumpedAccount['storage']> = {
  expected: 'an object of slots and 32-byte values',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(storage.expected, value);
    return Object.entries(value).map(([key, given]) => [
      decodeAt(slot, key, ` key ${key}`),
      decodeAt(word, given, `.${key}`),
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

/** Read one after the other, as they are asked for. */
function* accountsIn(value: Fields): Generator<DumpedAccount> {
  for (const [key, one] of Object.entries(value)) {
    const path = `.accounts.${key}`;
    yield { address: decodeAt(address, key, path), ...decodeAt(account, one, path) };
  }
}

/** Dumps are gzipped; a file written by `anvil --dump-state` is not. */
function textOf(bytes: Uint8Array): string {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return Buffer.from(isZipped ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString();
  } catch (error) {
    throw new CodecError(`expected ${EXPECTED}; it cannot be unpacked: ${(error as Error).message}`);
  }
}

function parsed(bytes: Uint8Array): Fields {
  const text = textOf(bytes);
  let why = 'it is not an object';
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (error) {
    why = (error as Error).message;
  }
  throw new CodecError(`expected ${EXPECTED}; ${why}`);
}

/** A field that is an object where it is there. */
function objectIn(dump: Fields, name: string): Fields {
  const value = dump[name] ?? {};
  if (isRecord(value)) return value;
  throw new CodecError(mismatch('an object', value).message, `.${name}`);
}

/**
 * A dump as `anvil_dumpState` and `anvil --dump-state` make it, of any version. Accounts, blocks and states of the past are
 * read as they are asked for.
 * @throws CodecError naming the field.
 */
export function stateFromBytes(bytes: Uint8Array): LoadedState {
  const dump = parsed(bytes);
  const [block, accounts] = [objectIn(dump, 'block'), objectIn(dump, 'accounts')];
  const instance = objectIn(dump, 'minichain')['instance_id'];
  const number = dump['best_block_number'] ?? block['number'] ?? 0;
  return {
    number: BigInt(decodeAt(count, number, '.best_block_number')),
    ...(block['timestamp'] == null ? {} : { timestamp: decodeAt(seconds, block['timestamp'], '.block.timestamp') }),
    accounts: { [Symbol.iterator]: () => accountsIn(accounts) },
    blocks: { [Symbol.iterator]: () => dumpedBlocks(dump) },
    history: decodeAt(historicalStates, dump['historical_states'] ?? [], '.historical_states'),
    ...(instance == null ? {} : { instanceId: decodeAt(bytes32, instance, '.minichain.instance_id') }),
  };
}

/** The same in hex. */
export const stateDump: Codec<LoadedState, Data> = {
  expected: `${EXPECTED}, in hex`,
  decode: (value) => stateFromBytes(data.decode(value)),
};
