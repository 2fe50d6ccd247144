import { CoreError } from '../errors.ts';

export type SnapshotFault = { readonly code: 'CHECKPOINT_NAME_INVALID'; readonly longest: number };

/** A checkpoint that cannot be made. */
export class SnapshotError extends CoreError<SnapshotFault> {}

/** @example throw snapshotError({ code: 'CHECKPOINT_NAME_INVALID', longest: 200 }) */
export const snapshotError = (fault: SnapshotFault): SnapshotError =>
  new SnapshotError(fault, `a checkpoint's name must have 1 to ${fault.longest} characters`);
