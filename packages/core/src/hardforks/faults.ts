import { CoreError } from '../errors.ts';

export type HardforkFault =
  | { readonly code: 'GENESIS_INVALID'; readonly detail: string }
  | { readonly code: 'HARDFORK_UNKNOWN'; readonly name: string; readonly known: readonly string[] };

/** Rules or a genesis that no chain can start from. */
export class HardforkError extends CoreError<HardforkFault> {}

/** @example throw hardforkError({ code: 'GENESIS_INVALID', detail: 'alloc is missing' }) */
export function hardforkError(fault: HardforkFault): HardforkError {
  const sentence =
    fault.code === 'GENESIS_INVALID'
      ? `invalid genesis: ${fault.detail}`
      : `unknown hardfork "${fault.name}"; known are latest, ${fault.known.join(', ')}`;
  return new HardforkError(fault, sentence);
}
