import { callers, kernels } from '../contracts.ts';
import { setCode } from '../dialect.ts';
import { medianOf } from '../report.ts';
import type { Metric, Sample, Session, Workload } from '../workload.ts';

const KERNELS = '0x00000000000000000000000000000000000be4c1';
const CALLERS = '0x00000000000000000000000000000000000be4c2';
const GAS = '0x1c00000';
/** Calls between contracts in the tree of the largest. */
const CALLS = 2_000;
const LEAN = { disableStack: true, disableStorage: true, enableMemory: false };

const ms = (name: string): Metric => ({ name, unit: 'ms', better: 'lower' });
const argument = (count: number): string => count.toString(16).padStart(64, '0');

interface Trace {
  readonly metric: Metric;
  readonly method: string;
  readonly params: readonly unknown[];
  /** Steps that it must tell of: a node that records none unless it is started for it cannot do this. */
  readonly steps?: number;
}

async function measure({ connection, sizes }: Session, { metric, method, params, steps = 0 }: Trace) {
  const times: number[] = [];
  let last: { structLogs?: unknown[] } = {};
  for (let i = 0; i <= sizes.kernelCalls; i++) {
    const began = performance.now();
    last = await connection.call(method, [...params]);
    if (i > 0) times.push(performance.now() - began);
  }
  const value = medianOf(times) as number;
  return (last.structLogs?.length ?? 0) < steps ? [] : [{ metric, value }];
}

/** A call of about 32,000 steps, traced: every step without and with its stack, and the tree of calls; and many calls. */
export const traces: Workload = {
  name: 'traces',
  async run(session) {
    const { connection, sizes } = session;
    await setCode(connection, KERNELS, kernels.code);
    await setCode(connection, CALLERS, callers.code);
    const [from] = await connection.call<string[]>('eth_accounts');
    const loops = {
      ...{ from, to: KERNELS, gas: GAS },
      data: `${kernels.selectors.loops}${argument(sizes.traceLoops)}`,
    };
    const data = `${callers.selectors.calls}${argument(sizes.isQuick ? 10 : CALLS)}`;
    const hash = await connection.call('eth_sendTransaction', [{ from, to: CALLERS, data, gas: '0xf00000' }]);
    const method = 'debug_traceCall';
    const steps = sizes.traceLoops;
    const list: readonly Trace[] = [
      { metric: ms('callTracer'), method, params: [loops, 'latest', { tracer: 'callTracer' }] },
      { metric: ms('trace of every step, lean'), method, params: [loops, 'latest', LEAN], steps },
      { metric: ms('trace of every step'), method, params: [loops, 'latest', {}], steps },
      {
        metric: ms('callTracer, 2,000 calls of a transaction'),
        method: 'debug_traceTransaction',
        params: [hash, { tracer: 'callTracer' }],
      },
    ];
    const samples: Sample[] = [];
    for (const trace of list) samples.push(...(await measure(session, trace)));
    return samples;
  },
};
