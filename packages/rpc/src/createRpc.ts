import type { Chain, ChainLimits } from '@minichain/core';
import { quantityFromBigInt } from '@minichain/protocol';
import { Blobs } from './blobs.ts';
import type { MethodContext } from './context.ts';
import { Dispatcher, type Meter, type RequestRecord } from './dispatcher.ts';
import { type FilterKind, Filters } from './filters.ts';
import type { ErrorStyle } from './hardhatErrors.ts';
import { answerText } from './messageText.ts';
import type { Namespaces } from './namespaces.ts';
import { METHODS } from './registry.ts';
import { type RpcLimits, rpcLimits } from './rpcLimits.ts';
import { type Connection, type SubscriptionKind, Subscriptions } from './subscriptions.ts';
import { Vitals } from './vitals.ts';

/** Limits that are left out are the defaults. */
export interface RpcOptions extends Readonly<Partial<RpcLimits>> {
  readonly chain: Chain;
  /** `web3_clientVersion`. Must begin with `anvil` or `hardhat`, or Hardhat's network helpers refuse the node. */
  readonly clientVersion: string;
  /** Whose words errors have; default geth's. */
  readonly errorStyle?: ErrorStyle;
  /** Whether a send is answered with the error and the hash when its transaction was mined at once and failed; default no. */
  readonly throwOnFailure?: boolean;
  /** What `evm_setIntervalMining` counts: seconds, as Anvil (the default), or milliseconds, as Hardhat. */
  readonly intervalUnit?: 'seconds' | 'milliseconds';
  /** What `minichain_status` calls the version. */
  readonly version?: string;
  /** What `minichain_status` tells of the transports' limits, besides {@link Rpc.limits}. */
  readonly transportLimits?: () => Readonly<Record<string, number>>;
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

/** Where a message comes from. */
export interface MessageSource {
  /** Undefined where nothing can be pushed (plain HTTP). */
  readonly connection?: Connection;
  /** Names it in the log. */
  readonly requestId?: string;
  /** May refuse it, by how many requests it holds. */
  readonly meter?: Meter;
  /** What is offered there; left out: everything. */
  readonly namespaces?: Namespaces | undefined;
}

/** JSON-RPC over a chain, without any transport. */
export interface Rpc {
  /** Answers a message as it came over the wire; undefined when nothing is to be sent. Never throws. */
  answer(text: string, source?: MessageSource): Promise<string | undefined>;
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

/** As JSON has them. */
const numbers = ({ callGasCap, ...limits }: ChainLimits) => ({ ...limits, callGasCap: Number(callGasCap) });

/** @example const rpc = createRpc({ chain, clientVersion: 'anvil/minichain-v0.1.0' }); await rpc.request('eth_blockNumber') */
export function createRpc(options: RpcOptions): Rpc {
  const { chain } = options;
  const limits = rpcLimits(options);
  const subscriptions = new Subscriptions(chain, limits);
  const filters = new Filters(chain, limits);
  const blobs = new Blobs(chain);
  const vitals = new Vitals(chain);
  const methods = [...METHODS.keys()].sort();
  const settings = { logging: true };
  const context: Omit<MethodContext, 'connection' | 'requestId' | 'namespaces'> = {
    ...{ chain, filters, blobs, subscriptions, vitals, settings, logLimits: limits },
    clientVersion: options.clientVersion,
    throwOnFailure: options.throwOnFailure === true,
    intervalUnit: options.intervalUnit ?? 'seconds',
    version: options.version ?? options.clientVersion,
    limits: () => ({ ...limits, ...numbers(chain.limits), ...options.transportLimits?.() }),
    methodNames: () => methods,
  };
  const dispatcher = new Dispatcher(METHODS, {
    limits,
    storage: chain.storage,
    errorStyle: options.errorStyle,
    settled: () => chain.chain.settled(),
    onRequestStarted: options.onRequestStarted,
    onRequest: options.onRequest,
    onInternalError: options.onInternalError ?? (() => {}),
  });
  return {
    methods,
    limits,
    vitals,
    answer: (text, { connection, requestId, meter, namespaces } = {}) =>
      answerText(text, {
        handle: (message) => dispatcher.handle(message, { ...context, connection, requestId, namespaces }, meter),
        internalError: (where, error) => dispatcher.internalError(where, error, requestId),
      }),
    request: (method, params = [], connection) =>
      dispatcher.request(method, params, { ...context, connection, requestId: undefined, namespaces: undefined }),
    counts: () => ({ subscriptions: subscriptions.counts(), filters: filters.counts() }),
    resume: () => filters.resume(),
    isLoggingEnabled: () => settings.logging,
    health: () => ({ status: 'ok', blockNumber: quantityFromBigInt(chain.chain.tip.number) }),
    disconnected: (connection) => subscriptions.removeAll(connection),
  };
}

export type { RequestRecord };
