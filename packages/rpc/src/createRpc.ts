import type { Chain } from '@minichain/core';
import { quantityFromBigInt } from '@minichain/protocol';
import type { MethodContext } from './context.ts';
import { Dispatcher, type RequestRecord, type RpcLimits } from './dispatcher.ts';
import { type FilterKind, Filters } from './filters.ts';
import { answerText } from './messageText.ts';
import { METHODS } from './registry.ts';
import { type Connection, type SubscriptionKind, Subscriptions } from './subscriptions.ts';
import { Vitals } from './vitals.ts';

export interface RpcOptions {
  readonly chain: Chain;
  /** `web3_clientVersion`. Must begin with `anvil` or `hardhat`, or Hardhat's network helpers refuse the node. */
  readonly clientVersion: string;
  /** What `minichain_status` calls the version. */
  readonly version?: string;
  /** What `minichain_status` tells of the transports' limits, besides {@link Rpc.limits}. */
  readonly transportLimits?: () => Readonly<Record<string, number>>;
  /** Requests in one batch; default 1000. */
  readonly maxBatch?: number;
  /** Before a request runs; its {@link RpcOptions.onRequest} follows when it is done. */
  readonly onRequestStarted?: (method: string) => void;
  readonly onRequest?: (record: RequestRecord) => void;
  /** `requestId` names the message that caused it; in process there is none. */
  readonly onInternalError?: (error: unknown, id: string, requestId?: string) => void;
}

/** How many there are of each kind. */
export interface RpcCounts {
  readonly subscriptions: Readonly<Record<SubscriptionKind['type'], number>>;
  readonly filters: Readonly<Record<FilterKind['type'], number>>;
}

/** The limits that options ask for; what they leave out is the default. */
export const rpcLimits = ({ maxBatch = 1000 }: Pick<RpcOptions, 'maxBatch'>): RpcLimits => ({ maxBatch });

/** JSON-RPC over a chain, without any transport. */
export interface Rpc {
  /**
   * Answers a message as it came over the wire; undefined when nothing is to be sent. Never throws.
   * @param requestId names it in the log.
   */
  answer(text: string, connection?: Connection, requestId?: string): Promise<string | undefined>;
  /** One request, its parameters by position. @throws RpcError. */
  request(method: string, params?: unknown, connection?: Connection): Promise<unknown>;
  readonly methods: readonly string[];
  /** May be changed at any time. */
  readonly limits: RpcLimits;
  /** Gives filters of before a restart what they have missed; before anybody asks. */
  resume(): Promise<void>;
  /** Whether `hardhat_setLoggingEnabled` left the log on. */
  isLoggingEnabled(): boolean;
  health(): Record<string, unknown>;
  readonly vitals: Vitals;
  counts(): RpcCounts;
  /** Ends the connection's subscriptions. */
  disconnected(connection: Connection): void;
}

/** @example const rpc = createRpc({ chain, clientVersion: 'anvil/minichain-v0.1.0' }); await rpc.request('eth_blockNumber') */
export function createRpc(options: RpcOptions): Rpc {
  const { chain } = options;
  const subscriptions = new Subscriptions(chain);
  const filters = new Filters(chain);
  const vitals = new Vitals(chain);
  const limits = rpcLimits(options);
  const methods = [...METHODS.keys()].sort();
  const settings = { logging: true };
  const context: Omit<MethodContext, 'connection' | 'requestId'> = {
    ...{ chain, filters, subscriptions, vitals, settings },
    clientVersion: options.clientVersion,
    version: options.version ?? options.clientVersion,
    limits: () => ({ ...limits, ...options.transportLimits?.() }),
    methodNames: () => methods,
  };
  const dispatcher = new Dispatcher(METHODS, {
    limits,
    storage: chain.storage,
    onRequestStarted: options.onRequestStarted,
    onRequest: options.onRequest,
    onInternalError: options.onInternalError ?? (() => {}),
  });
  return {
    methods,
    limits,
    vitals,
    answer: (text, connection, requestId) =>
      answerText(text, {
        handle: (message) => dispatcher.handle(message, { ...context, connection, requestId }),
        internalError: (where, error) => dispatcher.internalError(where, error, requestId),
      }),
    request: (method, params = [], connection) =>
      dispatcher.request(method, params, { ...context, connection, requestId: undefined }),
    counts: () => ({ subscriptions: subscriptions.counts(), filters: filters.counts() }),
    resume: () => filters.resume(),
    isLoggingEnabled: () => settings.logging,
    health: () => ({ status: 'ok', blockNumber: quantityFromBigInt(chain.chain.head.block.header.number) }),
    disconnected: (connection) => subscriptions.removeAll(connection),
  };
}

export type { RequestRecord };
