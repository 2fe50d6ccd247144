import { hexToBytes } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import { account, address, LATEST, useChains } from '../../chain.fixture.ts';
import { TraceBudget } from './traceBudget.ts';

const start = useChains();
const CODE = address('cc');
const tooLarge = (limit: number) => ({ fault: { code: 'TRACE_TOO_LARGE', limit } });

describe('a budget', () => {
  it('is for everything together', () => {
    const budget = new TraceBudget(10);
    budget.spend(6);
    budget.spend(4);
    expect(() => budget.spend(1)).toThrow(expect.objectContaining(tooLarge(10)));
  });

  it('of 0 never ends', () => {
    expect(() => new TraceBudget(0).spend(Number.MAX_SAFE_INTEGER)).not.toThrow();
  });
});

describe('a trace over the limit is refused while it grows', () => {
  it.each([
    ['steps', '0x5b5f56', {}],
    // PUSH1 0 PUSH3 0x100000 MSTORE: a megabyte of memory in each of the steps that follow.
    ['memory', '0x5f62100000525b5b5b5b', { enableMemory: true }],
    // JUMPDEST, STATICCALL of nobody with a megabyte, POP, again
    ['input of calls', '0x5b5f5f621000005f61dead5afa505f56', { tracer: 'callTracer' }],
    ['logs of calls', '0x5b621000005fa05f56', { tracer: 'callTracer', tracerConfig: { withLog: true } }],
  ])('%s', async (_, code, options) => {
    const chain = await start({ limits: { traceLimitBytes: 1_000_000 } });
    await chain.control.setCode(CODE, hexToBytes(code as `0x${string}`));
    const trace = chain.execution.traceCall({ to: CODE, gasLimit: 20_000_000n }, LATEST, options);
    await expect(trace).rejects.toMatchObject(tooLarge(1_000_000));
  });

  it('code of accounts', async () => {
    const chain = await start({ limits: { traceLimitBytes: 40_000 } });
    await chain.control.setCode(CODE, new Uint8Array(24_000));
    const trace = (tracerConfig: object) =>
      chain.execution.traceCall({ to: CODE }, LATEST, { tracer: 'prestateTracer', tracerConfig });
    await expect(trace({})).rejects.toMatchObject(tooLarge(40_000));
    await expect(trace({ diffMode: true })).rejects.toMatchObject(tooLarge(40_000));
  });

  it('all the transactions of a block', async () => {
    const chain = await start({ mining: { type: 'manual' }, limits: { traceLimitBytes: 2_000 } });
    await chain.control.setCode(CODE, hexToBytes(`0x${'5b'.repeat(12)}`));
    for (let i = 0; i < 2; i++)
      await chain.control.submit({ from: account(chain).address, to: CODE, gasLimit: 50_000n });
    const block = (await chain.miner.mine()) as ExecutedBlock;
    const [first] = block.block.transactions;
    await expect(chain.execution.traceTransaction(first?.hash() as Uint8Array)).resolves.toMatchObject({
      failed: false,
    });
    await expect(chain.execution.traceBlock(block)).rejects.toMatchObject(tooLarge(2_000));
  });

  it('but not what only the top call of would be shown', async () => {
    const chain = await start({ limits: { traceLimitBytes: 1_000_000 } });
    await chain.control.setCode(CODE, hexToBytes('0x5b5f5f6110005f61dead5afa505f56'));
    const options = { tracer: 'callTracer', tracerConfig: { onlyTopCall: true } };
    const trace = chain.execution.traceCall({ to: CODE, gasLimit: 3_000_000n }, LATEST, options);
    await expect(trace).resolves.toMatchObject({ frame: { error: 'out of gas' } });
  });
});
