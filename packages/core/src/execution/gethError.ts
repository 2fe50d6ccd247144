/** The library's texts for a halt → geth's, which tracers and simulations report. */
const WORDS: Readonly<Record<string, string>> = {
  revert: 'execution reverted',
  'code store out of gas': 'contract creation code storage out of gas',
  'code size to deposit exceeds maximum code size': 'max code size exceeded',
  'invalid JUMP': 'invalid jump destination',
  'static state change': 'write protection',
  'create collision': 'contract address collision',
  'value out of range': 'gas uint64 overflow',
  'insufficient balance': 'insufficient balance for transfer',
  'invalid bytecode deployed': 'invalid code: must not begin with 0xef',
  'initcode exceeds max initcode size': 'max initcode size exceeded',
};

/** What went wrong, without the place that the library appends (`invalid JUMP at 0x…/0x…:12`). */
export const haltOf = (error: string): string => error.replace(/ at 0x.*$/, '');

/** @example gethError('invalid JUMP at 0x…:3') // 'invalid jump destination' */
export function gethError(error: string): string {
  const halt = haltOf(error);
  return WORDS[halt] ?? halt;
}
