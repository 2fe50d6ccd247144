import { CoreError } from '../errors.ts';

export type StateFault = { readonly code: 'STATE_NOT_AVAILABLE'; readonly root: string };

/** A state that this node does not hold. */
export class StateError extends CoreError<StateFault> {}

/** @example throw stateError({ code: 'STATE_NOT_AVAILABLE', root: '0x12…' }) */
export function stateError(fault: StateFault): StateError {
  return new StateError(fault, `state ${fault.root} is not available`);
}
