import { Address, hexToBytes } from '@ethereumjs/util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';
import { Pace } from './pace.ts';

const LOOP = new Address(hexToBytes('0x00000000000000000000000000000000000000cc'));

it.each([
  ['ethereumjs', 3_000_000n],
  ['core', 200_000_000n],
] as const)('lets others have their turn while a call runs for long: %s', async (engine, gasLimit) => {
  const chain = await createChain({ engine, limits: { callGasCap: 0n } });
  // JUMPDEST PUSH0 JUMP
  await chain.control.setCode(LOOP, hexToBytes('0x5b5f56'));
  let isRunning = true;
  const call = chain.execution.call({ to: LOOP, gasLimit }, { tag: 'latest' }).finally(() => {
    isRunning = false;
  });
  const refused = expect(call).rejects.toMatchObject({ fault: { code: 'HALTED', halt: 'OutOfGas' } });
  const turns = async (): Promise<number> => {
    let count = 0;
    while (isRunning) {
      await new Promise((resolve) => setImmediate(resolve));
      count++;
    }
    return count;
  };
  // One turn may pass before the call has begun to run, and one after its end.
  expect(await turns()).toBeGreaterThan(2);
  await refused;
  await chain.close();
});

/** Whether others had turns while it ran; the first and the last may pass outside of it. */
async function turnsOfOthers(run: Promise<unknown>): Promise<number> {
  let isRunning = true;
  const ended = run.finally(() => {
    isRunning = false;
  });
  let count = 0;
  while (isRunning) {
    await new Promise((resolve) => setImmediate(resolve));
    count++;
  }
  await ended;
  return count;
}

// PUSH0 ×5 ADDRESS GAS CALL POP, twice, STOP
const RECURSION = hexToBytes('0x5f5f5f5f5f305af1505f5f5f5f5f305af15000');

it.each([
  ['ethereumjs', 1_000_000n],
  ['core', 200_000_000n],
] as const)(
  'lets others have their turn in code that calls itself, and has no jump destination: %s',
  async (engine, gasLimit) => {
    const chain = await createChain({ engine, limits: { callGasCap: 0n } });
    await chain.control.setCode(LOOP, RECURSION);
    const call = chain.execution.call({ to: LOOP, gasLimit }, { tag: 'latest' });
    expect(await turnsOfOthers(call)).toBeGreaterThan(2);
    await chain.close();
  },
);

const BLAKE2F = new Address(hexToBytes('0x0000000000000000000000000000000000000009'));
// Hands its call data to BLAKE2b, and returns what that returns.
const CALL_BLAKE2F = hexToBytes('0x365f5f375f5f365f5f60095af1503d5f5f3e3d5ff3');

/** Of that many rounds. */
function blakeInput(rounds: number): Uint8Array {
  const input = new Uint8Array(213).fill(1);
  new DataView(input.buffer).setUint32(0, rounds);
  return input;
}

it('lets others have their turn in a precompile, and goes on with it', async () => {
  const outputs: Uint8Array[] = [];
  for (const engine of ['ethereumjs', 'core'] as const) {
    const chain = await createChain({ engine, limits: { callGasCap: 0n } });
    await chain.control.setCode(LOOP, CALL_BLAKE2F);
    for (const to of [BLAKE2F, LOOP]) {
      const request = { to, data: blakeInput(12_345_678), gasLimit: 2n ** 40n };
      const call = chain.execution.call(request, { tag: 'latest' });
      expect(await turnsOfOthers(call)).toBeGreaterThan(2);
      outputs.push((await call).returnData);
    }
    await chain.close();
  }
  const [first, ...others] = outputs;
  expect(first).toHaveLength(64);
  for (const other of others) expect(other).toEqual(first);
});

