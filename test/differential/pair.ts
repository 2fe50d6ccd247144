import { setTimeout as delay } from 'node:timers/promises';
import { brief, type Difference, leafDifferences } from '../support/differences.ts';
import type { RpcErrorBody, RpcReply } from '../support/jsonRpc.ts';
import type { RunningNode } from '../support/nodeProcess.ts';
import type { Ledger } from './ledger.ts';
import { Names, type Side } from './names.ts';
import { type Answer, Handle, type Target } from './target.ts';

const SIDES = ['anvil', 'minichain'] as const;

type Fields = Readonly<Record<string, unknown>>;
type Block = Fields & { readonly transactions: readonly Fields[] };

/** The chains cannot be compared any further. */
export class Diverged extends Error {}

/** How long Anvil may take to mine what it has said yes to. */
const PATIENCE_MS = 10_000;
/** Methods after which a node's head may have moved. */
const MOVES_HEAD = /^(evm|anvil|hardhat|tenderly)_(?!get)|^eth_send/;
/** Header fields in which two nodes can be of different minds; each speaks for itself, and the hash follows from them. */
const OPINIONS = [
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'gasUsed',
  'baseFeePerGas',
  'timestamp',
];

const answerOf = ({ result, error }: RpcReply): Answer => (error === undefined ? { result } : { error });

/** An error on one line, as the list of allowed differences matches it. */
const errorText = ({ code, message, data }: RpcErrorBody): string =>
  `${code} ${message}${data === undefined ? '' : ` [${brief(data)}]`}`;

/** Lists without an order of their own, in one order. */
function canonical(method: string, result: unknown): unknown {
  if (method !== 'eth_createAccessList' || typeof result !== 'object' || result === null) return result;
  const { accessList, ...rest } = result as { accessList: { address: string; storageKeys: string[] }[] };
  const sorted = accessList.map(({ address, storageKeys }) => ({ address, storageKeys: [...storageKeys].sort() }));
  return { ...rest, accessList: sorted.sort((a, b) => (a.address < b.address ? -1 : 1)) };
}

/** Results are compared value by value; an error is one value, and so is an answer that only one side refuses. */
export function answerDifferences(method: string, anvil: Answer, minichain: Answer): Difference[] {
  if (anvil.error === undefined && minichain.error === undefined) {
    return leafDifferences(canonical(method, anvil.result), canonical(method, minichain.result), 'result');
  }
  const shown = ({ result, error }: Answer) =>
    error === undefined ? `result ${JSON.stringify(result)}` : errorText(error);
  const [expected, actual] = [shown(anvil), shown(minichain)];
  if (expected === actual) return [];
  const isShared = anvil.error !== undefined && minichain.error !== undefined;
  return [{ path: isShared ? 'error' : 'answer', expected, actual }];
}

/** Anvil and minichain side by side: every request goes to both, and what they answer is compared. */
export class Pair implements Target {
  readonly nodes: Readonly<Record<Side, RunningNode>>;
  readonly ledger: Ledger;
  readonly #names = new Names();
  /** The newest block that was compared. */
  #compared = -1;

  constructor(nodes: Record<Side, RunningNode>, ledger: Ledger) {
    this.nodes = nodes;
    this.ledger = ledger;
  }

  /**
   * Asks both and compares the replies; after a request that may have mined, also the new blocks and their receipts.
   * @returns what minichain answered.
   */
  async ask(method: string, params: unknown = []): Promise<Answer> {
    const answers = await this.askBoth(method, params);
    try {
      if (MOVES_HEAD.test(method)) await this.settle(method);
    } finally {
      this.compare(method, params, answers);
    }
    return answers.minichain;
  }

