import type { CoreStatus } from '@minichain/evm';

/** How a message ended, as EthereumJS words it; a core's halts that it does not tell apart have the same words. */
const WORDS: Readonly<Record<CoreStatus, string | undefined>> = {
  success: undefined,
  revert: 'revert',
  outOfGas: 'out of gas',
  stackUnderflow: 'stack underflow',
  stackOverflow: 'stack overflow',
  invalidJump: 'invalid JUMP',
  invalidOpcode: 'invalid opcode',
  staticStateChange: 'static state change',
  returnDataOutOfBounds: 'out of gas',
  createCollision: 'create collision',
  codeTooLarge: 'code size to deposit exceeds maximum code size',
  codeStartsWithEf: 'invalid bytecode deployed',
  initcodeTooLarge: 'initcode exceeds max initcode size',
  codeStoreOutOfGas: 'code store out of gas',
  depthExceeded: 'max call depth exceeded',
  insufficientBalance: 'insufficient balance',
  nonceOverflow: 'nonce overflow',
  precompileFailed: 'precompile failed',
};

export const haltFromStatus = (status: CoreStatus): string | undefined => WORDS[status];

const STATUSES = new Map(
  (Object.entries(WORDS) as [CoreStatus, string | undefined][])
    .filter(([status]) => status !== 'returnDataOutOfBounds' && status !== 'precompileFailed')
    .map(([status, words]) => [words, status]),
);

/** @returns undefined for words that only precompiles have. */
export const statusFromHalt = (halt: string | undefined): CoreStatus | undefined => STATUSES.get(halt);