describe.each(['ethereumjs', 'core'] as const)('a limit of time: %s', (engine) => {
  const loop = { to: LOOP, gasLimit: 2n ** 62n };
  const at = { tag: 'latest' } as const;
  const timedOut = { fault: { code: 'TIMED_OUT', limitMs: 50 } };
  let chain: Chain;
  beforeEach(async () => {
    chain = await createChain({
      engine,
      // An estimate is bound by it, and would be over in time.
      transactionGasCap: false,
      limits: { callTimeoutMs: 50, callGasCap: 0n, traceLimitBytes: 0 },
    });
    await chain.control.setCode(LOOP, hexToBytes('0x5b5f56'));
  });
  afterEach(() => chain.close());

  it.each<[string, (chain: Chain) => Promise<unknown>]>([
    ['a call', ({ execution }) => execution.call(loop, at)],
    ['an estimate', ({ execution }) => execution.estimateGas(loop, at)],
    ['an access list', ({ execution }) => execution.createAccessList(loop, at)],
    ['struct logs', ({ execution }) => execution.traceCall(loop, at)],
    ['a call trace', ({ execution }) => execution.traceCall(loop, at, { tracer: 'callTracer' })],
    ['a prestate trace', ({ execution }) => execution.traceCall(loop, at, { tracer: 'prestateTracer' })],
    [
      'a simulation',
      ({ execution }) => {
        const call = { blockOverrides: { gasLimit: 2n ** 62n }, calls: [{ to: LOOP }] };
        return execution.simulate({ blockStateCalls: [call], traceTransfers: false, validation: false }, at);
      },
    ],
  ])('ends %s', async (_, run) => {
    await expect(run(chain)).rejects.toMatchObject(timedOut);
    // And the chain goes on.
    await chain.control.setCode(LOOP, hexToBytes('0x00'));
    expect((await chain.execution.call({ to: LOOP }, at)).gasUsed).toBe(21_000n);
  });

  it('ends code without jump destinations', async () => {
    await chain.control.setCode(LOOP, RECURSION);
    await expect(chain.execution.call(loop, at)).rejects.toMatchObject(timedOut);
  });

  it('ends a precompile of four billion rounds, however it is called', async () => {
    await expect(
      chain.execution.call({ ...loop, to: BLAKE2F, data: blakeInput(2 ** 32 - 1) }, at),
    ).rejects.toMatchObject(timedOut);
    await chain.control.setCode(LOOP, CALL_BLAKE2F);
    await expect(chain.execution.call({ ...loop, data: blakeInput(2 ** 32 - 1) }, at)).rejects.toMatchObject(timedOut);
    // What was given up is not gone on with.
    const { returnData } = await chain.execution.call({ ...loop, data: blakeInput(12) }, at);
    expect(returnData).toEqual(
      (await chain.execution.call({ ...loop, to: BLAKE2F, data: blakeInput(12) }, at)).returnData,
    );
  });

  it('does not count the turns of others', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const pace = new Pace(50);
      now += 30;
      const turn = pace.breathe();
      now += 1_000;
      await turn;
      now += 19;
      expect(pace.breathe()).toBeUndefined();
      now += 1;
      expect(() => pace.breathe()).toThrow(expect.objectContaining(timedOut));
    } finally {
      clock.mockRestore();
    }
  });

  it('does not bind blocks', async () => {
    await chain.miner.setMode({ type: 'manual' });
    const { address } = chain.accounts.owned[0] as { address: Address };
    await chain.control.submit({ from: address, to: LOOP, gasLimit: 1_000_000n });
    const block = await chain.miner.mine();
    expect(block?.receipts[0]?.gasUsed).toBe(1_000_000n);
  });
});

it('makes blocks while calls run that do not end', async () => {
  const chain = await createChain({ limits: { callTimeoutMs: 2_000, callGasCap: 0n } });
  await chain.control.setCode(LOOP, hexToBytes('0x5b5f56'));
  let ended = 0;
  const calls = Array.from({ length: 3 }, () =>
    chain.execution.call({ to: LOOP, gasLimit: 2n ** 62n }, { tag: 'latest' }).catch(() => {
      ended++;
    }),
  );
  const { address } = chain.accounts.owned[0] as { address: Address };
  for (let i = 0; i < 3; i++) await chain.control.submit({ from: address, to: LOOP, gasLimit: 200_000n });
  expect(chain.chain.head.block.header.number).toBe(3n);
  expect(ended).toBe(0);
  await Promise.all(calls);
  await chain.close();
});

it('changes neither the gas nor the place of a jump destination', async () => {
  const chain = await createChain();
  // PUSH1 3 JUMP JUMPDEST STOP: 3 + 8 + 1 gas.
  await chain.control.setCode(LOOP, hexToBytes('0x6003565b00'));
  const result = await chain.execution.call({ to: LOOP }, { tag: 'latest' });
  expect(result.gasUsed).toBe(21_012n);
  await chain.close();
});
