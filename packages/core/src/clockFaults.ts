import { CoreError } from './errors.ts';

export type ClockFault =
  | { readonly code: 'TIMESTAMP_NOT_AFTER_HEAD'; readonly timestamp: bigint; readonly head: bigint }
  | { readonly code: 'TIME_NEGATIVE'; readonly seconds: bigint };

export class ClockError extends CoreError<ClockFault> {}

/** What to do about it. */
const EQUAL = '; equal ones are let pass by --allow-blocks-with-same-timestamp';

const SENTENCES: { [C in ClockFault['code']]: (fault: Extract<ClockFault, { code: C }>) => string } = {
  TIMESTAMP_NOT_AFTER_HEAD: ({ timestamp, head }) =>
    `timestamp ${timestamp} is not after the previous block's timestamp ${head}${timestamp === head ? EQUAL : ''}`,
  TIME_NEGATIVE: ({ seconds }) => `time can only be increased, got ${seconds} seconds`,
};

/** @example throw clockError({ code: 'TIME_NEGATIVE', seconds: -1n }) */
export function clockError(fault: ClockFault, options?: ErrorOptions): ClockError {
  const sentence = SENTENCES[fault.code] as (fault: ClockFault) => string;
  return new ClockError(fault, sentence(fault), options);
}
