import type { Chain, ExecutedBlock, LocatedLog, PooledTransaction } from '@minichain/core';
import {
  type Hex,
  hexFromBytes as hex,
  quantityFromBigInt,
  RPC_CODES,
  RpcError,
  type RpcHash,
  type RpcLog,
  type RpcTransaction,
} from '@minichain/protocol';
import type { LogFilter } from './codecs/filter.ts';
import { limited, pastLogs, queryLogs } from './logQuery.ts';
import type { RpcLimits } from './rpcLimits.ts';
import { logView } from './views/receipt.ts';
import { transactionView } from './views/transaction.ts';

/** What a polling filter gathers; `full` transactions are whole objects, others hashes. */
export type FilterKind =
  | { readonly type: 'logs'; readonly filter: LogFilter }
  | { readonly type: 'blocks' }
  | { readonly type: 'transactions'; readonly full: boolean };

type FilterChange = RpcLog | RpcHash | RpcTransaction;
/** All of one kind: logs, or hashes of blocks or transactions, or whole transactions. */
export type FilterChanges = readonly RpcLog[] | readonly RpcHash[] | readonly RpcTransaction[];

interface Filter {
  readonly kind: FilterKind;
  /** What came since the last poll, as wire values. */
  pending: FilterChange[];
  lastUsedMs: number;
  /** Head and arrivals at the last poll: what a restart goes on from. */
  cursor: Cursor;
}

interface Cursor {
  readonly hash: Uint8Array;
  /** Arrival number that the next waiting transaction would get. */
  readonly arrivals: number;
}

/** A filter as it is kept across restarts. */
interface KeptFilter {
  readonly id: Hex;
  readonly kind: FilterKind;
  readonly cursor: Cursor;
}

/** As geth's: a filter that nobody polls goes away. */
const IDLE_MS = 5 * 60_000;
/** The most that a filter tells at once; what nobody fetches is forgotten, oldest first. */
const MAX_PENDING = 100_000;

/** What the chain took in and gave up since a block was its head; nothing when that block is forgotten. */
async function blocksSince(chain: Chain, hash: Uint8Array) {
  const [added, removed]: [ExecutedBlock[], ExecutedBlock[]] = [[], []];
  let block = await chain.chain.get({ hash });
  while (block !== undefined && !(await chain.chain.isCanonical(block))) {
    removed.push(block);
    block = await chain.chain.get({ hash: block.block.header.parentHash });
  }
  if (block === undefined) return { added, removed };
  const head = chain.chain.head.block.header.number;
  for (let number = block.block.header.number + 1n; number <= head; number++) {
    const next = await chain.chain.get({ number });
    if (next !== undefined) added.push(next);
  }
  return { added, removed };
}

/** Polling filters: each gathers what happened since its owner last asked. */
export class Filters {
  readonly #chain: Chain;
  readonly #limits: Readonly<RpcLimits>;
  readonly #now: () => number;
  readonly #filters = new Map<Hex, Filter>();
  /** Those of before a restart, which have not caught up yet. */
  #kept: readonly KeptFilter[] = [];

