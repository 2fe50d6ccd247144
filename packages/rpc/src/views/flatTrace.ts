import type { CallFrame, FlatTrace } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity, type RpcFlatTrace } from '@minichain/protocol';

/** Where in the chain a trace's transaction stands. */
export interface TracePlace {
  readonly blockHash: Uint8Array;
  readonly blockNumber: bigint;
  readonly transactionHash: Uint8Array;
  readonly transactionPosition: number;
}

const REVERTED = new Set(['execution reverted', 'Reverted']);
const isCreation = ({ kind }: CallFrame): boolean => kind.startsWith('CREATE');
const optionalHex = (bytes: Uint8Array | undefined): Record<'address', `0x${string}`> | Record<string, never> =>
  bytes === undefined ? {} : { address: hex(bytes) };

function actionOf(frame: CallFrame): RpcFlatTrace['action'] {
  const { kind, from, to, value, gas, input } = frame;
  if (kind === 'SELFDESTRUCT') {
    return { address: hex(from), balance: quantity(value), refundAddress: hex(to ?? new Uint8Array(20)) };
  }
  const common = { from: hex(from), gas: quantity(gas), value: quantity(value) };
  const name = kind.toLowerCase();
  if (isCreation(frame)) return { creationMethod: name, ...common, init: hex(input) };
  return { callType: name, ...common, input: hex(input), to: hex(to ?? new Uint8Array(20)) };
}

/** What a call came to; that of a failure tells nothing, unless it was a revert. */
function resultOf({ frame, error }: FlatTrace): RpcFlatTrace['result'] {
  const { kind, to, gasUsed, output } = frame;
  if (kind === 'SELFDESTRUCT' || (error !== undefined && !REVERTED.has(error))) return undefined;
  const used = { gasUsed: quantity(gasUsed) };
  if (!isCreation(frame)) return { ...used, output: hex(output) };
  return error === undefined ? { ...optionalHex(to), code: hex(output), ...used } : { ...used, output: hex(output) };
}

const TYPES: Partial<Record<CallFrame['kind'], RpcFlatTrace['type']>> = {
  SELFDESTRUCT: 'suicide',
  CREATE: 'create',
  CREATE2: 'create',
};

/** A trace as OpenEthereum writes it. @param place left out for what is in no block. */
export function flatTraceView(trace: FlatTrace, place?: TracePlace): RpcFlatTrace {
  const { frame, error, subtraces, traceAddress } = trace;
  const result = resultOf(trace);
  return {
    action: actionOf(frame),
    ...(place === undefined ? {} : { blockHash: hex(place.blockHash), blockNumber: Number(place.blockNumber) }),
    ...(error === undefined ? {} : { error }),
    ...(result === undefined ? {} : { result }),
    ...{ subtraces, traceAddress },
    ...(place === undefined
      ? {}
      : { transactionHash: hex(place.transactionHash), transactionPosition: place.transactionPosition }),
    type: TYPES[frame.kind] ?? 'call',
  };
}

/** The same as `trace_*` has it: where nothing came of a call there is a result all the same, which is null. */
export const parityTraceView = (trace: FlatTrace, place?: TracePlace): RpcFlatTrace => ({
  result: null,
  ...flatTraceView(trace, place),
});
