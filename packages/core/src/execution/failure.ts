import { type ExecutionError, executionError } from './faults.ts';
import { haltOf } from './gethError.ts';
import { revertReason } from './revertReason.ts';

/** The library's error texts → the halt names that client libraries recognise (revm's). */
const HALTS: Readonly<Record<string, string>> = {
  'out of gas': 'OutOfGas',
  'code store out of gas': 'OutOfGas',
  'code size to deposit exceeds maximum code size': 'CreateContractSizeLimit',
  'stack underflow': 'StackUnderflow',
  'stack overflow': 'StackOverflow',
  'invalid JUMP': 'InvalidJump',
  'invalid opcode': 'InvalidFEOpcode',
  'value out of range': 'OutOfOffset',
  'static state change': 'StateChangeDuringStaticCall',
  'create collision': 'CreateCollision',
  'insufficient balance': 'OutOfFunds',
  'invalid bytecode deployed': 'CreateContractStartingWithEF',
  'initcode exceeds max initcode size': 'CreateInitCodeSizeLimit',
};

/**
 * Why a message failed, as the error to throw or print; undefined when it did not.
 * @param halt in the library's words.
 */
export function evmFailure(result: {
  readonly halt: string | undefined;
  readonly output: Uint8Array;
}): ExecutionError | undefined {
  const { halt, output } = result;
  if (halt === undefined) return undefined;
  if (halt === 'revert') return executionError({ code: 'REVERTED', data: output, reason: revertReason(output) });
  return executionError({ code: 'HALTED', halt: HALTS[haltOf(halt)] ?? 'PrecompileError', detail: halt });
}
