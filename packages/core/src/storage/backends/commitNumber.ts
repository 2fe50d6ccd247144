import { keyOf, namePart } from '../keys.ts';

/** Number of the last write. It is the first change of every batch, so that a log tells which of its batches is which. */
export const COMMITS = keyOf('meta', namePart('commits'));

/** A number as it is written. */
export function commitBytes(commits: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(commits));
  return new Uint8Array(bytes);
}

/** Whether a batch is not after another, by the first value that it puts. One that bears no number is not ours to judge. */
export const isUpTo =
  (commits: number) =>
  ({ key, value }: { readonly key: Uint8Array; readonly value: Uint8Array }): boolean =>
    Buffer.from(key).toString('hex') !== COMMITS || Number(Buffer.from(value).readBigUInt64BE()) <= commits;
