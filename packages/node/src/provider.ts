import { EventEmitter } from 'node:events';
import type { Connection, Rpc } from '@minichain/rpc';

export interface RequestArguments {
  readonly method: string;
  readonly params?: readonly unknown[] | object;
}

/** EIP-1193's event for `eth_subscription`. */
export interface ProviderMessage {
  readonly type: string;
  readonly data: { readonly subscription: string; readonly result: unknown };
}

/**
 * The node as an EIP-1193 provider, without any port. A refused request rejects with `code`, `message` and `data`.
 * @example await provider.request({ method: 'eth_blockNumber' })
 */
export class InProcessProvider extends EventEmitter<{ message: [ProviderMessage]; connect: [{ chainId: string }] }> {
  readonly #rpc: Rpc;
  readonly #connection: Connection = {
    push: ({ params }) => {
      this.emit('message', { type: 'eth_subscription', data: params });
    },
  };

  constructor(rpc: Rpc) {
    super();
    this.setMaxListeners(0);
    this.#rpc = rpc;
  }

  request({ method, params = [] }: RequestArguments): Promise<unknown> {
    const list = Array.isArray(params) ? params : [params];
    return this.#rpc.request(method, list, this.#connection);
  }

  close(): void {
    this.#rpc.disconnected(this.#connection);
    this.removeAllListeners();
  }
}
