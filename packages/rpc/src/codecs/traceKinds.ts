import type { BlockRef, CallRequest } from '@minichain/core';
import type { RpcTraceFilter, RpcTraceKind, RpcTransactionRequest } from '@minichain/protocol';
import { blockRef } from './blockRef.ts';
import { callRequest } from './callRequest.ts';
import { type Codec, decodeAt, isRecord, list, mismatch, onlyFields } from './codec.ts';
import { address, count } from './scalars.ts';

/** What of OpenEthereum's traces is wanted. */
export interface TraceKinds {
  readonly trace: boolean;
  readonly stateDiff: boolean;
  readonly vmTrace: boolean;
}

const KINDS = ['trace', 'stateDiff', 'vmTrace'];

export const traceKinds: Codec<TraceKinds, readonly RpcTraceKind[]> = {
  expected: 'an array of "trace", "stateDiff" and "vmTrace"',
  decode: (value) => {
    if (!Array.isArray(value)) throw mismatch(traceKinds.expected, value);
    const unknown = value.find((kind) => !KINDS.includes(kind));
    if (unknown !== undefined) throw mismatch('"trace", "stateDiff" or "vmTrace"', unknown);
    const has = (kind: RpcTraceKind): boolean => value.includes(kind);
    return { trace: has('trace'), stateDiff: has('stateDiff'), vmTrace: has('vmTrace') };
  },
};

/** A call of `trace_callMany` with what is wanted of it. */
export const tracedCall: Codec<
  { readonly request: CallRequest; readonly kinds: TraceKinds },
  readonly [RpcTransactionRequest, readonly RpcTraceKind[]]
> = {
  expected: 'a pair of a transaction and what to trace',
  decode: (value) => {
    if (!Array.isArray(value) || value.length !== 2) throw mismatch(tracedCall.expected, value);
    return { request: decodeAt(callRequest, value[0], '[0]'), kinds: decodeAt(traceKinds, value[1], '[1]') };
  },
};

export interface TraceFilter {
  readonly from?: BlockRef;
  readonly to?: BlockRef;
  readonly senders?: readonly Uint8Array[];
  readonly recipients?: readonly Uint8Array[];
  readonly after: number;
  readonly count?: number;
}

const FIELDS = ['fromBlock', 'toBlock', 'fromAddress', 'toAddress', 'after', 'count', 'mode'];

/** The filter of `trace_filter`. */
export const traceFilter: Codec<TraceFilter, RpcTraceFilter> = {
  expected: 'a trace filter object',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(traceFilter.expected, value);
    onlyFields(value, FIELDS);
    const { fromBlock, toBlock, fromAddress, toAddress, after, count: most } = value;
    const addresses = (of: unknown, path: string) => decodeAt(list(address), of, path).map(({ bytes }) => bytes);
    return {
      ...(fromBlock == null ? {} : { from: decodeAt(blockRef, fromBlock, '.fromBlock') }),
      ...(toBlock == null ? {} : { to: decodeAt(blockRef, toBlock, '.toBlock') }),
      ...(fromAddress == null ? {} : { senders: addresses(fromAddress, '.fromAddress') }),
      ...(toAddress == null ? {} : { recipients: addresses(toAddress, '.toAddress') }),
      after: after == null ? 0 : decodeAt(count, after, '.after'),
      ...(most == null ? {} : { count: decodeAt(count, most, '.count') }),
    };
  },
};
