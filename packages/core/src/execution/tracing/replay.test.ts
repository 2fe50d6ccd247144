import { bytesToBigInt } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, place, useChains } from '../../chain.fixture.ts';
import type { TraceResult } from './traceTypes.ts';

const start = useChains();
const CODE = address('c0');
const output = (result: TraceResult) => (result.type === 'call' ? bytesToBigInt(result.frame.output) : undefined);

describe('a block that runs again', () => {
  it('has the state that its earlier transactions left', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    // Counts in slot 0 and returns the count.
    await place(chain, CODE, '0x5f54600101805f555f5260205ff3');
    const hashes: Uint8Array[] = [];
    for (let i = 0; i < 3; i++) {
      hashes.push(await chain.control.submit({ from: account(chain, i).address, to: CODE, gasLimit: 100_000n }));
    }
    await chain.miner.mine();
    const single = await Promise.all(
      hashes.map((hash) => chain.execution.traceTransaction(hash, { tracer: 'callTracer' })),
    );
    const all = await chain.execution.traceBlock(chain.chain.head, { tracer: 'callTracer' });
    const counts = all.map(({ result }) => output(result)).sort();
    expect(counts).toEqual([1n, 2n, 3n]);
    expect(new Set(single.map(output))).toEqual(new Set(counts));
    expect(all.map(({ hash }) => hash)).toEqual(chain.chain.head.block.transactions.map((tx) => tx.hash()));
  });

  it('sees its own environment, however the chain went on', async () => {
    const chain = await start();
    // Returns NUMBER.
    await place(chain, CODE, '0x435f5260205ff3');
    const hash = await chain.control.submit({ from: account(chain).address, to: CODE, gasLimit: 100_000n });
    await chain.miner.mine({ blocks: 3 });
    expect(output(await chain.execution.traceTransaction(hash, { tracer: 'callTracer' }))).toBe(1n);
  });

  it('lets an impersonated contract send again', async () => {
    const chain = await start();
    await place(chain, CODE, '0x00');
    await chain.control.setBalance(CODE, 10n ** 18n);
    chain.accounts.impersonate(CODE);
    const hash = await chain.control.submit({ from: CODE, to: address('aa') });
    const traced = await chain.execution.traceTransaction(hash, { tracer: 'callTracer' });
    expect(traced).toMatchObject({ type: 'call', frame: { from: CODE.bytes } });
  });

  it('is nothing for the genesis', async () => {
    const chain = await start();
    expect(await chain.execution.traceBlock(chain.chain.genesis)).toEqual([]);
  });
});
