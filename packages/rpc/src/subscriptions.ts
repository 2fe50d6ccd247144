import type { Chain, ExecutedBlock } from '@minichain/core';
import { type Hex, hexFromBytes as hex, RPC_CODES, RpcError, type RpcReceipt } from '@minichain/protocol';
import type { LogFilter } from './codecs/filter.ts';
import type { RpcLimits } from './rpcLimits.ts';
import { headerView } from './views/block.ts';
import { logView, receiptView } from './views/receipt.ts';
import { transactionView } from './views/transaction.ts';

/** What an `eth_subscribe` asks for. */
export type SubscriptionKind =
  | { readonly type: 'newHeads' }
  | { readonly type: 'logs'; readonly filter: LogFilter }
  | { readonly type: 'newPendingTransactions'; readonly full: boolean }
  /** Each block's, in one list; only those of some transactions where they are named. */
  | { readonly type: 'transactionReceipts'; readonly hashes?: ReadonlySet<string> }
  | { readonly type: 'syncing' };

/** One client that can be pushed to: a WebSocket, or the in-process provider. */
export interface Connection {
  /** Never blocks; a client that does not read is cut off by its transport. */
  push(notification: SubscriptionMessage): void;
}

export interface SubscriptionMessage {
  readonly jsonrpc: '2.0';
  readonly method: 'eth_subscription';
  readonly params: { readonly subscription: string; readonly result: unknown };
}

interface Subscription {
  readonly connection: Connection;
  readonly kind: SubscriptionKind;
}

/** Push subscriptions of every connection; they see what happened in geth's order: logs before the head that holds them. */
export class Subscriptions {
  readonly #chain: Chain;
  readonly #limits: Readonly<Pick<RpcLimits, 'maxSubscriptions'>>;
  readonly #all = new Map<string, Subscription>();

  constructor(chain: Chain, limits: Readonly<Pick<RpcLimits, 'maxSubscriptions'>>) {
    this.#chain = chain;
    this.#limits = limits;
    chain.events.on('headChanged', ({ added, removed }) => {
      for (const block of removed) this.#logs(block, true);
      for (const block of added) {
        this.#logs(block, false);
        this.#receipts(block);
        this.#newHead(block);
      }
    });
    chain.events.on('transactionQueued', (pooled) => {
      this.#each('newPendingTransactions', (kind) => [kind.full ? transactionView(pooled) : hex(pooled.hash)]);
    });
  }

  /** @returns its id. @throws RpcError when the connection has too many. */
  add(connection: Connection, kind: SubscriptionKind): Hex {
    this.#checkRoom(connection);
    const id = hex(this.#chain.options.randomBytes(16));
    this.#all.set(id, { connection, kind });
    // The chain is never syncing; a subscriber hears so once, after it heard its id.
    if (kind.type === 'syncing') setImmediate(() => this.#send(id, false));
    return id;
  }

  /** @returns whether the connection had it. */
  remove(connection: Connection, id: string): boolean {
    return this.#all.get(id)?.connection === connection && this.#all.delete(id);
  }

  /** Forgets what a closed connection asked for. */
  removeAll(connection: Connection): void {
    for (const [id, subscription] of this.#all) if (subscription.connection === connection) this.#all.delete(id);
  }

  /** How many there are of each kind. */
  counts(): Readonly<Record<SubscriptionKind['type'], number>> {
    const counts = { newHeads: 0, logs: 0, newPendingTransactions: 0, transactionReceipts: 0, syncing: 0 };
    for (const { kind } of this.#all.values()) counts[kind.type]++;
    return counts;
  }

  #checkRoom(connection: Connection): void {
    const { maxSubscriptions: most } = this.#limits;
    let open = 0;
    for (const subscription of this.#all.values()) if (subscription.connection === connection) open++;
    if (open < most) return;
    const advice = "end some (eth_unsubscribe), or raise the node's --max-subscriptions";
    const detail = `too many subscriptions: this connection has ${open}, at most ${most}; ${advice}`;
    throw new RpcError(RPC_CODES.limitExceeded, detail);
  }

  #each<T extends SubscriptionKind['type']>(
    type: T,
    results: (kind: Extract<SubscriptionKind, { type: T }>) => readonly unknown[],
  ): void {
    for (const [id, { kind }] of this.#all) {
      if (kind.type !== type) continue;
      for (const result of results(kind as Extract<SubscriptionKind, { type: T }>)) this.#send(id, result);
    }
  }

  /** Written once, however many listen. */
  #newHead(block: ExecutedBlock): void {
    let head: unknown;
    this.#each('newHeads', () => {
      head ??= headerView(block);
      return [head];
    });
  }

  /** What a subscriber does not wait for is not told, nor is an empty list. */
  #receipts(block: ExecutedBlock): void {
    let all: readonly RpcReceipt[] | undefined;
    this.#each('transactionReceipts', ({ hashes }) => {
      all ??= block.receipts.map((_, index) => receiptView(block, index));
      const wanted = hashes === undefined ? all : all.filter(({ transactionHash }) => hashes.has(transactionHash));
      return wanted.length === 0 ? [] : [wanted];
    });
  }

  #logs(block: ExecutedBlock, removed: boolean): void {
    this.#each('logs', ({ filter }) => {
      const logs = this.#chain.chain.logsOf(block, filter).map((log) => logView(log, { removed }));
      return removed ? logs.reverse() : logs;
    });
  }

  #send(id: string, result: unknown): void {
    this.#all
      .get(id)
      ?.connection.push({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription: id, result } });
  }
}
