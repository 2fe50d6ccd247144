import { callers, kernels } from '../contracts.ts';
import { setCode } from '../dialect.ts';
import { medianOf } from '../report.ts';
import type { Sample, Session, Workload } from '../workload.ts';

const KERNELS = '0x00000000000000000000000000000000000be4c1';
const CALLERS = '0x00000000000000000000000000000000000be4c2';
/** Each call stays within a block of 30 million gas, which most nodes take for the most that a call may use. */
const GAS = '0x1c00000';

interface Kernel {
  readonly name: string;
  readonly to: string;
  readonly selector: string;
  /** How often it goes round; of `sort` and `rays` the length of a side. */
  readonly rounds: number;
  readonly quickRounds: number;
}

const kernel = (name: string, selector: string, rounds: number, quickRounds: number): Kernel => ({
  ...{ name, selector, rounds, quickRounds },
  to: KERNELS,
});

const KERNEL_LIST: readonly Kernel[] = [
  kernel('loops, Solidity', kernels.selectors.loops, 100_000, 100),
  kernel('keccak, Solidity', kernels.selectors.hashes, 10_000, 100),
  kernel('memory, Solidity', kernels.selectors.copies, 40_000, 100),
  kernel('sort, Solidity', kernels.selectors.sort, 400, 20),
  kernel('swap maths, Solidity', kernels.selectors.swaps, 10_000, 20),
  kernel('mappings and logs, Solidity', kernels.selectors.moves, 900, 10),
  kernel('ray tracer, Solidity', kernels.selectors.rays, 28, 4),
];

const CALL_LIST: readonly Kernel[] = [
  { name: '10,000 inner calls', to: CALLERS, selector: callers.selectors.calls, rounds: 10_000, quickRounds: 10 },
  { name: '4,000 calls by a proxy', to: CALLERS, selector: callers.selectors.proxies, rounds: 4_000, quickRounds: 10 },
  { name: '300 creations', to: CALLERS, selector: callers.selectors.creates, rounds: 300, quickRounds: 3 },
];

async function measure({ connection, sizes }: Session, list: readonly Kernel[]): Promise<Sample[]> {
  await setCode(connection, KERNELS, kernels.code);
  await setCode(connection, CALLERS, callers.code);
  const [from] = await connection.call<string[]>('eth_accounts');
  const samples: Sample[] = [];
  for (const { name, to, selector, rounds, quickRounds } of list) {
    const count = sizes.isQuick ? quickRounds : rounds;
    const data = `${selector}${count.toString(16).padStart(64, '0')}`;
    const times: number[] = [];
    // The first is there to warm up.
    for (let i = 0; i <= sizes.kernelCalls; i++) {
      const began = performance.now();
      await connection.call('eth_call', [{ from, to, data, gas: GAS }, 'latest']);
      if (i > 0) times.push(performance.now() - began);
    }
    samples.push({ metric: { name, unit: 'ms', better: 'lower' }, value: medianOf(times) as number });
  }
  return samples;
}

/** One `eth_call` each, warm. */
export const solidityKernels: Workload = { name: 'solidity', run: (session) => measure(session, KERNEL_LIST) };

/** Calls and creations between contracts, in one `eth_call` each. */
export const innerCalls: Workload = { name: 'inner', run: (session) => measure(session, CALL_LIST) };
