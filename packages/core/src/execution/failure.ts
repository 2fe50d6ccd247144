import type { ExecResult } from '@ethereumjs/evm';
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

/** Why a message failed, as the error to throw or print; undefined when it did not. */
export function evmFailure(result: ExecResult): ExecutionError | undefined {
  const error = result.exceptionError?.error;
  if (error === undefined) return undefined;
  if (error === 'revert') {
    return executionError({ code: 'REVERTED', data: result.returnValue, reason: revertReason(result.returnValue) });
  }
  return executionError({ code: 'HALTED', halt: HALTS[haltOf(error)] ?? 'PrecompileError', detail: error });
}
