import type { Chain } from '@minichain/core';
import { quantityFromBigInt } from '@minichain/protocol';
import type { MethodContext } from './context.ts';
import { Dispatcher, type RequestRecord, type RpcLimits } from './dispatcher.ts';
import { Filters } from './filters.ts';
import { answerText } from './messageText.ts';
import { METHODS } from './registry.ts';
import { type Connection, Subscriptions } from './subscriptions.ts';

export interface RpcOptions {
  readonly chain: Chain;
  /** `web3_clientVersion`. Must begin with `anvil` or `hardhat`, or Hardhat's network helpers refuse the node. */
  readonly clientVersion: string;
  /** Requests in one batch; default 1000. */
  readonly maxBatch?: number;
  /** Before a request runs; its {@link RpcOptions.onRequest} follows when it is done. */
  readonly onRequestStarted?: (method: string) => void;
  readonly onRequest?: (record: RequestRecord) => void;
  readonly onInternalError?: (error: unknown, id: string) => void;
}

/** The limits that options ask for; what they leave out is the default. */
export const rpcLimits = ({ maxBatch = 1000 }: Pick<RpcOptions, 'maxBatch'>): RpcLimits => ({ maxBatch });

/** JSON-RPC over a chain, without any transport. */
export interface Rpc {
  /** Answers a message as it came over the wire; undefined when nothing is to be sent. Never throws. */
  answer(text: string, connection?: Connection): Promise<string | undefined>;
  /** One request, its parameters by position. @throws RpcError. */
  request(method: string, params?: unknown, connection?: Connection): Promise<unknown>;
  readonly methods: readonly string[];
  /** May be changed at any time. */
  readonly limits: RpcLimits;
  /** Whether `hardhat_setLoggingEnabled` left the log on. */
  isLoggingEnabled(): boolean;
  health(): Record<string, unknown>;
  /** Ends the connection's subscriptions. */
  disconnected(connection: Connection): void;
}

/** @example const rpc = createRpc({ chain, clientVersion: 'anvil/minichain-v0.1.0' }); await rpc.request('eth_blockNumber') */
export function createRpc(options: RpcOptions): Rpc {
  const { chain } = options;
  const subscriptions = new Subscriptions(chain);
  const methods = [...METHODS.keys()].sort();
  const settings = { logging: true };
  const context: Omit<MethodContext, 'connection'> = {
    chain,
    filters: new Filters(chain),
    subscriptions,
    clientVersion: options.clientVersion,
    settings,
    methodNames: () => methods,
  };
  const limits = rpcLimits(options);
  const dispatcher = new Dispatcher(METHODS, {
    limits,
    onRequestStarted: options.onRequestStarted,
    onRequest: options.onRequest,
    onInternalError: options.onInternalError ?? (() => {}),
  });
  return {
    methods,
    limits,
    answer: (text, connection) =>
      answerText(text, {
        handle: (message) => dispatcher.handle(message, { ...context, connection }),
        internalError: (where, error) => dispatcher.internalError(where, error),
      }),
    request: (method, params = [], connection) => dispatcher.request(method, params, { ...context, connection }),
    isLoggingEnabled: () => settings.logging,
    health: () => ({ status: 'ok', blockNumber: quantityFromBigInt(chain.chain.head.block.header.number) }),
    disconnected: (connection) => subscriptions.removeAll(connection),
  };
}

export type { RequestRecord };
