import { Address, hexToBytes } from '@ethereumjs/util';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChainOptions } from './chainOptions.ts';
import type { Chain } from './contract.ts';
import { createChain } from './createChain.ts';

const open: Chain[] = [];
const start = async (options: ChainOptions = {}): Promise<Chain> => {
  const chain = await createChain(options);
  open.push(chain);
  return chain;
};
afterEach(async () => {
  for (const chain of open.splice(0)) await chain.close();
});

const TO = new Address(hexToBytes('0x00000000000000000000000000000000000000aa'));
const POOR = new Address(hexToBytes('0x00000000000000000000000000000000000000bb'));
const from = (chain: Chain, index = 0) => chain.accounts.owned[index]?.address as Address;

describe('maxTransactions', () => {
  it('leaves the rest to later blocks, in every mining mode', async () => {
    const chain = await start({ mining: { type: 'manual' }, maxTransactions: 2 });
    for (let i = 0; i < 5; i++) await chain.control.submit({ from: from(chain), to: TO, value: 1n });
    const sizes = [];
    for (let i = 0; i < 3; i++) sizes.push((await chain.miner.mine())?.block.transactions.length);
    expect(sizes).toEqual([2, 2, 1]);
    await chain.miner.setMode({ type: 'instant' });
    await Promise.all(Array.from({ length: 5 }, () => chain.control.submit({ from: from(chain), to: TO })));
    expect(chain.pool.ready).toHaveLength(0);
  });
});

describe('poolBalanceChecks', () => {
  const send = (chain: Chain) => {
    chain.accounts.impersonate(POOR);
    return chain.control.submit({ from: POOR, to: TO, value: 1n, gasLimit: 21_000n });
  };

  it('refuses a sender who cannot pay', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await expect(send(chain)).rejects.toMatchObject({ fault: { code: 'FUNDS_INSUFFICIENT' } });
  });

  it('switched off, lets a sender be funded between sending and mining', async () => {
    const chain = await start({ mining: { type: 'manual' }, poolBalanceChecks: false });
    const hash = await send(chain);
    await chain.control.setBalance(POOR, 10n ** 18n);
    await chain.miner.mine();
    expect(await chain.chain.transaction(hash)).toBeDefined();
  });

  it('switched off, drops what nobody paid for with the reason', async () => {
    const chain = await start({ poolBalanceChecks: false });
    const hash = await send(chain);
    expect(await chain.chain.transaction(hash)).toBeUndefined();
    expect(chain.pool.dropReason(hash)).toMatchObject({ reason: 'invalid' });
  });
});

describe('suggestedTip', () => {
  it('is what transactions without prices offer', async () => {
    const chain = await start({ suggestedTip: 0n });
    expect(chain.fees.suggestedTip()).toBe(0n);
    expect(chain.fees.gasPrice()).toBe(chain.fees.nextBaseFee());
    const filled = await chain.control.fill({ from: from(chain), to: TO });
    expect(filled).toMatchObject({ maxPriorityFeePerGas: 0n });
  });
});
