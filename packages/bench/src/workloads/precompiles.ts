import { callers } from '../contracts.ts';
import { setCode } from '../dialect.ts';
import { INPUTS } from '../precompileInputs.ts';
import { medianOf } from '../report.ts';
import type { Sample, Workload } from '../workload.ts';

const CALLERS = '0x00000000000000000000000000000000000be4c2';
const GAS = '0x1c00000';

const word = (value: number): string => value.toString(16).padStart(64, '0');

/** The call of {@link callers}' `precompile(address,uint256,bytes)`. */
function callOf(address: number, rounds: number, input: string): string {
  const padded = input.padEnd(Math.ceil(input.length / 64) * 64, '0');
  return `${callers.selectors.precompile}${word(address)}${word(rounds)}${word(96)}${word(input.length / 2)}${padded}`;
}

/** Each precompile in a loop within one `eth_call`; microseconds of one. */
export const precompiles: Workload = {
  name: 'precompiles',
  async run({ connection, sizes, failed }) {
    await setCode(connection, CALLERS, callers.code);
    const samples: Sample[] = [];
    for (const { name, address, rounds, input } of INPUTS) {
      const count = sizes.isQuick ? 2 : rounds;
      const call = { to: CALLERS, data: callOf(address, count, input), gas: GAS };
      const times: number[] = [];
      try {
        for (let i = 0; i <= sizes.kernelCalls; i++) {
          const began = performance.now();
          await connection.call('eth_call', [call, 'latest']);
          if (i > 0) times.push(performance.now() - began);
        }
      } catch (error) {
        failed(`${name}: ${(error as Error).message}`);
        continue;
      }
      const value = ((medianOf(times) as number) * 1000) / count;
      samples.push({ metric: { name, unit: 'µs', better: 'lower' }, value });
    }
    return samples;
  },
};
