import { CoreError } from '../errors.ts';

export type StateFault =
  | { readonly code: 'STATE_NOT_AVAILABLE'; readonly root: string }
  | { readonly code: 'BALANCE_OVERFLOW'; readonly address: string }
  | { readonly code: 'DUMP_TOO_HIGH'; readonly number: bigint; readonly most: bigint }
  | { readonly code: 'SLOT_NOT_FOUND'; readonly token: string; readonly asked: string }
  | { readonly code: 'NUMBER_TOO_LARGE'; readonly asked: string; readonly most: bigint };

/** A state that this node does not hold, or that there cannot be. */
export class StateError extends CoreError<StateFault> {}

const SENTENCES: { [C in StateFault['code']]: (fault: Extract<StateFault, { code: C }>) => string } = {
  STATE_NOT_AVAILABLE: ({ root }) => `state ${root} is not available: it was pruned, or is none of this chain`,
  BALANCE_OVERFLOW: ({ address }) => `the balance of ${address} would exceed 2^256 - 1`,
  SLOT_NOT_FOUND: ({ token, asked }) =>
    `unable to set it: no slot found, no single word of storage decides what ${asked} of ${token} answers`,
  NUMBER_TOO_LARGE: ({ asked, most }) => `the number is too large: ${asked} has room for ${most} at most`,
  DUMP_TOO_HIGH: ({ number, most }) =>
    `the state is that of block ${number}; empty blocks are mined to reach its height, but only up to ${most}`,
};

/** @example throw stateError({ code: 'STATE_NOT_AVAILABLE', root: '0x12…' }) */
export function stateError(fault: StateFault): StateError {
  const sentence = SENTENCES[fault.code] as (fault: StateFault) => string;
  return new StateError(fault, sentence(fault));
}
