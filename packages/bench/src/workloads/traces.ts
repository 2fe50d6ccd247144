import { kernels } from '../contracts.ts';
import { medianOf } from '../report.ts';
import type { Metric, Workload } from '../workload.ts';

const STEPS: Metric = { name: 'trace of every step, lean', unit: 'ms', better: 'lower' };
const CALLS: Metric = { name: 'callTracer', unit: 'ms', better: 'lower' };
const KERNELS = '0x00000000000000000000000000000000000be4c1';
const LEAN = { disableStack: true, disableStorage: true, enableMemory: false };

/** A call of about 32,000 steps, traced: every step without its stack, and the tree of calls. */
export const traces: Workload = {
  name: 'traces',
  async run({ connection, sizes }) {
    await connection.call('hardhat_setCode', [KERNELS, kernels.code]);
    const [from] = await connection.call<string[]>('eth_accounts');
    const data = `${kernels.selectors.loops}${sizes.traceLoops.toString(16).padStart(64, '0')}`;
    const measure = async (options: object): Promise<{ ms: number; last: { structLogs?: unknown[] } }> => {
      const times: number[] = [];
      let last = {};
      for (let i = 0; i <= sizes.kernelCalls; i++) {
        const began = performance.now();
        last = await connection.call('debug_traceCall', [
          { from, to: KERNELS, data, gas: '0x1c00000' },
          'latest',
          options,
        ]);
        if (i > 0) times.push(performance.now() - began);
      }
      return { ms: medianOf(times) as number, last };
    };
    const calls = await measure({ tracer: 'callTracer' });
    const steps = await measure(LEAN);
    const hasSteps = (steps.last.structLogs?.length ?? 0) > sizes.traceLoops;
    return [{ metric: CALLS, value: calls.ms }, ...(hasSteps ? [{ metric: STEPS, value: steps.ms }] : [])];
  },
};
