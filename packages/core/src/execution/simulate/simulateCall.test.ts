import { describe, expect, it } from 'vitest';
import { account, address, faultOf, LATEST, place, useChains } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import type { CallRequest } from '../request.ts';

const start = useChains();
const CODE = address('c0');
const POOR = address('dead');

const simulate = (chain: Chain, calls: readonly CallRequest[], validation: boolean) =>
  chain.execution.simulate({ blockStateCalls: [{ calls }], traceTransfers: false, validation }, LATEST);

describe('a simulated call that is not validated', () => {
  it('may come from anybody, with any nonce', async () => {
    const chain = await start();
    await place(chain, CODE, '0x00');
    const from = { contract: CODE, nobody: POOR };
    const [block] = await simulate(
      chain,
      [{ from: from.contract, to: POOR }, { from: from.nobody, to: CODE, nonce: 77n }, { to: CODE }],
      false,
    );
    expect(block?.calls.map(({ status }) => status)).toEqual([1, 1, 1]);
    expect(block?.block.block.transactions.map(({ nonce }) => nonce)).toEqual([0n, 77n, 0n]);
  });

  it('gets what is left of the block’s gas, if it names none', async () => {
    const chain = await start();
    // Returns the gas that is left.
    await place(chain, CODE, '0x5a5f5260205ff3');
    const [block] = await simulate(chain, [{ to: CODE, gasLimit: 10_000_000n }, { to: CODE }], false);
    const used = block?.calls[0]?.gasUsed as bigint;
    expect(block?.block.block.transactions.map(({ gasLimit }) => gasLimit)).toEqual([10_000_000n, 30_000_000n - used]);
  });

  it('tells gas before the refund apart from gas after it', async () => {
    const chain = await start();
    // Clears slot 0, which was set.
    await place(chain, CODE, '0x5f5f5500');
    await chain.control.setStorage(CODE, new Uint8Array(32), new Uint8Array(32).fill(1));
    const [block] = await simulate(chain, [{ to: CODE }], false);
    const [call] = block?.calls ?? [];
    expect((call?.maxUsedGas as bigint) - (call?.gasUsed as bigint)).toBe(4_800n);
  });
});

describe('a simulated call that cannot run', () => {
  it.each<[number, string, CallRequest, boolean]>([
    [-38010, 'a nonce that is used', { nonce: 0n, maxFeePerGas: 10n ** 10n }, true],
    [-38011, 'a nonce gap', { nonce: 5n, maxFeePerGas: 10n ** 10n }, true],
    [-38012, 'a price below the base fee', { maxFeePerGas: 1n }, true],
    [-38012, 'no price', {}, true],
    [-38013, 'too little gas', { gasLimit: 20_999n }, false],
    [-38014, 'too little money', { from: POOR, value: 1n }, false],
    [-38015, 'more gas than the block has', { gasLimit: 30_000_001n }, false],
    [-38025, 'too much code', { to: null, data: new Uint8Array(49_153), gasLimit: 10_000_000n }, false],
    [-32602, 'a tip above the cap', { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 11n }, true],
  ])('is refused with %d: %s', async (rpcCode, _, fields, validation) => {
    const chain = await start();
    const { address: from } = account(chain);
    await chain.control.setNonce(from, 1n);
    const refused = simulate(chain, [{ from, to: CODE, ...fields }], validation);
    expect(await faultOf(refused)).toMatchObject({ code: 'SIMULATION_REFUSED', rpcCode });
  });
});
