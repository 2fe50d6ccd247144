import { createTxFromRLP } from '@ethereumjs/tx';
import { bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, faultOf, GWEI, LATEST, signed, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const TO = address('aa');
const manual = { mining: { type: 'manual' } } as const;

function raw(chain: Chain, fields: object = {}, index = 0): Uint8Array {
  const common = chain.hardforks.commonAt(1n, 1_700_000_001n);
  return signed(account(chain, index).privateKey, fields, common).serialize();
}

describe('a raw transaction', () => {
  it('is mined before its hash comes back', async () => {
    const chain = await start();
    const hash = await chain.control.submitRaw(raw(chain, { value: 3n }));
    expect((await chain.chain.transaction(hash))?.block).toBe(chain.chain.head);
  });

  it('is known once', async () => {
    const chain = await start(manual);
    const hash = await chain.control.submitRaw(raw(chain));
    const again = chain.control.submitRaw(raw(chain));
    expect(await faultOf(again)).toEqual({ code: 'ALREADY_KNOWN', hash: bytesToHex(hash) });
    await chain.miner.mine();
    expect(await faultOf(chain.control.submitRaw(raw(chain)))).toMatchObject({ code: 'NONCE_TOO_LOW' });
  });

  it.each([
    ['NONCE_TOO_LOW', { nonce: 0n }],
    ['FUNDS_INSUFFICIENT', { nonce: 1n, value: 10n ** 30n }],
    ['FEE_CAP_BELOW_BASE_FEE', { nonce: 1n, maxFeePerGas: 1n, maxPriorityFeePerGas: 0n }],
    ['INTRINSIC_GAS_LOW', { nonce: 1n, gasLimit: 20_999n }],
    ['GAS_LIMIT_ABOVE_BLOCK', { nonce: 1n, gasLimit: 11_000_000n }],
  ])('is refused: %s', async (code, fields) => {
    const chain = await start({ gasLimit: 10_000_000n });
    await chain.control.setNonce(account(chain).address, 1n);
    const fault = (await faultOf(chain.control.submitRaw(raw(chain, fields)))) as { code: string };
    expect(fault.code).toBe(code);
    expect(chain.pool.ready.length + chain.pool.queued.length).toBe(0);
  });

  it('waits for the nonces before it, and all are mined when they come', async () => {
    const chain = await start();
    const hashes: Uint8Array[] = [];
    for (const nonce of [2n, 1n, 0n]) hashes.push(await chain.control.submitRaw(raw(chain, { nonce })));
    for (const hash of hashes) expect(await chain.chain.transaction(hash)).toBeDefined();
    expect(chain.pool.queued).toEqual([]);
  });
});

describe('many sends of one account at once', () => {
  it('get consecutive nonces, and each is mined by the time that its hash is told', async () => {
    const chain = await start();
    const { address: from } = account(chain);
    const places = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const hash = await chain.control.submit({ from, to: TO, value: 1n });
        return chain.chain.transaction(hash);
      }),
    );
    const nonces = places.map((one) => one?.block.block.transactions[one.index]?.nonce);
    expect(nonces.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(20n);
  });

  it('may be mixed: raw and of the node’s own', async () => {
    const chain = await start();
    const { address: from } = account(chain, 1);
    const all = await Promise.all([
      ...[0n, 1n, 2n].map((nonce) => chain.control.submitRaw(raw(chain, { nonce }))),
      ...[1, 2, 3].map(() => chain.control.submit({ from, to: TO })),
    ]);
    for (const hash of all) expect(await chain.chain.transaction(hash)).toBeDefined();
  });
});

describe('a sender', () => {
  it('must have its key here, or be impersonated', async () => {
    const chain = await start();
    const stranger = address('dead');
    await chain.control.setBalance(stranger, 10n ** 18n);
    expect(await faultOf(chain.control.submit({ from: stranger, to: TO }))).toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    expect(await faultOf(chain.control.signTransaction({ from: stranger, to: TO }))).toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
    });
    chain.accounts.impersonate(stranger);
    const hash = await chain.control.submit({ from: stranger, to: TO, value: 1n });
    expect((await chain.chain.transaction(hash))?.block.senders).toEqual([stranger]);
  });

  it('may be anybody where nothing needs to be signed', async () => {
    const chain = await start();
    const stranger = address('dead');
    await chain.control.setBalance(stranger, 10n ** 18n);
    const hash = await chain.control.submitUnsigned({ from: stranger, to: TO, value: 1n });
    expect(await chain.chain.transaction(hash)).toBeDefined();
  });
});

describe('signing without sending', () => {
  it('gives what can be sent as it is', async () => {
    const chain = await start(manual);
    const tx = await chain.control.signTransaction({ from: account(chain).address, to: TO, value: 5n });
    expect(chain.pool.ready).toEqual([]);
    const hash = await chain.control.submitRaw(tx.serialize());
    expect(hash).toEqual(tx.hash());
    const { common } = tx;
    expect(createTxFromRLP(tx.serialize(), { common }).getSenderAddress()).toEqual(account(chain).address);
  });
});

describe('money', () => {
  it('counts over all that a sender has waiting', async () => {
    const chain = await start(manual);
    const { address: from } = account(chain);
    const cost = 21_000n * 100n * GWEI;
    await chain.control.setBalance(from, 2n * cost + 10n);
    await chain.control.submitRaw(raw(chain, { nonce: 0n, value: 5n }));
    await chain.control.submitRaw(raw(chain, { nonce: 1n, value: 5n }));
    const fault = await faultOf(chain.control.submitRaw(raw(chain, { nonce: 5n, value: cost })));
    expect(fault).toMatchObject({ code: 'FUNDS_INSUFFICIENT', want: expect.any(BigInt) });
  });

  it('that a waiting transaction brings can be spent', async () => {
    const chain = await start(manual);
    const poor = account(chain, 1).address;
    await chain.control.setBalance(poor, 0n);
    expect(await faultOf(chain.control.submitRaw(raw(chain, {}, 1)))).toMatchObject({ code: 'FUNDS_INSUFFICIENT' });
    await chain.control.submit({ from: account(chain).address, to: poor, value: 10n ** 18n });
    const hash = await chain.control.submitRaw(raw(chain, {}, 1));
    await chain.miner.mine();
    expect(await chain.chain.transaction(hash)).toBeDefined();
  });
});

describe('a limit of transactions for each account', () => {
  const limited = { ...manual, limits: { accountTransactionLimit: 2 } };

  it('counts those that wait, ready or not, of each account for itself', async () => {
    const chain = await start(limited);
    await chain.control.submitRaw(raw(chain, { nonce: 0n }));
    await chain.control.submitRaw(raw(chain, { nonce: 5n }));
    const third = chain.control.submitRaw(raw(chain, { nonce: 1n }));
    const sender = account(chain).address.toString();
    expect(await faultOf(third)).toEqual({ code: 'ACCOUNT_LIMIT', sender, waiting: 2, limit: 2 });
    await chain.control.submitRaw(raw(chain, { nonce: 0n }, 1));
  });

  it('lets in what takes the place of another, and more once some are mined', async () => {
    const chain = await start(limited);
    await chain.control.submitRaw(raw(chain, { nonce: 0n }));
    await chain.control.submitRaw(raw(chain, { nonce: 1n }));
    await chain.control.submitRaw(
      raw(chain, { nonce: 1n, maxFeePerGas: 200n * GWEI, maxPriorityFeePerGas: 9n * GWEI }),
    );
    await chain.miner.mine();
    await chain.control.submitRaw(raw(chain, { nonce: 2n }));
    expect(chain.pool.ready).toHaveLength(1);
  });
});
