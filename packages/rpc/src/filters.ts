import { randomBytes } from 'node:crypto';
import type { BlockRef, Chain, ExecutedBlock, LocatedLog, PooledTransaction } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, RpcError } from '@minichain/protocol';
import type { LogFilter } from './codecs/filter.ts';
import { logView } from './views/receipt.ts';

interface Filter {
  readonly kind: 'logs' | 'blocks' | 'transactions';
  readonly filter: LogFilter | undefined;
  /** What came since the last poll, as wire values. */
  pending: unknown[];
  lastUsedMs: number;
}

/** As geth's: a filter that nobody polls goes away. */
const IDLE_MS = 5 * 60_000;
/** What a filter that nobody empties may hold. */
const MAX_PENDING = 100_000;

async function heightOf(chain: Chain, ref: BlockRef | undefined, fallback: bigint): Promise<bigint> {
  if (ref === undefined) return fallback;
  if ('number' in ref) return ref.number;
  if ('tag' in ref && ref.tag === 'pending') return chain.chain.head.block.header.number;
  return (await chain.chain.require(ref)).block.header.number;
}

/**
 * Logs that a filter matches now.
 * @throws RpcError when the range runs backwards or the named block is unknown.
 */
export async function queryLogs(chain: Chain, filter: LogFilter): Promise<LocatedLog[]> {
  const { blockHash, from, to, ...match } = filter;
  if (blockHash !== undefined) {
    const block = await chain.chain.get({ hash: blockHash });
    if (block === undefined) throw new RpcError(RPC_CODES.invalidInput, 'unknown block');
    return chain.chain.logsOf(block, match);
  }
  const head = chain.chain.head.block.header.number;
  const [first, last] = [await heightOf(chain, from, head), await heightOf(chain, to, head)];
  if (first > last) {
    throw new RpcError(
      RPC_CODES.invalidInput,
      `invalid block range params: fromBlock ${first} is after toBlock ${last}`,
    );
  }
  return chain.chain.logs({ from: first, to: last, ...match });
}

/** Polling filters: each gathers what happened since its owner last asked. */
export class Filters {
  readonly #chain: Chain;
  readonly #now: () => number;
  readonly #filters = new Map<string, Filter>();

  constructor(chain: Chain, now: () => number = Date.now) {
    this.#chain = chain;
    this.#now = now;
    chain.events.on('headChanged', ({ added, removed }) => {
      for (const block of removed) this.#blockRemoved(block);
      for (const block of added) this.#blockAdded(block);
    });
    chain.events.on('transactionQueued', (pooled) => this.#queued(pooled));
  }

  create(kind: Filter['kind'], filter?: LogFilter): string {
    this.#expire();
    const id = hex(randomBytes(16)).replace(/^0x0+/, '0x') || '0x1';
    this.#filters.set(id, { kind, filter, pending: [], lastUsedMs: this.#now() });
    return id;
  }

  /** @throws RpcError `filter not found`. */
  changes(id: string): unknown[] {
    const filter = this.#require(id);
    const { pending } = filter;
    filter.pending = [];
    return pending;
  }

  /** @throws RpcError `filter not found`, also for one that is not about logs. */
  async logs(id: string): Promise<LocatedLog[]> {
    const { filter } = this.#require(id);
    if (filter === undefined) throw new RpcError(RPC_CODES.invalidInput, 'filter not found: it is not a log filter');
    return queryLogs(this.#chain, filter);
  }

  /** @returns whether it was there. */
  remove(id: string): boolean {
    return this.#filters.delete(id);
  }

  #require(id: string): Filter {
    this.#expire();
    const filter = this.#filters.get(id);
    if (filter === undefined) throw new RpcError(RPC_CODES.invalidInput, 'filter not found');
    filter.lastUsedMs = this.#now();
    return filter;
  }

  #expire(): void {
    const oldest = this.#now() - IDLE_MS;
    for (const [id, filter] of this.#filters) if (filter.lastUsedMs < oldest) this.#filters.delete(id);
  }

  #push(filter: Filter, values: readonly unknown[]): void {
    filter.pending.push(...values);
    if (filter.pending.length > MAX_PENDING) filter.pending.splice(0, filter.pending.length - MAX_PENDING);
  }

  #blockAdded(block: ExecutedBlock): void {
    for (const filter of this.#filters.values()) {
      if (filter.kind === 'blocks') this.#push(filter, [hex(block.hash)]);
      if (filter.kind === 'logs') this.#push(filter, this.#logs(filter, block, false));
    }
  }

  #blockRemoved(block: ExecutedBlock): void {
    for (const filter of this.#filters.values()) {
      if (filter.kind === 'logs') this.#push(filter, this.#logs(filter, block, true).reverse());
    }
  }

  #logs({ filter = {} }: Filter, block: ExecutedBlock, removed: boolean): unknown[] {
    const { number } = block.block.header;
    if (filter.from !== undefined && 'number' in filter.from && number < filter.from.number) return [];
    if (filter.to !== undefined && 'number' in filter.to && number > filter.to.number) return [];
    return this.#chain.chain.logsOf(block, filter).map((log) => logView(log, { removed }));
  }

  #queued(pooled: PooledTransaction): void {
    for (const filter of this.#filters.values()) {
      if (filter.kind === 'transactions') this.#push(filter, [hex(pooled.hash)]);
    }
  }
}
