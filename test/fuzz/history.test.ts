import { createNode, type MinichainNode } from '@minichain/node';
import fc from 'fast-check';
import { expect, it } from 'vitest';

/** More of them, or others: `HISTORY_FUZZ_CASES=5000 HISTORY_FUZZ_SEED=7 npm test -- test/fuzz`. */
const CASES = Number(process.env['HISTORY_FUZZ_CASES'] ?? 60);
const SEED = Number(process.env['HISTORY_FUZZ_SEED'] ?? 1);
const LONGEST = 30;

const LOGGER = '0x00000000000000000000000000000000000000aa';
/** Logs the first word of its input as a topic. */
const CODE = '0x5f355f5fa100';
const hex = (value: number): string => `0x${value.toString(16)}`;
const word = (value: number): string => `0x${value.toString(16).padStart(64, '0')}`;

/** A block as the model knows it: its transactions are numbers, each of which is also a nonce's payload. */
interface Block {
  readonly hash: string;
  readonly sent: readonly number[];
}

/** Everything that a snapshot brings back. */
interface World {
  readonly blocks: readonly Block[];
  /** Payloads that wait, in order of their nonces. */
  readonly waiting: readonly number[];
  readonly coinbase: string;
}

type Step =
  | { readonly do: 'send' | 'snapshot' | 'poll' | 'stale' }
  | { readonly do: 'mine' | 'reorg' | 'rollback' | 'revert' | 'coinbase'; readonly count: number }
  | { readonly do: 'save' | 'restore' | 'remove'; readonly name: 'a' | 'b' };

const count = fc.integer({ min: 1, max: 3 });
const name = fc.constantFrom('a', 'b');
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('send', 'send', 'snapshot', 'poll', 'stale') }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constantFrom('mine', 'mine', 'reorg', 'rollback', 'revert'), count }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('coinbase'), count }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('save', 'restore', 'restore', 'remove'), name }) },
) as fc.Arbitrary<Step>;

/** What a log filter is told of a payload: that it was logged in a block, or that this is taken back. */
const told = ({ hash }: Block, payload: number, removed: boolean): string => `${removed ? '-' : '+'}${payload}@${hash}`;

/** The node and the model of it, side by side. */
class Pair {
  readonly #node: MinichainNode;
  #world: World = { blocks: [], waiting: [], coinbase: `0x${'0'.repeat(40)}` };
  readonly #snapshots = new Map<string, World>();
  readonly #used: string[] = [];
  readonly #saved = new Map<string, World>();
  #newest = 0n;
  #payload = 0;
  #from = '';
  #filters = { blocks: '', logs: '' };
  #expected: { blocks: string[]; logs: string[] } = { blocks: [], logs: [] };

  constructor(node: MinichainNode) {
    this.#node = node;
  }

  call<T>(method: string, ...params: unknown[]): Promise<T> {
    return this.#node.provider.request({ method, params } as never) as Promise<T>;
  }

  async begin(): Promise<void> {
    await this.call('evm_setAutomine', false);
    await this.call('hardhat_setCode', LOGGER, CODE);
    [this.#from = ''] = await this.call<string[]>('eth_accounts');
    this.#filters = {
      blocks: await this.call('eth_newBlockFilter'),
      logs: await this.call('eth_newFilter', { address: LOGGER }),
    };
    this.#world = { ...this.#world, blocks: [await this.#blockAt(0)] };
  }

