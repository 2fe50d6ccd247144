/** How a message ended; the order is that of `assembly/status.ts`. */
export const CORE_STATUSES = [
  'success',
  'revert',
  'outOfGas',
  'stackUnderflow',
  'stackOverflow',
  'invalidJump',
  'invalidOpcode',
  'staticStateChange',
  'returnDataOutOfBounds',
  'createCollision',
  'codeTooLarge',
  'codeStartsWithEf',
  'initcodeTooLarge',
  'codeStoreOutOfGas',
  'depthExceeded',
  'insufficientBalance',
  'nonceOverflow',
  'precompileFailed',
] as const;

export type CoreStatus = (typeof CORE_STATUSES)[number];

export function statusFromNumber(status: number): CoreStatus {
  return CORE_STATUSES[status] as CoreStatus;
}