  /** As `ask`, for the result. @throws Error when minichain answers an error. */
  async result<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
    const { result, error } = await this.ask(method, params);
    if (error !== undefined) throw new Error(`${method} ${brief(params)}: ${errorText(error)}`);
    return result as T;
  }

  /** Asks for a value that each node chooses freely; that there is one is all that must agree. */
  async handle(method: string, params: readonly unknown[] = []): Promise<Handle> {
    const { anvil, minichain } = await this.askBoth(method, params);
    if (typeof anvil.result !== typeof minichain.result) this.compare(method, params, { anvil, minichain });
    return new Handle({ anvil: anvil.result, minichain: minichain.result });
  }

  read<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    return this.nodes.minichain.rpc.call<T>(method, params);
  }

  /** Waits until Anvil, which mines after it has replied, is as far as minichain; then compares what is new. */
  async settle(cause: string): Promise<void> {
    const target = Number(await this.nodes.minichain.rpc.call<string>('eth_blockNumber'));
    const reached = async () => Number(await this.nodes.anvil.rpc.call<string>('eth_blockNumber'));
    if (!(await this.until(async () => (await reached()) === target))) {
      throw new Diverged(`after ${cause}: anvil is at block ${await reached()}, minichain at ${target}`);
    }
    // Of many blocks the last ones stand for all: each has its parent's hash in its own.
    const first = Math.max(Math.min(this.#compared + 1, target), target - 5, 0);
    for (let number = first; number <= target; number += 1) await this.#compareBlock(number);
    this.#compared = target;
  }

  /** Asks again and again. @returns whether it came true in time. */
  async until(isTrue: () => Promise<boolean>): Promise<boolean> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await isTrue())) {
      if (performance.now() > deadline) return false;
      await delay(2);
    }
    return true;
  }

  /** The raw answers of both, without comparing them. */
  async askBoth(method: string, params: unknown): Promise<Record<Side, Answer>> {
    this.ledger.asked.add(method);
    const [anvil, minichain] = await Promise.all(
      SIDES.map(async (side) => answerOf(await this.nodes[side].rpc.send(method, this.#forSide(params, side)))),
    );
    return { anvil: anvil as Answer, minichain: minichain as Answer };
  }

  async close(): Promise<void> {
    await Promise.all(SIDES.map((side) => this.nodes[side].close()));
  }

  /** Records in what the answers differ. */
  compare(method: string, params: unknown, { anvil, minichain }: Record<Side, Answer>): void {
    const named = {
      anvil: this.#names.replace('anvil', anvil) as Answer,
      minichain: this.#names.replace('minichain', minichain) as Answer,
    };
    this.ledger.record(method, params, answerDifferences(method, named.anvil, named.minichain));
  }

  #forSide(value: unknown, side: Side): unknown {
    if (value instanceof Handle) return value.of[side];
    if (Array.isArray(value)) return value.map((item) => this.#forSide(item, side));
    if (typeof value !== 'object' || value === null) return this.#names.translate(side, value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#forSide(item, side)]));
  }

  #learn(name: string, field: string, anvil: Fields, minichain: Fields | undefined): void {
    const [a, m] = [anvil[field], minichain?.[field]];
    if (typeof a === 'string' && typeof m === 'string') this.#names.learn(`⟨${name}⟩`, { anvil: a, minichain: m });
  }

  async #compareBlock(number: number): Promise<void> {
    const ref = `0x${number.toString(16)}`;
    const answers = await this.askBoth('eth_getBlockByNumber', [ref, true]);
    const [anvil, minichain] = SIDES.map((side) => answers[side].result as Block) as [Block, Block];
    const learn = (field: string) => this.#learn(`${field} of block ${number}`, field, anvil, minichain);
    // A hash that differs is no news where something else in the header does.
    if ([...OPINIONS, 'parentHash'].some((field) => anvil[field] !== minichain[field])) learn('hash');
    if (anvil['parentHash'] !== minichain['parentHash']) learn('mixHash');
    // Nor is the hash of a transaction that nobody signed: each node makes up a signature of its own.
    for (const [index, transaction] of anvil.transactions.entries()) {
      const other = minichain.transactions[index];
      if (transaction['r'] !== other?.['r'])
        this.#learn(`transaction ${index} of block ${number}`, 'hash', transaction, other);
    }
    this.compare('eth_getBlockByNumber', [ref, true], answers);
    for (const field of ['stateRoot', 'transactionsRoot', 'receiptsRoot']) learn(field);
    await this.ask('eth_getBlockReceipts', [ref]);
  }
}
