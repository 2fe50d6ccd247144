import { CoreError } from '../errors.ts';

export type StateFault =
  | { readonly code: 'STATE_NOT_AVAILABLE'; readonly root: string }
  | { readonly code: 'BALANCE_OVERFLOW'; readonly address: string };

/** A state that this node does not hold, or that there cannot be. */
export class StateError extends CoreError<StateFault> {}

/** @example throw stateError({ code: 'STATE_NOT_AVAILABLE', root: '0x12…' }) */
export function stateError(fault: StateFault): StateError {
  const sentence =
    fault.code === 'STATE_NOT_AVAILABLE'
      ? `state ${fault.root} is not available`
      : `the balance of ${fault.address} would exceed 2^256 - 1`;
  return new StateError(fault, sentence);
}
