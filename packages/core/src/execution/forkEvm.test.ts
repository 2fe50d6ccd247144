import { describe, expect, it } from 'vitest';
import { account, address, LATEST, place, useChains } from '../chain.fixture.ts';

const start = useChains();

describe('ForkEvm', () => {
  it('leaves no listener behind on the rules that all blocks share', async () => {
    const chain = await start();
    for (let i = 0; i < 5; i++) await chain.control.submit({ from: account(chain).address, to: address('aa') });
    const common = chain.hardforks.commonAt(1n, 1_700_000_000n);
    expect(common.events.listenerCount('hardforkChanged')).toBe(0);
  });

  it('keeps the opcodes of each fork apart', async () => {
    // PUSH0 MSTORE: PUSH0 came with Shanghai.
    const code = '0x5f5f5260205ff3';
    const [paris, shanghai] = [await start({ hardfork: 'paris' }), await start({ hardfork: 'shanghai' })];
    for (const chain of [paris, shanghai, paris]) await place(chain, address('cc'), code);
    await expect(paris.execution.call({ to: address('cc') }, LATEST)).rejects.toMatchObject({
      fault: { code: 'HALTED' },
    });
    await expect(shanghai.execution.call({ to: address('cc') }, LATEST)).resolves.toMatchObject({
      returnData: new Uint8Array(32),
    });
    await expect(paris.execution.call({ to: address('cc') }, LATEST)).rejects.toMatchObject({
      fault: { code: 'HALTED' },
    });
  });
});
