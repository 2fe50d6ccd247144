import { bytesToHex } from '@ethereumjs/util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { account, address, GWEI, useChains, word } from './chain.fixture.ts';
import type { Chain } from './contract.ts';

const start = useChains();
/** The same in every run; another seed is another walk. */
const RUNS = { numRuns: 40, seed: 20_260 } as const;

/** Something that a user does to a running node. */
type Action =
  | { readonly do: 'send'; readonly from: number; readonly skip: number; readonly tip: number }
  | { readonly do: 'replace'; readonly from: number; readonly tip: number }
  | { readonly do: 'drop'; readonly which: number }
  | { readonly do: 'mine' | 'automine' | 'manual' | 'snapshot' | 'reset' | 'edit' }
  | { readonly do: 'revert'; readonly which: number }
  | { readonly do: 'fork'; readonly back: number };

const nat = (max: number) => fc.integer({ min: 0, max });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('send' as const), from: nat(2), skip: nat(1), tip: nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replace' as const), from: nat(2), tip: nat(50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), which: nat(20) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('mine', 'automine', 'manual', 'snapshot', 'reset', 'edit') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revert' as const), which: nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fork' as const), back: nat(3) }) },
) as fc.Arbitrary<Action>;

/** Runs actions and remembers every hash that was handed out. */
class User {
  readonly hashes = new Map<string, Uint8Array>();
  /** Whether the last transaction was. */
  wasAccepted = false;
  readonly #chain: Chain;
  readonly #snapshots: bigint[] = [];

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  async act(one: Action): Promise<void> {
    const { control, miner, pool, snapshots } = this.#chain;
    switch (one.do) {
      case 'send': {
        const { address: from } = account(this.#chain, one.from);
        return this.#send(one.from, (await pool.nextNonce(from)) + BigInt(one.skip), one.tip);
      }
      case 'replace': {
        const waiting = [...pool.ready, ...pool.queued].find(
          ({ sender }) => sender.toString() === account(this.#chain, one.from).address.toString(),
        );
        return waiting === undefined ? undefined : this.#send(one.from, waiting.tx.nonce, one.tip);
      }
      case 'drop':
        await control.dropTransaction([...this.hashes.values()][one.which] ?? word(one.which));
        return;
      case 'mine':
        await miner.mine();
        return;
      case 'automine':
        return miner.setMode({ type: 'instant' });
      case 'manual':
        return miner.setMode({ type: 'manual' });
      case 'snapshot':
        this.#snapshots.push(await snapshots.take());
        return;
      case 'revert':
        await snapshots.revert(this.#snapshots[one.which] ?? 999n);
        return;
      case 'reset':
        return control.reset();
      case 'edit':
        return control.setNonce(account(this.#chain, 2).address, 3n);
      case 'fork':
        return this.#fork(BigInt(one.back));
    }
  }

  /** Refusals are fine: what was not accepted has no hash. */
  async #send(index: number, nonce: bigint, tip: number): Promise<void> {
    const { address: from } = account(this.#chain, index);
    const maxPriorityFeePerGas = BigInt(tip) * GWEI;
    const prices = { maxPriorityFeePerGas, maxFeePerGas: 100n * GWEI + maxPriorityFeePerGas };
    const request = { from, to: address('aa'), value: 1n, gasLimit: 21_000n, nonce, ...prices };
    const hash = await this.#chain.control.submit(request).catch(() => undefined);
    this.wasAccepted = hash !== undefined;
    if (hash !== undefined) this.hashes.set(bytesToHex(hash), hash);
  }

  async #fork(back: bigint): Promise<void> {
    const { chain } = this.#chain;
    const { number } = chain.head.block.header;
    await chain.setHead((await chain.require({ number: number > back ? number - back : 0n })).hash);
  }
}

async function checkInvariants(chain: Chain, { hashes }: User): Promise<void> {
  const { pool } = chain;
  const waiting = [...pool.ready, ...pool.queued];
  const keys = waiting.map(({ hash }) => bytesToHex(hash));
  expect(new Set(keys).size).toBe(keys.length);
  for (const [key, hash] of hashes) {
    const isMined = (await chain.chain.transaction(hash)) !== undefined;
    const isWaiting = pool.get(hash) !== undefined;
    expect({ key, both: isMined && isWaiting }).toEqual({ key, both: false });
    if (!isMined && !isWaiting)
      expect({ key, drop: pool.dropReason(hash)?.detail }).not.toEqual({ key, drop: undefined });
  }
  const state = chain.state.of(chain.chain.head);
  for (const { address: who } of chain.accounts.owned) {
    const nonce = await state.nonce(who);
    const mine = pool.ready.filter(({ sender }) => sender.toString() === who.toString()).map(({ tx }) => tx.nonce);
    expect(mine.sort((a, b) => Number(a - b))).toEqual(mine.map((_, i) => nonce + BigInt(i)));
    expect(await pool.nextNonce(who)).toBe(nonce + BigInt(mine.length));
  }
}

it('never loses a transaction without a reason, whatever is done to the node', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
      const chain = await start();
      const user = new User(chain);
      for (const one of actions) {
        await user.act(one);
        await checkInvariants(chain, user);
        // In instant mode a send leaves nothing behind that could be mined.
        const isInstant = chain.miner.mode.type === 'instant';
        if (one.do === 'automine' || (one.do === 'send' && isInstant && user.wasAccepted)) {
          expect(chain.pool.ready.map(({ hash }) => bytesToHex(hash))).toEqual([]);
        }
      }
    }),
    RUNS,
  );
});

