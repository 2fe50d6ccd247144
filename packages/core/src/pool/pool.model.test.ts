import { bytesToHex } from '@ethereumjs/util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { account, GWEI, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import type { CoreError } from '../errors.ts';

/** A pool beside the plainest description of one: after every step both hold the same, and refuse for the same reason. */

const start = useChains();
const RUNS = { numRuns: 40, seed: 20_261 } as const;
const MOST_WAITING = 3;
const SENDERS = [0, 1, 2];

interface Offer {
  readonly from: number;
  /** Beyond the account's nonce; below zero it is past. */
  readonly ahead: number;
  /** Gwei; 0 is a wei, which is less than any base fee. */
  readonly cap: number;
  readonly tip: number;
}

type Step =
  | ({ readonly do: 'offer' } & Offer)
  | { readonly do: 'drop'; readonly which: number }
  | { readonly do: 'mine' | 'dropAll' }
  | { readonly do: 'reorg'; readonly depth: number };

const nat = (max: number) => fc.integer({ min: 0, max });
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('offer' as const),
      from: nat(2),
      ahead: fc.integer({ min: -1, max: 3 }),
      cap: fc.constantFrom(0, 20, 21, 22, 25, 28),
      tip: fc.constantFrom(1, 2, 3, 3, 30),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), which: nat(20) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('mine' as const, 'dropAll' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reorg' as const), depth: fc.integer({ min: 1, max: 3 }) }) },
) as fc.Arbitrary<Step>;

interface Waiting {
  readonly hash: string;
  readonly cap: bigint;
  readonly tip: bigint;
}

/** Transactions by nonce, for each sender; and those that are mined, by block. */
class Model {
  readonly nonces = [0, 0, 0];
  readonly waiting = SENDERS.map(() => new Map<number, Waiting>());
  readonly blocks: { readonly from: number; readonly nonce: number; readonly tx: Waiting }[][] = [];
  readonly dropped = new Map<string, string>();

  /** Why it is refused; undefined when it is not. In geth's order. */
  refusal(from: number, nonce: number, offer: Omit<Waiting, 'hash'>, baseFee: bigint): string | undefined {
    const { cap, tip } = offer;
    const own = this.waiting[from] as Map<number, Waiting>;
    const rival = own.get(nonce);
    if (rival?.cap === cap && rival.tip === tip) return 'ALREADY_KNOWN';
    if (tip > cap) return 'TIP_ABOVE_FEE_CAP';
    if (cap < baseFee) return 'FEE_CAP_BELOW_BASE_FEE';
    if (nonce < (this.nonces[from] as number)) return 'NONCE_TOO_LOW';
    if (rival === undefined) return own.size >= MOST_WAITING ? 'ACCOUNT_LIMIT' : undefined;
    const isEnough = cap * 10n >= rival.cap * 11n && tip * 10n >= rival.tip * 11n;
    return isEnough ? undefined : 'REPLACEMENT_UNDERPRICED';
  }

  put(from: number, nonce: number, tx: Waiting): void {
    const own = this.waiting[from] as Map<number, Waiting>;
    const rival = own.get(nonce);
    if (rival !== undefined) this.dropped.set(rival.hash, 'replaced');
    this.dropped.delete(tx.hash);
    own.set(nonce, tx);
  }

  /** From the account's nonce on, without a gap. */
  ready(from: number): [number, Waiting][] {
    const own = this.waiting[from] as Map<number, Waiting>;
    const run: [number, Waiting][] = [];
    for (let nonce = this.nonces[from] as number; own.has(nonce); nonce++) run.push([nonce, own.get(nonce) as Waiting]);
    return run;
  }

  mine(): void {
    const block = SENDERS.flatMap((from) => this.ready(from).map(([nonce, tx]) => ({ from, nonce, tx })));
    for (const { from, nonce } of block) {
      this.waiting[from]?.delete(nonce);
      this.nonces[from] = nonce + 1;
    }
    this.blocks.push(block);
  }

  /** The last blocks become as many empty ones; what was in them waits again. */
  reorg(depth: number): void {
    const lost = this.blocks.splice(this.blocks.length - depth).flat();
    for (const { from, nonce } of lost) this.nonces[from] = Math.min(this.nonces[from] as number, nonce);
    for (const { from, nonce, tx } of lost) this.waiting[from]?.set(nonce, tx);
    for (let i = 0; i < depth; i++) this.blocks.push([]);
  }

  remove(hash: string): boolean {
    for (const own of this.waiting) {
      for (const [nonce, tx] of own) {
        if (tx.hash !== hash) continue;
        this.dropped.set(hash, 'removed');
        return own.delete(nonce);
      }
    }
    return false;
  }

