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

describe('strictNonce', () => {
  const send = (chain: Chain, nonce: bigint) => chain.control.submit({ to: TO, nonce, gasLimit: 21_000n });

  it('refuses a gap where transactions are mined at once', async () => {
    const chain = await start({ strictNonce: true });
    await expect(send(chain, 1n)).rejects.toMatchObject({ fault: { code: 'NONCE_TOO_HIGH', expected: 0n, got: 1n } });
    await send(chain, 0n);
    await send(chain, 1n);
    expect(chain.chain.head.block.header.number).toBe(2n);
  });

  it('lets it wait where they are not', async () => {
    const chain = await start({ strictNonce: true, mining: { type: 'manual' } });
    await send(chain, 1n);
    expect(chain.pool.queued).toHaveLength(1);
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
