import { createTx } from '@ethereumjs/tx';
import { Address, bytesToHex, hexToBytes } from '@ethereumjs/util';
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
const from = (chain: Chain, index = 0) => chain.accounts.owned[index]?.address as Address;

describe('a chain without anything in it', () => {
  it('has an empty trie at genesis, and prevRandao as Anvil derives it', async () => {
    const chain = await start({
      accounts: { balance: 0n },
      systemContracts: false,
      create2Deployer: false,
      timestamp: 1_800_000_000n,
      hardfork: 'osaka',
    });
    const { hash, stateRoot } = chain.chain.genesis;
    expect(bytesToHex(stateRoot)).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
    // Both as `anvil --timestamp 1800000000 --hardfork osaka` answers them.
    expect(bytesToHex(hash)).toBe('0xbf48bc3c82308c9f095294b82fb69a9d32425e21de16ef725a531fd6ff2d8c9c');
    const block = await chain.miner.mine();
    expect(bytesToHex(block?.block.header.mixHash as Uint8Array)).toBe(
      '0x9c7547bc70719921817372573d94631efa18e262396c9664846c3eed216995cb',
    );
  });
});

describe('instant mining', () => {
  it('seals the block before the hash comes back', async () => {
    const chain = await start();
    const hash = await chain.control.submit({ from: from(chain), to: TO, value: 5n });
    const place = await chain.chain.transaction(hash);
    expect(place?.block.block.header.number).toBe(1n);
    expect(place?.block.receipts[0]).toMatchObject({ status: 1, gasUsed: 21000n });
    expect(await (await chain.state.at({ tag: 'latest' })).balance(TO)).toBe(5n);
  });

  it('mines N parallel sends of one account with consecutive nonces', async () => {
    const chain = await start();
    const hashes = await Promise.all(
      Array.from({ length: 30 }, () => chain.control.submit({ from: from(chain), to: TO, value: 1n })),
    );
    const nonces = await Promise.all(
      hashes.map(async (hash) => {
        const place = await chain.chain.transaction(hash);
        return place?.block.block.transactions[place.index]?.nonce;
      }),
    );
    expect(nonces.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(await chain.pool.nextNonce(from(chain))).toBe(30n);
  });

  it('queues a nonce gap, tells its hash, and mines both when the gap closes', async () => {
    const chain = await start();
    const later = await chain.control.submit({ from: from(chain), to: TO, nonce: 1n });
    expect(await chain.chain.transaction(later)).toBeUndefined();
    expect(chain.pool.queued).toHaveLength(1);
    await chain.control.submit({ from: from(chain), to: TO, nonce: 0n });
    expect(await chain.chain.transaction(later)).toBeDefined();
  });

  it('mines a reverting transaction with status 0 and says why in the event', async () => {
    const chain = await start();
    // PUSH0 PUSH0 REVERT
    await chain.control.setCode(TO, hexToBytes('0x5f5ffd'));
    const mined: unknown[] = [];
    chain.events.on('transactionMined', ({ failure }) => mined.push(failure?.message));
    const hash = await chain.control.submit({ from: from(chain), to: TO, gasLimit: 100_000n });
    expect((await chain.chain.transaction(hash))?.block.receipts[0]?.status).toBe(0);
    expect(mined).toEqual(['execution reverted']);
  });

  it('lets an impersonated contract send', async () => {
    const chain = await start();
    await chain.control.setCode(TO, hexToBytes('0x00'));
    await chain.control.setBalance(TO, 10n ** 18n);
    await expect(chain.control.submit({ from: TO, to: from(chain), value: 1n })).rejects.toMatchObject({
      fault: { code: 'ACCOUNT_UNKNOWN' },
    });
    chain.accounts.impersonate(TO);
    const hash = await chain.control.submit({ from: TO, to: from(chain), value: 1n });
    const place = await chain.chain.transaction(hash);
    expect(place?.block.receipts[0]?.status).toBe(1);
    expect(place?.block.senders[0]?.toString()).toBe(TO.toString());
    expect(bytesToHex(await (await chain.state.at({ tag: 'latest' })).code(TO))).toBe('0x00');
  });
});

describe('refusals', () => {
  it.each([
    [
      'NONCE_TOO_LOW',
      async (chain: Chain) => {
        await chain.control.submit({ from: from(chain), to: TO });
        return chain.control.submit({ from: from(chain), to: TO, nonce: 0n });
      },
    ],
    [
      'FUNDS_INSUFFICIENT',
      (chain: Chain) => chain.control.submit({ from: from(chain), to: TO, value: 10n ** 30n, gasLimit: 21000n }),
    ],
    ['INTRINSIC_GAS_LOW', (chain: Chain) => chain.control.submit({ from: from(chain), to: TO, gasLimit: 20999n })],
    [
      'FEE_CAP_BELOW_BASE_FEE',
      (chain: Chain) => chain.control.submit({ from: from(chain), to: TO, maxFeePerGas: 1n, maxPriorityFeePerGas: 0n }),
    ],
    [
      'TIP_ABOVE_FEE_CAP',
      (chain: Chain) =>
        chain.control.submit({ from: from(chain), to: TO, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 11n }),
    ],
    [
      'GAS_LIMIT_ABOVE_CAP',
      (chain: Chain) => chain.control.submit({ from: from(chain), to: TO, gasLimit: 20_000_000n }),
    ],
    [
      'REQUEST_INVALID',
      (chain: Chain) => chain.control.submit({ from: from(chain), to: TO, gasPrice: 1n, maxFeePerGas: 1n }),
    ],
    ['CHAIN_ID_MISMATCH', (chain: Chain) => chain.control.submit({ from: from(chain), to: TO, chainId: 1n })],
    [
      'REVERTED',
      async (chain: Chain) => {
        await chain.control.setCode(TO, hexToBytes('0x5f5ffd'));
        return chain.control.submit({ from: from(chain), to: TO });
      },
    ],
  ])('%s', async (code, act) => {
    const chain = await start();
    await expect(act(chain)).rejects.toMatchObject({ fault: { code } });
    expect(chain.pool.ready).toHaveLength(0);
  });

  it("names the broken rule of a raw transaction first, as geth's clients match it", async () => {
    const chain = await start();
    const { privateKey } = chain.accounts.owned[0] as { privateKey: Uint8Array };
    const lenient = await start({ hardfork: 'london' });
    const tx = createTx(
      { gasLimit: 16_000_000n, gasPrice: 10n ** 10n, data: new Uint8Array(49_153) },
      { common: lenient.hardforks.commonAt(0n, 0n) },
    ).sign(privateKey);
    await expect(chain.control.submitRaw(tx.serialize())).rejects.toMatchObject({
      fault: { code: 'REQUEST_INVALID' },
      message: 'max initcode size exceeded: code size 49153, limit 49152',
    });
  });

  it('does not take a transaction signed for another chain', async () => {
    const chain = await start();
    const { privateKey } = chain.accounts.owned[0] as { privateKey: Uint8Array };
    const other = await start({ chainId: 5n });
    const tx = createTx(
      { gasLimit: 21000n, gasPrice: 10n ** 10n, to: TO },
      { common: other.hardforks.commonAt(0n, 0n) },
    ).sign(privateKey);
    await expect(chain.control.submitRaw(tx.serialize())).rejects.toMatchObject({
      fault: { code: 'CHAIN_ID_MISMATCH', got: 5n, expected: 31337n },
    });
    expect(await other.control.submitRaw(tx.serialize())).toEqual(tx.hash());
  });
});

describe('manual mining', () => {
  it('keeps transactions until asked, spends pending funds, and replaces for 10 % more', async () => {
    const chain = await start({ mining: { type: 'manual' }, accounts: { count: 2 } });
    chain.accounts.impersonate(TO);
    await chain.control.submit({ from: from(chain), to: TO, value: 10n ** 18n });
    const spend = await chain.control.submit({ from: TO, to: from(chain, 1), value: 1n });
    const first = await chain.control.submit({ from: from(chain, 1), to: TO, gasPrice: 10n ** 10n });
    await expect(
      chain.control.submit({ from: from(chain, 1), to: TO, nonce: 0n, gasPrice: 10n ** 10n + 1n }),
    ).rejects.toMatchObject({ fault: { code: 'REPLACEMENT_UNDERPRICED', needed: 11n * 10n ** 9n } });
    const second = await chain.control.submit({ from: from(chain, 1), to: TO, nonce: 0n, gasPrice: 11n * 10n ** 9n });
    expect(chain.pool.dropReason(first)).toMatchObject({ reason: 'replaced' });
    await chain.miner.mine();
    await chain.miner.mine();
    expect(await chain.chain.transaction(second)).toBeDefined();
    expect(await chain.chain.transaction(spend)).toBeDefined();
    expect(chain.pool.ready).toHaveLength(0);
  });

  it('shows the pending block without making it', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await chain.control.submit({ from: from(chain), to: TO, value: 3n });
    const pending = await chain.chain.require({ tag: 'pending' });
    expect(pending.block.transactions).toHaveLength(1);
    expect(await (await chain.state.at({ tag: 'pending' })).balance(TO)).toBe(3n);
    expect(chain.chain.head.block.header.number).toBe(0n);
  });
});

