/** The library's texts for a halt → geth's, which tracers and simulations report. */
const WORDS: Readonly<Record<string, string>> = {
  revert: 'execution reverted',
  'code store out of gas': 'contract creation code storage out of gas',
  'code size to deposit exceeds maximum code size': 'max code size exceeded',
  'invalid opcode': 'invalid opcode: INVALID',
  'invalid JUMP': 'invalid jump destination',
  'static state change': 'write protection',
  'create collision': 'contract address collision',
  'value out of range': 'gas uint64 overflow',
  'insufficient balance': 'insufficient balance for transfer',
};

/** @example gethError('invalid JUMP') // 'invalid jump destination' */
export function gethError(error: string): string {
  return WORDS[error] ?? error;
}
