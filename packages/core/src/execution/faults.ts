import { CoreError } from '../errors.ts';

/** Why a call, an estimate or a simulation did not succeed. `data` is what the EVM returned. */
export type ExecutionFault =
  | { readonly code: 'REVERTED'; readonly data: Uint8Array; readonly reason: string | undefined }
  /** Any exceptional halt that is not a revert. `halt` is a name like `OutOfGas`, `InvalidFEOpcode`, `StackUnderflow`. */
  | { readonly code: 'HALTED'; readonly halt: string; readonly detail: string }
  | {
      readonly code: 'INTRINSIC_GAS_TOO_LOW';
      readonly gasLimit: bigint;
      readonly needed: bigint;
      /** Of EIP-7623. */
      readonly isFloor?: true;
    }
  /** Its cause says why it needs more. */
  | { readonly code: 'GAS_ALLOWANCE_EXCEEDED'; readonly allowance: bigint }
  | { readonly code: 'CALL_FUNDS_INSUFFICIENT'; readonly sender: string; readonly have: bigint; readonly want: bigint }
  | { readonly code: 'CALL_FEE_CAP_BELOW_BASE_FEE'; readonly feeCap: bigint; readonly baseFee: bigint }
  | { readonly code: 'CALL_TIP_ABOVE_FEE_CAP'; readonly tip: bigint; readonly feeCap: bigint }
  | { readonly code: 'OVERRIDE_INVALID'; readonly detail: string }
  | { readonly code: 'CALL_INVALID'; readonly detail: string }
  /** `eth_simulateV1` refusals with the number that the specification gives them. */
  | { readonly code: 'SIMULATION_REFUSED'; readonly rpcCode: number; readonly detail: string }
  | { readonly code: 'TRACER_UNKNOWN'; readonly tracer: string }
  | { readonly code: 'TRACER_FAILED'; readonly detail: string }
  /** It ran for as long as a call may. */
  | { readonly code: 'TIMED_OUT'; readonly limitMs: number }
  /** What `--engine verify` is for: the two came to different ends. */
  | { readonly code: 'ENGINES_DIFFER'; readonly detail: string }
  /** A trace grew over the limit, in bytes of its JSON. */
  | { readonly code: 'TRACE_TOO_LARGE'; readonly limit: number };

export class ExecutionError extends CoreError<ExecutionFault> {}

const wei = (amount: bigint): string => amount.toString();

const SENTENCES: { [C in ExecutionFault['code']]: (fault: Extract<ExecutionFault, { code: C }>) => string } = {
  REVERTED: ({ reason }) => (reason === undefined ? 'execution reverted' : `execution reverted: ${reason}`),
  HALTED: ({ halt, detail }) => `EVM error ${halt}: ${detail}`,
  INTRINSIC_GAS_TOO_LOW: ({ gasLimit, needed }) => `intrinsic gas too low: gas ${gasLimit}, minimum needed ${needed}`,
  GAS_ALLOWANCE_EXCEEDED: ({ allowance }) => `gas required exceeds allowance (${allowance})`,
  CALL_FUNDS_INSUFFICIENT: ({ sender, have, want }) =>
    `insufficient funds for gas * price + value: address ${sender} have ${wei(have)} want ${wei(want)}`,
  CALL_FEE_CAP_BELOW_BASE_FEE: ({ feeCap, baseFee }) =>
    `max fee per gas less than block base fee: maxFeePerGas: ${feeCap}, baseFee: ${baseFee}`,
  CALL_TIP_ABOVE_FEE_CAP: ({ tip, feeCap }) =>
    `max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: ${tip}, maxFeePerGas: ${feeCap}`,
  OVERRIDE_INVALID: ({ detail }) => detail,
  CALL_INVALID: ({ detail }) => detail,
  SIMULATION_REFUSED: ({ detail }) => detail,
  TRACER_UNKNOWN: ({ tracer }) =>
    `tracer "${tracer}" is not known; use callTracer, flatCallTracer, prestateTracer, 4byteTracer, muxTracer, noopTracer, a tracer in JavaScript ({ step, fault, result, … }), or leave it out for struct logs`,
  TRACER_FAILED: ({ detail }) => detail,
  ENGINES_DIFFER: ({ detail }) => `the engines differ: ${detail}`,
  TIMED_OUT: ({ limitMs }) => `execution aborted (timeout = ${limitMs / 1000}s)`,
  TRACE_TOO_LARGE: ({ limit }) =>
    `trace too large: over ${limit} bytes; ask for less (disableStack, disableStorage, limit, onlyTopCall), or raise the node's --trace-limit`,
};

/** @example throw executionError({ code: 'REVERTED', data: new Uint8Array(), reason: undefined }) */
export function executionError(fault: ExecutionFault, options?: ErrorOptions): ExecutionError {
  const sentence = SENTENCES[fault.code] as (fault: ExecutionFault) => string;
  return new ExecutionError(fault, sentence(fault), options);
}

/** Whether two engines came to different ends, which is nobody's mistake but ours. */
export const isDifference = (error: unknown): boolean =>
  error instanceof ExecutionError && error.fault.code === 'ENGINES_DIFFER';
