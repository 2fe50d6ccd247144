import type { CallFrame } from './traceTypes.ts';

/** A frame of a call tree with its place in it, as OpenEthereum lists them: gas in gas, value in wei. */
export interface FlatTrace {
  readonly frame: CallFrame;
  /** Which call of which call it is. */
  readonly traceAddress: readonly number[];
  readonly subtraces: number;
  /** Why it failed. */
  readonly error?: string;
}

export interface FlatOptions {
  /** Whether failures are told in OpenEthereum's words. */
  readonly convertParityErrors?: boolean;
  /** Default: not. */
  readonly includePrecompiles?: boolean;
  readonly isPrecompile: (address: Uint8Array) => boolean;
}

/** geth's words → OpenEthereum's. */
const PARITY: Readonly<Record<string, string>> = {
  'contract creation code storage out of gas': 'Out of gas',
  'out of gas': 'Out of gas',
  'gas uint64 overflow': 'Out of gas',
  'max code size exceeded': 'Out of gas',
  'invalid jump destination': 'Bad jump destination',
  'execution reverted': 'Reverted',
  'return data out of bounds': 'Out of bounds',
  'precompile failed': 'Built-in failed',
  'invalid input length': 'Built-in failed',
  'write protection': 'Mutable Call In Static Context',
};

/** @example parityError('invalid opcode: INVALID') // 'Bad instruction' */
export function parityError(error: string): string {
  if (error.startsWith('invalid opcode')) return 'Bad instruction';
  if (error.startsWith('stack underflow')) return 'Stack underflow';
  if (error.startsWith('stack ')) return 'Out of stack';
  return PARITY[error] ?? error;
}

/** Precompiles are no calls to OpenEthereum, but for what is sent to them. */
function isListed(call: CallFrame, { includePrecompiles = false, isPrecompile }: FlatOptions): boolean {
  if (includePrecompiles || (call.kind !== 'CALL' && call.kind !== 'STATICCALL')) return true;
  return call.to === undefined || !isPrecompile(call.to);
}

/** Every frame of a tree, a call before its own calls. */
export function flatTraces(top: CallFrame, options: FlatOptions): FlatTrace[] {
  const traces: FlatTrace[] = [];
  const list = (frame: CallFrame, traceAddress: readonly number[]): void => {
    const calls = frame.calls.filter((call) => isListed(call, options));
    const error = frame.error === undefined || !options.convertParityErrors ? frame.error : parityError(frame.error);
    traces.push({ frame, traceAddress, subtraces: calls.length, ...(error === undefined ? {} : { error }) });
    for (const [index, call] of calls.entries()) list(call, [...traceAddress, index]);
  };
  list(top, []);
  return traces;
}
