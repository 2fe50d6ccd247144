import { equalsBytes, hexToBytes, KECCAK256_RLP, KECCAK256_RLP_ARRAY } from '@ethereumjs/util';
import { NO_LOGS } from './logsBloom.ts';

const NONE = new Uint8Array();
/** SHA-256 of nothing: the hash of no requests (EIP-7685). */
const NO_REQUESTS = hexToBytes('0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

/** What most headers hold, by its place in them: a third of their bytes and more. None of these fields is ever empty. */
const USUAL: ReadonlyMap<number, Uint8Array> = new Map([
  [1, KECCAK256_RLP_ARRAY],
  [4, KECCAK256_RLP],
  [5, KECCAK256_RLP],
  [6, NO_LOGS],
  [14, new Uint8Array(8)],
  [16, KECCAK256_RLP],
  [19, new Uint8Array(32)],
  [20, NO_REQUESTS],
]);

/** A header's fields without those that are as usual. */
export const shortHeader = (fields: readonly Uint8Array[]): Uint8Array[] =>
  fields.map((field, place) => {
    const usual = USUAL.get(place);
    return usual !== undefined && equalsBytes(field, usual) ? NONE : field;
  });

/** The reverse of {@link shortHeader}; a whole header stays as it is. */
export const wholeHeader = (fields: readonly Uint8Array[]): Uint8Array[] =>
  fields.map((field, place) => (field.length === 0 ? (USUAL.get(place) ?? field) : field));
