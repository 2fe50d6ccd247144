import type { PruneLimits } from '@minichain/core';
import type { RpcPruneLimits } from '@minichain/protocol';
import { type Codec, decodeAt, isRecord, mismatch, onlyFields } from './codec.ts';
import { between } from './scalars.ts';

const blocks = between(1n, BigInt(Number.MAX_SAFE_INTEGER), 'a count of blocks, at least 1');
const FIELDS = ['states', 'historyBlocks'] as const;

/** What stays when a chain is pruned; undefined when nothing is said of it. */
export const pruneLimits: Codec<PruneLimits | undefined, RpcPruneLimits> = {
  expected: 'an object with states, historyBlocks or both, counts of blocks',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(pruneLimits.expected, value);
    onlyFields(value, FIELDS);
    const given = FIELDS.filter((name) => value[name] !== undefined && value[name] !== null);
    if (given.length === 0) return undefined;
    return Object.fromEntries(given.map((name) => [name, Number(decodeAt(blocks, value[name], `.${name}`))]));
  },
};
