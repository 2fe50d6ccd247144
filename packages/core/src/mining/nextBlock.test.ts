import { bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { address, bytes, LATEST, useChains, word } from '../chain.fixture.ts';

const start = useChains();
const ROOT = word(0xbeacn);
/** Asks EIP-4788's contract. */
const BEACON_ROOTS = '0x000f3df6d732807ef1319fb7b8bb8522d0beac02';

describe('what only the next block gets', () => {
  it('is in its header, and in that of no other', async () => {
    const chain = await start();
    chain.miner.setNextBlock({ coinbase: address('c0'), gasLimit: 20_000_000n });
    chain.miner.setNextBlock({ extraData: bytes('0xc0ffee'), parentBeaconBlockRoot: ROOT });
    chain.fees.setNextExcessBlobGas(5n * 131_072n);
    await chain.miner.mine({ blocks: 2 });
    const [first, second] = await Promise.all([1n, 2n].map((number) => chain.chain.require({ number })));
    const { coinbase, gasLimit, extraData, parentBeaconBlockRoot, excessBlobGas } = first?.block.header ?? {};
    expect([coinbase?.toString(), gasLimit, excessBlobGas]).toEqual([address('c0').toString(), 20_000_000n, 655_360n]);
    expect([extraData, parentBeaconBlockRoot]).toEqual([bytes('0xc0ffee'), ROOT]);
    expect(second?.block.header).toMatchObject({ gasLimit: 30_000_000n, extraData: new Uint8Array() });
    const { returnData } = await chain.execution.call(
      { to: address(BEACON_ROOTS.slice(2)), data: word(first?.block.header.timestamp ?? 0n) },
      LATEST,
    );
    expect(bytesToHex(returnData)).toBe(bytesToHex(ROOT));
  });

  it('is seen in the pending block, and comes back with a snapshot', async () => {
    const chain = await start();
    chain.miner.setNextBlock({ withdrawals: [{ index: 0n, validatorIndex: 0n, address: address('a1'), amount: 3n }] });
    expect(chain.fees.setNextBlobBaseFee(42n)).toBe(42n);
    const id = await chain.snapshots.take();
    for (let round = 0; round < 2; round++) {
      expect((await chain.chain.require({ tag: 'pending' })).block.withdrawals).toHaveLength(1);
      expect(chain.fees.nextBlobBaseFee()).toBe(42n);
      await chain.miner.mine();
      expect(chain.chain.head.block.header.getBlobGasPrice()).toBe(42n);
      expect(await (await chain.state.at(LATEST)).balance(address('a1'))).toBe(3_000_000_000n);
      await chain.miner.mine();
      expect(chain.chain.head.block.withdrawals).toHaveLength(0);
      if (round === 0) expect(await chain.snapshots.revert(id)).toBe(true);
    }
  });

  it('does not go to each of many empty blocks', async () => {
    const chain = await start();
    chain.miner.setNextBlock({ coinbase: address('c0') });
    await chain.miner.mine({ blocks: 100 });
    expect((await chain.chain.require({ number: 1n })).block.header.coinbase.toString()).toBe(address('c0').toString());
    expect((await chain.chain.require({ number: 100n })).block.header.coinbase.toString()).toBe(
      address('0').toString(),
    );
  });
});
