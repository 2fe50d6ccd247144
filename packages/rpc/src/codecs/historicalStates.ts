import type { DumpedAccount, HistoricalState } from '@minichain/core';
import { type Codec, decodeAt, isRecord, mismatch } from './codec.ts';
import { address, count, data, hash, looseQuantity, nonce, slot, word } from './scalars.ts';

const NONE = new Uint8Array();

/** revm's analysed code, which is padded; a delegation of EIP-7702; or plain bytes. */
const code: Codec<Uint8Array> = {
  expected: 'the code of an account',
  decode: (value) => {
    if (value == null) return NONE;
    if (!isRecord(value)) return data.decode(value);
    const [kind = '', inner] = Object.entries(value)[0] ?? [];
    if (!isRecord(inner)) return data.decode(inner);
    if (kind === 'Eip7702') return decodeAt(data, inner['raw'], '.raw');
    const bytes = decodeAt(data, inner['bytecode'], '.bytecode');
    return bytes.slice(0, decodeAt(count, inner['original_len'], '.original_len'));
  },
};

const storage: Codec<DumpedAccount['storage']> = {
  expected: 'an object of slots and values',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(storage.expected, value);
    return Object.entries(value).flatMap(([key, given]) => {
      const stored = decodeAt(word, given, `.${key}`);
      return stored.some((byte) => byte !== 0) ? [[decodeAt(slot, key, ` key ${key}`), stored] as const] : [];
    });
  },
};

const accounts: Codec<DumpedAccount[]> = {
  expected: '{ accounts, storage }',
  decode: (value) => {
    if (!isRecord(value) || !isRecord(value['accounts'])) throw mismatch(accounts.expected, value);
    const stored = isRecord(value['storage']) ? value['storage'] : {};
    return Object.entries(value['accounts']).flatMap(([key, one]) => {
      const path = `.accounts.${key}`;
      if (!isRecord(one)) throw mismatch('an account', one);
      const account = {
        address: decodeAt(address, key, ` key ${key}`),
        nonce: decodeAt(nonce, one['nonce'], `${path}.nonce`),
        balance: decodeAt(looseQuantity, one['balance'], `${path}.balance`),
        code: decodeAt(code, one['code'], `${path}.code`),
        storage: decodeAt(storage, stored[key] ?? {}, `.storage.${key}`),
      };
      const isEmpty = account.nonce === 0n && account.balance === 0n && account.code.length === 0;
      return isEmpty && account.storage.length === 0 ? [] : [account];
    });
  },
};

/** `historical_states`: pairs of a block's hash and the state after it. What is in a state is read when it is asked for. */
export const historicalStates: Codec<HistoricalState[]> = {
  expected: 'pairs of a block hash and a state',
  decode: (value) => {
    const pairs = isRecord(value) ? value['states'] : value;
    if (!Array.isArray(pairs)) throw mismatch(historicalStates.expected, value);
    return pairs.map((pair: unknown, i) => {
      if (!Array.isArray(pair)) throw mismatch(historicalStates.expected, pair);
      const [of, state] = pair as unknown[];
      return {
        blockHash: decodeAt(hash, of, `[${i}][0]`),
        accounts: () => decodeAt(accounts, state, `.historical_states[${i}][1]`),
      };
    });
  },
};