  constructor(chain: Chain, limits: Readonly<RpcLimits>, now: () => number = Date.now) {
    this.#chain = chain;
    this.#limits = limits;
    this.#now = now;
    chain.events.on('headChanged', ({ added, removed }) => {
      for (const block of removed) this.#blockRemoved(block);
      for (const block of added) this.#blockAdded(block);
    });
    chain.events.on('transactionQueued', (pooled) => this.#queued(pooled));
    chain.storage.keep('filters', {
      capture: () => this.#capture(),
      restore: (kept: readonly KeptFilter[]) => {
        this.#kept = kept;
      },
      takeBack: (kept: readonly KeptFilter[]) => this.#takeBack(kept),
    });
  }

  /** As they were: those that were made since are gone, those that were removed or polled tell again what they told. */
  #takeBack(kept: readonly KeptFilter[]): void {
    const before = new Map(kept.map((filter) => [filter.id, filter]));
    for (const id of this.#filters.keys()) if (!before.has(id)) this.#filters.delete(id);
    const isSame = (a: Cursor | undefined, b: Cursor): boolean =>
      a?.arrivals === b.arrivals && hex(a.hash) === hex(b.hash);
    this.#kept = kept.filter(({ id, cursor }) => !isSame(this.#filters.get(id)?.cursor, cursor));
    // Once what has failed is over: the chain is what it was then.
    queueMicrotask(() => void this.resume().catch(() => {}));
  }

  /** Gives the filters of before a restart what they have missed since they were polled last. */
  async resume(): Promise<void> {
    const kept = this.#kept;
    for (const { id, kind, cursor } of kept) {
      const filter: Filter = { kind, pending: [], lastUsedMs: this.#now(), cursor };
      const { added, removed } = await blocksSince(this.#chain, cursor.hash);
      for (const block of removed) this.#tellRemoved(filter, block);
      for (const block of added) this.#tellAdded(filter, block);
      for (const pooled of [...this.#chain.pool.ready, ...this.#chain.pool.queued]) {
        if (pooled.order >= cursor.arrivals) this.#tellQueued(filter, pooled);
      }
      this.#filters.set(id, filter);
    }
    this.#kept = [];
  }

  /** @returns its id, a quantity. @throws RpcError when there are too many. */
  create(kind: FilterKind): Hex {
    this.#expire();
    const [{ size }, { maxFilters: most }] = [this.#filters, this.#limits];
    if (size >= most) {
      const advice = "remove some (eth_uninstallFilter), or raise the node's --max-filters";
      throw limited(`too many filters: there are ${size}, at most ${most}; ${advice}`);
    }
    const id = quantityFromBigInt(BigInt(hex(this.#chain.options.randomBytes(16))));
    this.#filters.set(id, { kind, pending: [], lastUsedMs: this.#now(), cursor: this.#cursor() });
    return id;
  }

  /**
   * A filter of logs; one that names a start begins with those that are there.
   * @returns its id, a quantity. @throws RpcError when there are too many, of filters or of logs.
   */
  async createLogs(wanted: LogFilter): Promise<Hex> {
    // Made first and looked back from the same head: no block comes between what was and what will be.
    const id = this.create({ type: 'logs', filter: wanted });
    try {
      const past = await pastLogs(this.#chain, wanted, this.#limits);
      const [filter, first] = [this.#filters.get(id), past[0]];
      if (filter === undefined || first === undefined) return id;
      filter.pending = [...past.map((log) => logView(log)), ...filter.pending];
      filter.cursor = { ...filter.cursor, hash: first.block.block.header.parentHash };
      return id;
    } catch (error) {
      this.#filters.delete(id);
      throw error;
    }
  }

  /** @throws RpcError `filter not found`. */
  changes(id: string): FilterChanges {
    const filter = this.#require(id);
    const { pending } = filter;
    filter.pending = [];
    filter.cursor = this.#cursor();
    return pending.slice(-MAX_PENDING) as FilterChanges;
  }

  /** @throws RpcError `filter not found`, also for one that is not about logs. */
  async logs(id: string): Promise<LocatedLog[]> {
    const { kind } = this.#require(id);
    if (kind.type === 'logs') return queryLogs(this.#chain, kind.filter, this.#limits);
    throw new RpcError(RPC_CODES.invalidInput, 'filter not found: it is not a log filter');
  }

  /** @returns whether it was there. */
  remove(id: string): boolean {
    return this.#filters.delete(id as Hex);
  }

  #cursor(): Cursor {
    return { hash: this.#chain.chain.head.hash, arrivals: this.#chain.pool.arrivals };
  }

  #capture(): readonly KeptFilter[] {
    const open = [...this.#filters].map(([id, { kind, cursor }]) => ({ id, kind, cursor }));
    // While those of before catch up they are on both sides.
    return [...this.#kept, ...open.filter(({ id }) => !this.#kept.some((kept) => kept.id === id))];
  }

  /** How many there are of each kind, without those that nobody polls. */
  counts(): Readonly<Record<FilterKind['type'], number>> {
    this.#expire();
    const counts = { logs: 0, blocks: 0, transactions: 0 };
    for (const { kind } of this.#filters.values()) counts[kind.type]++;
    return counts;
  }

  #require(id: string): Filter {
    this.#expire();
    const filter = this.#filters.get(id as Hex);
    if (filter === undefined) throw new RpcError(RPC_CODES.invalidInput, 'filter not found');
    filter.lastUsedMs = this.#now();
    return filter;
  }

  #expire(): void {
    const oldest = this.#now() - IDLE_MS;
    for (const [id, filter] of this.#filters) if (filter.lastUsedMs < oldest) this.#filters.delete(id);
  }

  #push(filter: Filter, values: readonly FilterChange[]): void {
    // Not spread into one call: a block can hold more logs than a call takes arguments.
    for (const value of values) filter.pending.push(value);
    // Cut in halves, since every cut moves all that stays.
    if (filter.pending.length > 2 * MAX_PENDING) filter.pending = filter.pending.slice(-MAX_PENDING);
  }

  #blockAdded(block: ExecutedBlock): void {
    this.#expire();
    for (const filter of this.#filters.values()) this.#tellAdded(filter, block);
  }

  #blockRemoved(block: ExecutedBlock): void {
    for (const filter of this.#filters.values()) this.#tellRemoved(filter, block);
  }

  #queued(pooled: PooledTransaction): void {
    for (const filter of this.#filters.values()) this.#tellQueued(filter, pooled);
  }

  #tellAdded(filter: Filter, block: ExecutedBlock): void {
    const { kind } = filter;
    if (kind.type === 'blocks') this.#push(filter, [hex(block.hash)]);
    if (kind.type === 'logs') this.#push(filter, this.#logs(kind.filter, block, false));
  }

  #tellRemoved(filter: Filter, block: ExecutedBlock): void {
    const { kind } = filter;
    if (kind.type === 'logs') this.#push(filter, this.#logs(kind.filter, block, true).reverse());
  }

  #tellQueued(filter: Filter, pooled: PooledTransaction): void {
    const { kind } = filter;
    if (kind.type === 'transactions') this.#push(filter, [kind.full ? transactionView(pooled) : hex(pooled.hash)]);
  }

  #logs(filter: LogFilter, block: ExecutedBlock, removed: boolean): RpcLog[] {
    const { number } = block.block.header;
    if (filter.from !== undefined && 'number' in filter.from && number < filter.from.number) return [];
    if (filter.to !== undefined && 'number' in filter.to && number > filter.to.number) return [];
    return this.#chain.chain.logsOf(block, filter).map((log) => logView(log, { removed }));
  }
}
