import {
  type BlockRef,
  type Chain,
  type ExecutedBlock,
  type FlatTrace,
  LATEST,
  type TraceResult,
} from '@minichain/core';
import { hexFromBytes as hex, type RpcFlatTrace, type RpcReplay } from '@minichain/protocol';
import { blockRef } from '../codecs/blockRef.ts';
import { callRequest } from '../codecs/callRequest.ts';
import { list } from '../codecs/codec.ts';
import { count, data, hash } from '../codecs/scalars.ts';
import { type TraceFilter, type TraceKinds, tracedCall, traceFilter, traceKinds } from '../codecs/traceKinds.ts';
import { method, optional, required, type Serve } from '../method.ts';
import { Turns } from '../turns.ts';
import { parityTraceView } from '../views/flatTrace.ts';
import { replayView } from '../views/parity.ts';

const CALLS = { stateDiff: false, vmTrace: false };
const NOWHERE = 'trace of no block';
const of = required('transactionHash', hash);
const at = required('block', blockRef);
const state = optional('block', blockRef, LATEST);
const kinds = required('kinds', traceKinds);

const flatOf = (result: TraceResult): readonly FlatTrace[] => (result.type === 'parity' ? result.traces : []);

async function blockTraces(chain: Chain, block: ExecutedBlock): Promise<RpcFlatTrace[]> {
  const traced = await chain.execution.traceBlock(block, { parity: CALLS });
  return traced.flatMap(({ hash: transactionHash, result }, transactionPosition) => {
    const place = {
      blockHash: block.hash,
      blockNumber: block.block.header.number,
      ...{ transactionHash, transactionPosition },
    };
    return flatOf(result).map((trace) => parityTraceView(trace, place));
  });
}

async function transactionTraces(chain: Chain, transactionHash: Uint8Array): Promise<RpcFlatTrace[]> {
  const result = await chain.execution.traceTransaction(transactionHash, { parity: CALLS });
  const found = await chain.chain.transaction(transactionHash);
  if (found === undefined) throw new TypeError(NOWHERE);
  const { block, index: transactionPosition } = found;
  const blockNumber = block.block.header.number;
  const place = { blockHash: block.hash, blockNumber, transactionHash, transactionPosition };
  return flatOf(result).map((trace) => parityTraceView(trace, place));
}

/** Whether one of the addresses takes part; a filter without any takes everything, one with both kinds either. */
function matcher({ senders, recipients }: TraceFilter): (trace: RpcFlatTrace) => boolean {
  const from = new Set(senders?.map((one) => hex(one) as string));
  const to = new Set(recipients?.map((one) => hex(one) as string));
  if (from.size === 0 && to.size === 0) return () => true;
  return ({ action, result }) =>
    from.has(action['from'] ?? action['address'] ?? '') ||
    to.has(action['to'] ?? action['refundAddress'] ?? result?.['address'] ?? '');
}

async function filtered(chain: Chain, filter: TraceFilter): Promise<RpcFlatTrace[]> {
  const numberOf = async (ref: BlockRef): Promise<bigint> => (await chain.chain.require(ref)).block.header.number;
  const [first, last] = [await numberOf(filter.from ?? { number: 0n }), await numberOf(filter.to ?? LATEST)];
  const matches = matcher(filter);
  const most = filter.after + (filter.count ?? Number.POSITIVE_INFINITY);
  const found: RpcFlatTrace[] = [];
  const turns = new Turns();
  for (let number = first; number <= last && found.length < most; number++) {
    const block = await chain.chain.require({ number });
    if (block.block.transactions.length > 0) found.push(...(await blockTraces(chain, block)).filter(matches));
    const turn = turns.next();
    if (turn !== undefined) await turn;
  }
  return found.slice(filter.after, most);
}

const same = <T>(value: T): T => value;

async function called(result: Promise<TraceResult>, { trace }: TraceKinds): Promise<RpcReplay> {
  return replayView(await result, trace);
}

/** OpenEthereum's traces: by replay, as all of them. */
export const trace = {
  trace_transaction: method({ params: [of], run: (c, tx) => transactionTraces(c.chain, tx), result: same }),
  trace_block: method({
    params: [at],
    run: async (c, ref) => blockTraces(c.chain, await c.chain.chain.require(ref)),
    result: same,
  }),
  trace_filter: method({
    params: [required('filter', traceFilter)],
    run: (c, filter) => filtered(c.chain, filter),
    result: same,
  }),
  trace_get: method({
    params: [of, required('traceAddress', list(count))],
    run: async (c, tx, place) => {
      const traces = await transactionTraces(c.chain, tx);
      return traces.find(({ traceAddress }) => `${traceAddress}` === `${place}`) ?? null;
    },
    result: same,
  }),
  trace_replayTransaction: method({
    params: [of, kinds],
    run: (c, tx, parity) => called(c.chain.execution.traceTransaction(tx, { parity }), parity),
    result: same,
  }),
  trace_replayBlockTransactions: method({
    params: [at, kinds],
    run: async (c, ref, parity) => {
      const traced = await c.chain.execution.traceBlock(await c.chain.chain.require(ref), { parity });
      return traced.map((one) => ({ ...replayView(one.result, parity.trace), transactionHash: hex(one.hash) }));
    },
    result: same,
  }),
  trace_call: method({
    params: [required('transaction', callRequest), kinds, state],
    run: async (c, request, wanted, ref) => {
      const [result] = await c.chain.execution.traceCalls([{ request, wanted }], ref);
      return replayView(result as TraceResult, wanted.trace);
    },
    result: same,
  }),
  trace_callMany: method({
    params: [required('calls', list(tracedCall)), state],
    run: async (c, calls, ref) => {
      const wanted = calls.map(({ request, kinds: its }) => ({ request, wanted: its }));
      const results = await c.chain.execution.traceCalls(wanted, ref);
      return results.map((result, i) => replayView(result, calls[i]?.kinds.trace === true));
    },
    result: same,
  }),
  trace_rawTransaction: method({
    params: [required('transaction', data), kinds, state],
    run: (c, raw, wanted, ref) => called(c.chain.execution.traceRaw(raw, { wanted, at: ref }), wanted),
    result: same,
  }),
} satisfies Partial<Serve>;
