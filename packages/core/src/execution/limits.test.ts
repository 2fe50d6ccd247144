import { hexToBytes } from '@ethereumjs/util';
import { expect, it } from 'vitest';
import { address, LATEST, useChains } from '../chain.fixture.ts';

const start = useChains();
const CODE = address('cc');
/** GAS PUSH0 MSTORE MSIZE PUSH0 RETURN: the gas that was left at its first opcode. */
const GAS_LEFT = hexToBytes('0x5a5f52595ff3');

async function gasSeen(gasLimit: bigint | undefined, limits: object, blockGas = 30_000_000n): Promise<bigint> {
  const chain = await start({ gasLimit: blockGas, limits });
  await chain.control.setCode(CODE, GAS_LEFT);
  const { returnData } = await chain.execution.call(
    { to: CODE, ...(gasLimit === undefined ? {} : { gasLimit }) },
    LATEST,
  );
  return BigInt(`0x${Buffer.from(returnData).toString('hex')}`) + 21_002n;
}

it.each<[string, bigint | undefined, object, bigint, bigint]>([
  ['the block’s gas, when none is asked for', undefined, {}, 30_000_000n, 30_000_000n],
  ['the cap, when the block has more', undefined, {}, 2n ** 63n - 1n, 50_000_000n],
  ['what is asked for', 1_000_000n, {}, 30_000_000n, 1_000_000n],
  ['the cap, without a word, when more is asked for', 2n ** 60n, {}, 30_000_000n, 50_000_000n],
  ['another cap', undefined, { callGasCap: 100_000n }, 30_000_000n, 100_000n],
  ['all that is asked for, without a cap', 2n ** 50n, { callGasCap: 0n }, 30_000_000n, 2n ** 50n],
  ['as much as can be counted, when more is asked for', 2n ** 60n, { callGasCap: 0n }, 30_000_000n, 2n ** 53n - 1n],
])('a call runs with %s', async (_, asked, limits, blockGas, seen) => {
  expect(await gasSeen(asked, limits, blockGas)).toBe(seen);
});

it('an estimate tries no more than the cap', async () => {
  const chain = await start({ limits: { callGasCap: 100_000n } });
  await chain.control.setCode(CODE, hexToBytes('0x5b5f56'));
  await expect(chain.execution.estimateGas({ to: CODE, gasLimit: 1_000_000n }, LATEST)).rejects.toMatchObject({
    fault: { code: 'GAS_ALLOWANCE_EXCEEDED', allowance: 100_000n },
  });
});

it('a simulation uses no more than the cap in all its blocks', async () => {
  const chain = await start({ limits: { callGasCap: 100_000n } });
  await chain.control.setCode(CODE, hexToBytes('0x5b5f56'));
  const one = { calls: [{ to: CODE, gasLimit: 60_000n }] };
  const payload = { blockStateCalls: [one, one], traceTransfers: false, validation: false };
  const blocks = await chain.execution.simulate(payload, LATEST);
  expect(blocks.map(({ block }) => block.block.header.gasUsed)).toEqual([60_000n, 40_000n]);
});

it('limits may change while the chain runs', async () => {
  const chain = await start();
  await chain.control.setCode(CODE, hexToBytes('0x5b5f56'));
  chain.limits.callGasCap = 90_000n;
  await expect(chain.execution.estimateGas({ to: CODE }, LATEST)).rejects.toMatchObject({
    fault: { allowance: 90_000n },
  });
});
