import { describe, expect, it } from 'vitest';
import { account, address, LATEST, signed, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const TO = address('aa');
const manual = { mining: { type: 'manual' } } as const;

function send(chain: Chain, fields: object = {}, index = 0): Promise<Uint8Array> {
  const common = chain.hardforks.commonAt(1n, 1_700_000_001n);
  return chain.control.submitRaw(signed(account(chain, index).privateKey, fields, common).serialize());
}

describe('when the head moves', () => {
  it('what was mined is no longer in the pool, and what a nonce made impossible has a reason', async () => {
    const [chain, maker] = [await start(manual), await start(manual)];
    const [same, beaten] = [await send(chain), await send(chain, { nonce: 1n })];
    await send(maker);
    await send(maker, { nonce: 1n, value: 9n });
    await maker.miner.mine();
    await chain.chain.importBlock(maker.chain.head.block);
    expect(chain.pool.get(same)).toBeUndefined();
    expect(chain.pool.dropReason(same)).toBeUndefined();
    expect(await chain.chain.transaction(same)).toBeDefined();
    expect(chain.pool.get(beaten)).toBeUndefined();
    expect(chain.pool.dropReason(beaten)).toBeDefined();
  });

  it('what a branch held that is no more waits again, in its order', async () => {
    const chain = await start(manual);
    const first = await chain.miner.mine();
    const hashes = [await send(chain), await send(chain, { nonce: 1n }), await send(chain, {}, 1)];
    await chain.miner.mine();
    await chain.chain.setHead(first?.hash as Uint8Array);
    for (const hash of hashes) expect(chain.pool.get(hash)).toBeDefined();
    await chain.miner.mine();
    for (const hash of hashes) expect(await chain.chain.transaction(hash)).toBeDefined();
  });

  it('an impersonated sender’s waits again as impersonated', async () => {
    const chain = await start(manual);
    const stranger = address('dead');
    await chain.control.setBalance(stranger, 10n ** 18n);
    await chain.control.setCode(stranger, Uint8Array.of(0));
    const base = await chain.miner.mine();
    chain.accounts.impersonate(stranger);
    const hash = await chain.control.submit({ from: stranger, to: TO });
    await chain.miner.mine();
    await chain.chain.setHead(base?.hash as Uint8Array);
    expect(chain.pool.get(hash)).toMatchObject({ impersonated: true });
    await chain.miner.mine();
    expect(await chain.chain.transaction(hash)).toBeDefined();
  });
});

describe('when state is edited', () => {
  it('what waits becomes ready, or has a reason why it is gone', async () => {
    const chain = await start(manual);
    const queued = await send(chain, { nonce: 3n });
    expect(chain.pool.queued).toHaveLength(1);
    await chain.control.setNonce(account(chain).address, 3n);
    expect(chain.pool.ready.map(({ hash }) => hash)).toEqual([queued]);
    await chain.control.setNonce(account(chain).address, 4n);
    expect(chain.pool.get(queued)).toBeUndefined();
    expect(chain.pool.dropReason(queued)).toBeDefined();
  });
});

describe('when blocks are taken back for good', () => {
  it('whoever asks for what they held is told so', async () => {
    const chain = await start();
    const id = await chain.snapshots.take();
    const hash = await send(chain);
    await chain.snapshots.revert(id);
    expect(await chain.chain.transaction(hash)).toBeUndefined();
    expect(chain.pool.get(hash)).toBeUndefined();
    expect(chain.pool.dropReason(hash)).toMatchObject({ reason: 'reverted-snapshot' });
    await send(chain);
    expect(chain.pool.dropReason(hash)).toBeUndefined();
    expect(await (await chain.state.at(LATEST)).nonce(account(chain).address)).toBe(1n);
  });
});