  all(): Waiting[] {
    return this.waiting.flatMap((own) => [...own.values()]);
  }
}

/** What came of offers, over all runs. */
const met = new Set<string>();

async function offer(chain: Chain, model: Model, { from, ahead, cap: gwei, tip: gweiTip }: Offer): Promise<void> {
  const nonce = (model.nonces[from] as number) + ahead;
  if (nonce < 0) return;
  const [cap, tip] = [gwei === 0 ? 1n : BigInt(gwei) * GWEI, gwei === 0 ? 0n : BigInt(gweiTip) * GWEI];
  const expected = model.refusal(from, nonce, { cap, tip }, chain.fees.nextBaseFee() as bigint);
  const sending = chain.control.submit({
    from: account(chain, from).address,
    to: account(chain, 0).address,
    nonce: BigInt(nonce),
    gasLimit: 21_000n,
    maxFeePerGas: cap,
    maxPriorityFeePerGas: tip,
  });
  const outcome = await sending.then(
    (hash) => ({ hash: bytesToHex(hash) }),
    (error: unknown) => ({ refused: (error as CoreError<{ readonly code: string }>).fault.code }),
  );
  met.add(expected ?? (model.waiting[from]?.has(nonce) === true ? 'replaced' : 'new'));
  if (expected !== undefined) expect(outcome).toEqual({ refused: expected });
  else {
    expect(outcome).toHaveProperty('hash');
    model.put(from, nonce, { hash: (outcome as { hash: string }).hash, cap, tip });
  }
}

async function act(chain: Chain, model: Model, one: Step): Promise<void> {
  switch (one.do) {
    case 'offer':
      return offer(chain, model, one);
    case 'mine':
      await chain.miner.mine();
      return model.mine();
    case 'drop': {
      const all = model.all();
      const { hash } = all[one.which % Math.max(all.length, 1)] ?? { hash: `0x${'12'.repeat(32)}` };
      expect(await chain.control.dropTransaction(Buffer.from(hash.slice(2), 'hex'))).toBe(model.remove(hash));
      return;
    }
    case 'dropAll':
      await chain.control.dropAllTransactions();
      for (const { hash } of model.all()) model.remove(hash);
      return;
    case 'reorg': {
      const depth = Math.min(one.depth, model.blocks.length);
      if (depth === 0) return;
      await chain.control.reorg(BigInt(depth), []);
      model.reorg(depth);
    }
  }
}

const sorted = (hashes: Iterable<string>): string[] => [...hashes].sort();

async function expectSame(chain: Chain, model: Model): Promise<void> {
  const ready = SENDERS.flatMap((from) => model.ready(from).map(([, { hash }]) => hash));
  expect(sorted(chain.pool.ready.map(({ hash }) => bytesToHex(hash)))).toEqual(sorted(ready));
  const queued = model.all().flatMap(({ hash }) => (ready.includes(hash) ? [] : [hash]));
  expect(sorted(chain.pool.queued.map(({ hash }) => bytesToHex(hash)))).toEqual(sorted(queued));
  for (const from of SENDERS) {
    const next = (model.nonces[from] as number) + model.ready(from).length;
    expect(await chain.pool.nextNonce(account(chain, from).address)).toBe(BigInt(next));
  }
  for (const [hash, reason] of model.dropped) {
    expect(chain.pool.dropReason(Buffer.from(hash.slice(2), 'hex'))?.reason, hash).toBe(reason);
  }
  const mined = model.blocks.at(-1)?.map(({ tx }) => tx.hash) ?? [];
  const { block } = chain.chain.head;
  expect(sorted(block.transactions.map((tx) => bytesToHex(tx.hash())))).toEqual(sorted(mined));
}

it('holds, refuses, replaces, drops, mines and takes back what the model does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
      const chain = await start({
        mining: { type: 'manual' },
        limits: { accountTransactionLimit: MOST_WAITING },
      });
      const model = new Model();
      for (const one of steps) {
        await act(chain, model, one);
        await expectSame(chain, model);
      }
    }),
    RUNS,
  );
  expect([...met].sort()).toEqual([
    ...['ACCOUNT_LIMIT', 'ALREADY_KNOWN', 'FEE_CAP_BELOW_BASE_FEE', 'NONCE_TOO_LOW', 'REPLACEMENT_UNDERPRICED'],
    ...['TIP_ABOVE_FEE_CAP', 'new', 'replaced'],
  ]);
}, 240_000);