describe('snapshots', () => {
  it('bring back head, state, pool, clock, fees and mode; an id works once', async () => {
    const chain = await start();
    await chain.control.submit({ from: from(chain), to: TO, value: 1n });
    const head = chain.chain.head.hash;
    const id = await chain.snapshots.take();
    await chain.control.submit({ from: from(chain), to: TO, value: 1n });
    await chain.control.setBalance(TO, 99n);
    chain.clock.increase(1000n);
    chain.fees.setNextBaseFee(7n);
    await chain.miner.setMode({ type: 'manual' });
    expect(await chain.snapshots.revert(id)).toBe(true);
    expect(chain.chain.head.hash).toEqual(head);
    expect(await (await chain.state.at({ tag: 'latest' })).balance(TO)).toBe(1n);
    expect(chain.clock.offset).toBe(0n);
    expect(chain.fees.nextBaseFee()).not.toBe(7n);
    expect(chain.miner.mode).toEqual({ type: 'instant' });
    expect(await chain.pool.nextNonce(from(chain))).toBe(1n);
    expect(await chain.snapshots.revert(id)).toBe(false);
    expect(await chain.snapshots.take()).toBe(id + 1n);
  });
});

describe('reads', () => {
  it('see the state of every block, and verify against its root', async () => {
    const chain = await start();
    await chain.control.submit({ from: from(chain), to: TO, value: 1n });
    await chain.control.submit({ from: from(chain), to: TO, value: 1n });
    expect(await (await chain.state.at({ number: 1n })).balance(TO)).toBe(1n);
    const { proof } = await chain.state.at({ number: 2n });
    expect(proof).toBeTypeOf('function');
    await expect(chain.state.at({ number: 9n })).rejects.toMatchObject({ fault: { code: 'BLOCK_NOT_FOUND' } });
  });

  it('see an edited genesis under every name', async () => {
    const chain = await start();
    await chain.control.setBalance(TO, 9n);
    for (const ref of [{ tag: 'earliest' }, { number: 0n }, { tag: 'safe' }, { tag: 'latest' }] as const) {
      expect(await (await chain.state.at(ref)).balance(TO)).toBe(9n);
    }
  });

  it('estimate what is spent before the refund, when the refund is capped', async () => {
    const chain = await start();
    for (let slot = 0; slot < 5; slot += 1) {
      await chain.control.setStorage(TO, hexToBytes(`0x${slot.toString(16).padStart(64, '0')}`), Uint8Array.of(1));
    }
    // SSTORE(0…4, 0)
    await chain.control.setCode(TO, hexToBytes('0x5f5f555f6001555f6002555f6003555f60045500'));
    const gas = await chain.execution.estimateGas({ from: from(chain), to: TO }, { tag: 'latest' });
    expect(gas).toBe(21000n + 2n + 2n + 4n * (2n + 3n) + 5n * 5000n);
  });

  it('leave rewards out of the fee history when no percentile is asked for', async () => {
    const chain = await start();
    expect(await chain.fees.history(1, { tag: 'latest' }, [])).not.toHaveProperty('reward');
    expect(await chain.fees.history(1, { tag: 'latest' }, [50])).toHaveProperty('reward', [[0n]]);
  });

  it('see no hash of a block that is yet to come', async () => {
    const chain = await start();
    // Returns BLOCKHASH(NUMBER - 1).
    await chain.control.setCode(TO, hexToBytes('0x60014303405f5260205ff3'));
    const at = async (number: bigint) => {
      const overrides = { block: { number } };
      const { returnData } = await chain.execution.call({ to: TO }, { tag: 'latest' }, overrides);
      return bytesToHex(returnData);
    };
    expect(await at(1n)).toBe(bytesToHex(chain.chain.genesis.hash));
    expect(await at(100n)).toBe(`0x${'00'.repeat(32)}`);
  });

  it('refuse an access list for a request that cannot run', async () => {
    const chain = await start();
    const list = (fields: object) => chain.execution.createAccessList({ to: TO, ...fields }, { tag: 'latest' });
    await expect(list({ gasLimit: 20_999n })).rejects.toMatchObject({ fault: { code: 'INTRINSIC_GAS_TOO_LOW' } });
    await expect(list({ from: TO, value: 1n })).rejects.toMatchObject({ fault: { code: 'CALL_FUNDS_INSUFFICIENT' } });
  });

  it('estimate what is needed, exactly', async () => {
    const chain = await start();
    expect(await chain.execution.estimateGas({ from: from(chain), to: TO, value: 1n }, { tag: 'latest' })).toBe(21000n);
    // SSTORE(0, 1)
    await chain.control.setCode(TO, hexToBytes('0x60015f5500'));
    const gas = await chain.execution.estimateGas({ from: from(chain), to: TO }, { tag: 'latest' });
    expect(gas).toBe(21000n + 3n + 2n + 22100n);
    const { gasUsed } = await chain.execution.call({ from: from(chain), to: TO }, { tag: 'latest' });
    expect(gasUsed).toBe(gas);
  });
});

describe('a block of ours', () => {
  it.each(['berlin', 'london', 'paris', 'shanghai', 'cancun', 'prague', 'osaka', 'latest'])(
    'is accepted by an importing chain under %s',
    async (hardfork) => {
      const options = { hardfork, timestamp: 1_700_000_000n };
      const [maker, importer] = [await start(options), await start(options)];
      await maker.control.submit({ from: from(maker), to: TO, value: 1n });
      await maker.control.submit({ from: from(maker), data: hexToBytes('0x600160005500') });
      for (const number of [1n, 2n]) {
        const { block } = await maker.chain.require({ number });
        await importer.chain.importBlock(block);
      }
      expect(importer.chain.head.hash).toEqual(maker.chain.head.hash);
    },
  );
});
