import { bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, LATEST, useChains } from '../chain.fixture.ts';

const start = useChains();
const TO = address('aa');

describe('a reset', () => {
  it('goes back to the start: genesis, pool, clock, mode, gas limit, accounts, chain id', async () => {
    const chain = await start();
    const { address: from } = account(chain);
    await chain.control.submit({ from, to: TO, value: 1n });
    const waiting = await chain.control.submit({ from, to: TO, nonce: 9n });
    await chain.control.setBalance(TO, 99n);
    chain.clock.increase(5000n);
    chain.miner.setGasLimit(1_000_000n);
    chain.accounts.impersonate(TO);
    await chain.miner.setMode({ type: 'manual' });
    await chain.control.reset();
    expect(chain.chain.head.hash).toEqual(chain.chain.genesis.hash);
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(0n);
    expect(chain.pool.queued).toEqual([]);
    expect(chain.pool.dropReason(waiting)).toBeDefined();
    expect(chain.clock.offset).toBe(0n);
    expect(chain.miner.mode).toEqual({ type: 'instant' });
    expect(chain.miner.gasLimit).toBe(30_000_000n);
    expect(chain.accounts.isImpersonated(TO)).toBe(false);
    await chain.control.submit({ from, to: TO, value: 1n });
    expect(chain.chain.head.block.header.number).toBe(1n);
  });

  it('takes back what was edited at the genesis', async () => {
    const chain = await start();
    const before = bytesToHex(chain.chain.head.stateRoot);
    await chain.control.setBalance(TO, 5n);
    await chain.control.reset();
    expect(bytesToHex(chain.chain.head.stateRoot)).toBe(before);
    expect(bytesToHex((await chain.chain.require({ number: 0n })).stateRoot)).toBe(before);
  });

  it('makes a new instance, without snapshots', async () => {
    const chain = await start();
    const instance = bytesToHex(chain.instanceId());
    const id = await chain.snapshots.take();
    await chain.control.reset();
    expect(bytesToHex(chain.instanceId())).not.toBe(instance);
    expect(chain.snapshots.taken()).toEqual([]);
    expect(await chain.snapshots.revert(id)).toBe(false);
  });

  it('makes the same chain again: equal transactions, equal hashes', async () => {
    const chain = await start();
    const send = () => chain.control.submit({ from: account(chain).address, to: TO, value: 1n });
    await send();
    const first = bytesToHex(chain.chain.head.hash);
    await chain.control.reset();
    await send();
    expect(bytesToHex(chain.chain.head.hash)).toBe(first);
  });
});
