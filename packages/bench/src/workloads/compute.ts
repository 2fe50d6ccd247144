import type { Connection } from '../connection.ts';
import { medianOf } from '../report.ts';
import type { Metric, Sample, Workload } from '../workload.ts';

/** A loop that runs its body as often as the first word of the call data says, the count on the stack. */
const loop = (body: string): string => `5f355b${body}600190038060025700`;
const PRIME = '30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47';

interface Kernel {
  readonly metric: Metric;
  readonly runtime: string;
  /** So that a call stays below 30 million gas. */
  readonly rounds: number;
}

const kernel = (what: string, runtime: string, rounds: number): Kernel => ({
  metric: { name: `compute, ${what}`, unit: 'ms', better: 'lower' },
  runtime,
  rounds,
});

const KERNELS: readonly Kernel[] = [
  // DUP1 DUP1 MUL PUSH1 7 ADD DUP2 AND POP
  kernel('arithmetic loop', loop('808002600701811650'), 500_000),
  kernel('MULMOD loop', loop(`7f${PRIME}81800950`), 450_000),
  // mem[0] = i; mem[32] = keccak(mem[0..64])
  kernel('KECCAK256 loop', loop('805f5260405f20602052'), 250_000),
  // mem[64] += i; mem[128] = i
  kernel('memory loop', loop('604051810160405280608052'), 400_000),
  // mapping[i % 256] += 1; LOG0
  kernel('mappings and logs', loop('8060ff165f5260405f20805460010190555f5fa0'), 25_000),
  // Without call data it returns at once; with it, it calls itself.
  kernel('10,000 calls', '36600557005b5f355b5f5f5f5f305afa50600190038060085700', 10_000),
];

const TO = '0x00000000000000000000000000000000000c0de0';
const GAS = '0x1c9c380';
const TIMES = 7;

async function timeOf(connection: Connection, { runtime, rounds }: Kernel): Promise<number> {
  const data = `0x${rounds.toString(16).padStart(64, '0')}`;
  const request = [{ to: TO, data, gas: GAS }, 'latest', { [TO]: { code: `0x${runtime}` } }];
  const times: number[] = [];
  // The first is for whoever warms up.
  for (let i = 0; i <= TIMES; i++) {
    const began = performance.now();
    await connection.call('eth_call', request);
    if (i > 0) times.push(performance.now() - began);
  }
  return medianOf(times) as number;
}

/** What code costs that only computes, in one call each, warm. */
export const compute: Workload = {
  name: 'compute',
  async run({ connection }) {
    const samples: Sample[] = [];
    for (const one of KERNELS) samples.push({ metric: one.metric, value: await timeOf(connection, one) });
    return samples;
  },
};
