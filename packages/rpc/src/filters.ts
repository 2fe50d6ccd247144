import type { BlockRef, Chain, ExecutedBlock, LocatedLog, PooledTransaction } from '@minichain/core';
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

async function heightOf(chain: Chain, ref: BlockRef | undefined): Promise<bigint> {
  const head = chain.chain.head.block.header.number;
  if (ref === undefined) return head;
  if ('number' in ref) return ref.number;
  if ('tag' in ref && ref.tag === 'pending') return head;
  return (await chain.chain.require(ref)).block.header.number;
}

/** geth's two refusals of a range that names its ends by number; a range that tags make empty holds no logs. */
function checkRange(chain: Chain, from: BlockRef | undefined, to: BlockRef | undefined): void {
  const head = chain.chain.head.block.header.number;
  if (to === undefined || !('number' in to)) return;
  if (from !== undefined && 'number' in from && from.number > to.number) {
    const detail = `fromBlock ${from.number} is after toBlock ${to.number}`;
    throw new RpcError(RPC_CODES.invalidParams, `invalid block range params: ${detail}`);
  }
  if (to.number > head) {
    const detail = `toBlock ${to.number}, head ${head}`;
    throw new RpcError(RPC_CODES.invalidParams, `block range extends beyond current head block: ${detail}`);
  }
}

/**
 * Logs that a filter matches now.
 * @throws RpcError when the range runs backwards or beyond the head, or the named block is unknown.
 */
export async function queryLogs(chain: Chain, filter: LogFilter): Promise<LocatedLog[]> {
  const { blockHash, from, to, ...match } = filter;
  if (blockHash !== undefined) {
    const block = await chain.chain.get({ hash: blockHash });
    if (block === undefined) throw new RpcError(RPC_CODES.invalidInput, 'unknown block');
    return chain.chain.logsOf(block, match);
  }
  checkRange(chain, from, to);
  return chain.chain.logs({ from: await heightOf(chain, from), to: await heightOf(chain, to), ...match });
}

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
  readonly #now: () => number;
  readonly #filters = new Map<Hex, Filter>();
  /** Those of before a restart, which have not caught up yet. */
  #kept: readonly KeptFilter[] = [];

  constructor(chain: Chain, now: () => number = Date.now) {
    this.#chain = chain;
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
    });
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

  /** @returns its id, a quantity. */
  create(kind: FilterKind): Hex {
    this.#expire();
    const id = quantityFromBigInt(BigInt(hex(this.#chain.options.randomBytes(16))));
    this.#filters.set(id, { kind, pending: [], lastUsedMs: this.#now(), cursor: this.#cursor() });
    return id;
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
    if (kind.type === 'logs') return queryLogs(this.#chain, kind.filter);
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
    return [...this.#kept, ...open];
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
