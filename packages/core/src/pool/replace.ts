import { isBlob4844Tx, type TypedTransaction } from '@ethereumjs/tx';
import { feeCapOf, tipCapOf } from '../transactions/prices.ts';
import { poolError } from './faults.ts';

/** Percent of the old price that a replacement must offer. */
const PRICE_BUMP = 110n;
const BLOB_BUMP = 200n;

const bumpOf = (previous: TypedTransaction): bigint => (isBlob4844Tx(previous) ? BLOB_BUMP : PRICE_BUMP);

function bumped(before: bigint, bump: bigint): bigint {
  const more = (before * bump + 99n) / 100n;
  return more > before ? more : before + 1n;
}

/** Least tip with which another transaction can take this one's nonce, wei per gas. */
export const tipToReplace = (previous: TypedTransaction): bigint => bumped(tipCapOf(previous), bumpOf(previous));

/**
 * geth's rule for a transaction that takes another's nonce: 10 % more of both cap and tip, for blobs twice as much of all three.
 * @throws PoolError REPLACEMENT_UNDERPRICED.
 */
export function checkReplacement(previous: TypedTransaction, next: TypedTransaction): void {
  const bump = bumpOf(previous);
  const prices: [before: bigint, after: bigint][] = [
    [feeCapOf(previous), feeCapOf(next)],
    [tipCapOf(previous), tipCapOf(next)],
  ];
  if (isBlob4844Tx(previous)) prices.push([previous.maxFeePerBlobGas, isBlob4844Tx(next) ? next.maxFeePerBlobGas : 0n]);
  for (const [before, got] of prices) {
    const needed = bumped(before, bump);
    if (got < needed) throw poolError({ code: 'REPLACEMENT_UNDERPRICED', nonce: next.nonce, needed, got });
  }
}
