import { EventEmitter } from 'node:events';
import type { Chain } from '@minichain/core';
import { quantityFromBigInt, RPC_CODES, RpcError } from '@minichain/protocol';
import type { Connection, Rpc } from '@minichain/rpc';

export interface RequestArguments {
  readonly method: string;
  /** By position, as JSON-RPC sends them. */
  readonly params?: readonly unknown[] | object;
}

/** EIP-1193's event for `eth_subscription`. */
export interface ProviderMessage {
  readonly type: string;
  readonly data: { readonly subscription: string; readonly result: unknown };
}

/** The events of EIP-1193. */
export interface ProviderEvents {
  connect: [{ readonly chainId: string }];
  disconnect: [RpcError];
  chainChanged: [chainId: string];
  accountsChanged: [accounts: readonly string[]];
  message: [ProviderMessage];
}

/** EIP-1193: the provider is disconnected from all chains. */
const DISCONNECTED = 4900;

/**
 * The node as an EIP-1193 provider, without any port. A refused request rejects with an error that has `code`, `message`
 * and `data`, as the same request over HTTP does. Events are told in a turn of their own, so that whoever waits for a
 * request hears its answer first, and a listener that throws does the node no harm. viem's `custom(provider)` asks again
 * three times after a revert, since it does not know code 3; give it `{ retryCount: 0 }`.
 * @example
 * const id = await provider.request({ method: 'eth_subscribe', params: ['newHeads'] });
 * provider.on('message', ({ data }) => data.subscription === id && console.log(data.result));
 */
export class InProcessProvider extends EventEmitter<ProviderEvents> {
  readonly #rpc: Rpc;
  readonly #chain: Chain;
  readonly #connection: Connection = {
    push: ({ params }) => this.#tell('message', { type: 'eth_subscription', data: params }),
  };
  readonly #chainIdChanged = (id: bigint): void => this.#tell('chainChanged', quantityFromBigInt(id));
  readonly #accountsChanged = (accounts: readonly { toString(): string }[]): void =>
    this.#tell('accountsChanged', accounts.map(String));
  #isClosed = false;

  constructor(rpc: Rpc, chain: Chain) {
    super();
    this.setMaxListeners(0);
    this.#rpc = rpc;
    this.#chain = chain;
    chain.events.on('chainIdChanged', this.#chainIdChanged).on('accountsChanged', this.#accountsChanged);
    this.#tell('connect', { chainId: quantityFromBigInt(chain.chainId()) });
  }

  isConnected(): boolean {
    return !this.#isClosed;
  }

  /** @throws RpcError; code 4900 once the node is closed. */
  async request(args: RequestArguments): Promise<unknown> {
    if (typeof args?.method !== 'string') {
      throw new RpcError(RPC_CODES.invalidRequest, 'invalid request: expected { method, params } with a method name');
    }
    if (this.#isClosed) throw this.#disconnected();
    try {
      return await this.#rpc.request(args.method, args.params ?? [], this.#connection);
    } catch (error) {
      throw this.#isClosed ? this.#disconnected(error) : error;
    }
  }

  /** Ends subscriptions; every later request is refused. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#rpc.disconnected(this.#connection);
    this.#chain.events.off('chainIdChanged', this.#chainIdChanged).off('accountsChanged', this.#accountsChanged);
    this.#tell('disconnect', this.#disconnected());
  }

  #disconnected(cause?: unknown): RpcError {
    return new RpcError(DISCONNECTED, 'the node is closed', undefined, cause === undefined ? undefined : { cause });
  }

  #tell<E extends keyof ProviderEvents>(event: E, ...values: ProviderEvents[E]): void {
    setImmediate(() => (this.emit as (event: E, ...values: ProviderEvents[E]) => boolean).call(this, event, ...values));
  }
}
