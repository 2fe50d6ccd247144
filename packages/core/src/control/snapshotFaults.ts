import { CoreError } from '../errors.ts';

export type SnapshotFault =
  | { readonly code: 'CHECKPOINT_NAME_INVALID'; readonly longest: number }
  | { readonly code: 'CHECKPOINT_UNKNOWN'; readonly name: string; readonly known: readonly string[] };

/** A checkpoint that cannot be made, or is not there. */
export class SnapshotError extends CoreError<SnapshotFault> {}

/** How many names are listed in a message. */
const LISTED = 10;

function sentenceOf(fault: SnapshotFault): string {
  if (fault.code === 'CHECKPOINT_NAME_INVALID') {
    return `a checkpoint's name must have 1 to ${fault.longest} characters`;
  }
  const { name, known } = fault;
  const listed = known
    .slice(0, LISTED)
    .map((one) => `"${one}"`)
    .join(', ');
  const there =
    known.length === 0 ? 'there are none' : `there are ${listed}${known.length > LISTED ? ' and more' : ''}`;
  return `there is no checkpoint "${name}"; ${there}`;
}

/** @example throw snapshotError({ code: 'CHECKPOINT_NAME_INVALID', longest: 200 }) */
export const snapshotError = (fault: SnapshotFault): SnapshotError => new SnapshotError(fault, sentenceOf(fault));