/** Everything of the node that a client can see. */
async function portrait(chain: Chain): Promise<unknown> {
  const { chain: blocks, pool, clock, fees, miner, accounts } = chain;
  const state = chain.state.of(blocks.head);
  const hashes = (list: readonly { hash: Uint8Array }[]) => list.map(({ hash }) => bytesToHex(hash)).sort();
  return {
    head: bytesToHex(blocks.head.hash),
    root: bytesToHex(blocks.head.stateRoot),
    safe: blocks.safe.block.header.number,
    finalized: blocks.finalized.block.header.number,
    ready: hashes(pool.ready),
    queued: hashes(pool.queued),
    next: clock.peekNext(),
    baseFee: fees.nextBaseFee(),
    gasLimit: miner.gasLimit,
    coinbase: miner.coinbase.toString(),
    mode: miner.mode,
    accounts: accounts.list().map(String),
    auto: accounts.isImpersonated(address('99')),
    chainId: chain.chainId(),
    balances: await Promise.all(accounts.owned.map(({ address: who }) => state.balance(who))),
    pending: (await blocks.require({ tag: 'pending' })).block.transactions.length,
  };
}

/** What a snapshot has to take back besides blocks and transactions. */
async function disturb(chain: Chain, seed: number): Promise<void> {
  const { accounts, clock, control, fees, miner } = chain;
  clock.increase(BigInt(seed));
  fees.setNextBaseFee(BigInt(seed) + 7n);
  miner.setGasLimit(20_000_000n + BigInt(seed));
  miner.setCoinbase(address('c0'));
  miner.setNextPrevRandao(word(seed));
  accounts.impersonate(address('d0'));
  accounts.setAutoImpersonate(true);
  control.setChainId(BigInt(seed) + 2n);
  await control.setBalance(account(chain, 1).address, BigInt(seed));
}

it('is after a revert what it was at the snapshot', async () => {
  const actions = fc.array(action, { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(actions, actions, nat(1000), async (before, after, seed) => {
      const chain = await start();
      const user = new User(chain);
      for (const one of before) await user.act(one);
      if (seed % 2 === 0) await disturb(chain, seed + 1);
      const expected = await portrait(chain);
      const id = await chain.snapshots.take();
      await disturb(chain, seed);
      for (const one of after) if (one.do !== 'reset' && one.do !== 'revert') await user.act(one);
      expect(await chain.snapshots.revert(id)).toBe(true);
      expect(await portrait(chain)).toEqual(expected);
      expect(await chain.snapshots.revert(id)).toBe(false);
      await checkInvariants(chain, user);
    }),
    RUNS,
  );
});
