import { CoreError } from '../errors.ts';

export type HardforkFault =
  | { readonly code: 'GENESIS_INVALID'; readonly detail: string }
  | { readonly code: 'HARDFORK_SCHEDULE_INVALID'; readonly detail: string }
  | { readonly code: 'HARDFORK_UNKNOWN'; readonly name: string; readonly known: readonly string[] };

/** Rules or a genesis that no chain can start from. */
export class HardforkError extends CoreError<HardforkFault> {}

/** @example throw hardforkError({ code: 'GENESIS_INVALID', detail: 'alloc is missing' }) */
export function hardforkError(fault: HardforkFault): HardforkError {
  return new HardforkError(fault, sentenceOf(fault));
}

function sentenceOf(fault: HardforkFault): string {
  switch (fault.code) {
    case 'GENESIS_INVALID':
      return `invalid genesis: ${fault.detail}`;
    case 'HARDFORK_SCHEDULE_INVALID':
      return `invalid hardfork schedule: ${fault.detail}`;
    default:
      return `unknown hardfork "${fault.name}"; known are latest, ${fault.known.join(', ')}`;
  }
}