  async #blockAt(number: number): Promise<Block> {
    const { hash, transactions } = await this.call<{ hash: string; transactions: { input: string }[] }>(
      'eth_getBlockByNumber',
      hex(number),
      true,
    );
    return { hash, sent: transactions.map(({ input }) => Number(input)) };
  }

  /** What the change tells filters: blocks that left, newest first, then those that came. */
  #moveTo(world: World): void {
    const [before, after] = [this.#world.blocks, world.blocks];
    let same = 0;
    while (before[same] !== undefined && before[same]?.hash === after[same]?.hash) same++;
    for (const block of before.slice(same).reverse()) {
      this.#expected.logs.push(...[...block.sent].reverse().map((payload) => told(block, payload, true)));
    }
    for (const block of after.slice(same)) {
      this.#expected.blocks.push(block.hash);
      this.#expected.logs.push(...block.sent.map((payload) => told(block, payload, false)));
    }
    this.#world = world;
  }

  async run(one: Step): Promise<void> {
    const { blocks, waiting } = this.#world;
    switch (one.do) {
      case 'send': {
        const payload = ++this.#payload;
        const fees = { maxFeePerGas: hex(200e9), maxPriorityFeePerGas: hex(1e9) };
        await this.call('eth_sendTransaction', {
          ...{ from: this.#from, to: LOGGER, data: word(payload), gas: hex(100_000), value: '0x1', ...fees },
        });
        this.#world = { ...this.#world, waiting: [...waiting, payload] };
        return;
      }
      case 'mine':
        await this.call('hardhat_mine', hex(one.count));
        return this.#grow(blocks, waiting, one.count, []);
      case 'reorg': {
        const depth = Math.min(one.count, blocks.length - 1);
        if (depth === 0) return;
        await this.call('anvil_reorg', hex(depth), []);
        await this.#stillThere(blocks.slice(-depth));
        const lost = blocks.slice(blocks.length - depth).flatMap(({ sent }) => sent);
        return this.#grow(blocks.slice(0, blocks.length - depth), [], depth, [...lost, ...waiting]);
      }
      case 'rollback': {
        const depth = Math.min(one.count, blocks.length - 1);
        if (depth === 0) return;
        await this.call('anvil_rollback', hex(depth));
        await this.#stillThere(blocks.slice(-depth));
        const lost = blocks.slice(blocks.length - depth).flatMap(({ sent }) => sent);
        this.#moveTo({
          ...this.#world,
          blocks: blocks.slice(0, blocks.length - depth),
          waiting: [...lost, ...waiting],
        });
        return;
      }
      case 'snapshot': {
        const id = await this.call<string>('evm_snapshot');
        expect(BigInt(id)).toBeGreaterThan(this.#newest);
        this.#newest = BigInt(id);
        this.#snapshots.set(id, this.#world);
        return;
      }
      case 'revert':
        return this.#revert([...this.#snapshots.keys()].at(-one.count));
      case 'stale':
        return this.#stale();
      case 'coinbase': {
        const coinbase = `0x${String(one.count).repeat(40)}`;
        await this.call('hardhat_setCoinbase', coinbase);
        this.#world = { ...this.#world, coinbase };
        return;
      }
      case 'save':
        await this.call('minichain_saveCheckpoint', one.name);
        this.#saved.set(one.name, this.#world);
        return;
      case 'restore': {
        const world = this.#saved.get(one.name);
        expect(await this.call('minichain_restoreCheckpoint', one.name)).toBe(world !== undefined);
        if (world !== undefined) this.#moveTo(world);
        return;
      }
      case 'remove':
        expect(await this.call('minichain_removeCheckpoint', one.name)).toBe(this.#saved.delete(one.name));
        return;
      case 'poll':
        return this.poll();
    }
  }

  /** The branch that lost can be read by hash. */
  async #stillThere(lost: readonly Block[]): Promise<void> {
    for (const { hash } of lost) expect(await this.call('eth_getBlockByHash', hash, false)).toMatchObject({ hash });
  }

  /** New blocks on some of the old ones: the first holds what is given. */
  async #grow(below: readonly Block[], sent: readonly number[], size: number, waiting: readonly number[]) {
    const grown = [...below];
    for (let i = 0; i < size; i++) {
      const block = await this.#blockAt(below.length + i);
      expect(block.sent).toEqual(i === 0 ? sent : []);
      grown.push(block);
    }
    this.#moveTo({ ...this.#world, blocks: grown, waiting });
  }

  async #revert(id: string | undefined): Promise<void> {
    if (id === undefined) return;
    expect(await this.call('evm_revert', id)).toBe(true);
    this.#moveTo(this.#snapshots.get(id) as World);
    for (const later of [...this.#snapshots.keys()].filter((one) => BigInt(one) >= BigInt(id))) {
      this.#snapshots.delete(later);
      this.#used.push(later);
    }
  }

  /** An id that was used, or never given, changes nothing. */
  async #stale(): Promise<void> {
    for (const id of [...this.#used.slice(-2), hex(Number(this.#newest) + 5)]) {
      expect(await this.call('evm_revert', id)).toBe(false);
    }
  }

  async poll(): Promise<void> {
    const blocks = await this.call<string[]>('eth_getFilterChanges', this.#filters.blocks);
    type Log = { blockHash: string; topics: [string]; removed: boolean };
    const logs = await this.call<Log[]>('eth_getFilterChanges', this.#filters.logs);
    const inWords = logs.map(({ blockHash: hash, topics: [topic], removed }) =>
      told({ hash, sent: [] }, Number(topic), removed),
    );
    expect({ blocks, logs: inWords }).toEqual(this.#expected);
    this.#expected = { blocks: [], logs: [] };
  }

  /** Everything that a client can see is what the model says. */
  async compare(): Promise<void> {
    const { blocks, waiting, coinbase } = this.#world;
    const mined = blocks.flatMap(({ sent }) => sent);
    const found: Block[] = [];
    for (let number = 0; number < blocks.length; number++) found.push(await this.#blockAt(number));
    expect(found).toEqual(blocks);
    expect(await this.call('eth_blockNumber')).toBe(hex(blocks.length - 1));
    expect(await this.call('eth_coinbase')).toBe(coinbase);
    expect(await this.call('eth_getBalance', LOGGER, 'latest')).toBe(hex(mined.length));
    expect(await this.call('eth_getTransactionCount', this.#from, 'latest')).toBe(hex(mined.length));
    type Pool = { pending: Record<string, Record<string, { input: string }>>; queued: object };
    const { pending, queued } = await this.call<Pool>('txpool_content');
    const [mine = {}] = Object.values(pending);
    const nonces = Object.keys(mine)
      .map(Number)
      .sort((a, b) => a - b);
    expect(queued).toEqual({});
    expect(nonces.map((nonce) => Number(mine[nonce]?.input))).toEqual(waiting);
    const logs = await this.call<{ topics: [string] }[]>('eth_getLogs', { address: LOGGER, fromBlock: '0x0' });
    expect(logs.map(({ topics: [topic] }) => Number(topic))).toEqual(mined);
    await this.#checkTimes();
  }

  async #checkTimes(): Promise<void> {
    let last = -1;
    for (let number = 0; number < this.#world.blocks.length; number++) {
      const { timestamp } = await this.call<{ timestamp: string }>('eth_getBlockByNumber', hex(number), false);
      expect(Number(timestamp)).toBeGreaterThan(last);
      last = Number(timestamp);
    }
  }

  close(): Promise<void> {
    return this.#node.close();
  }
}

it('is what a simple model of it is, whatever is mined, taken back, replaced and restored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: LONGEST, size: 'max' }), async (steps) => {
      const pair = new Pair(await createNode({ server: false, metrics: false, chain: { accounts: { count: 2 } } }));
      try {
        await pair.begin();
        for (const one of steps) {
          await pair.run(one);
          await pair.compare();
        }
        await pair.poll();
      } finally {
        await pair.close();
      }
    }),
    { numRuns: CASES, seed: SEED },
  );
});
