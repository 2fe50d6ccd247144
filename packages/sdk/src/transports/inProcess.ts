import { createTransport, type Hash, type Transport } from 'viem';

interface SubscriptionMessage {
  readonly type: string;
  readonly data: unknown;
}

/** An EIP-1193 provider. Subscriptions need `on` and `removeListener`. */
export interface Eip1193Provider {
  // biome-ignore lint/suspicious/noExplicitAny: what a method takes and gives is for the method to say
  request(args: any): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: providers type their events each in their own way
  on?(event: 'message', listener: (message: any) => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  removeListener?(event: 'message', listener: (message: any) => void): unknown;
}

/** What viem's watching actions ask of a transport that can push. */
export interface SubscribeParameters {
  readonly params: readonly unknown[];
  readonly onData: (data: { readonly subscription: Hash; readonly result: never }) => void;
  readonly onError?: (error: unknown) => void;
}

export interface Subscription {
  readonly subscriptionId: Hash;
  unsubscribe(): Promise<unknown>;
}

/** `ipc` is how viem tells that a transport pushes; its watching actions then subscribe instead of polling. */
export type InProcessTransport = Transport<
  'ipc',
  { readonly provider: Eip1193Provider; subscribe(parameters: SubscribeParameters): Promise<Subscription> }
>;

const isSubscription = (data: unknown): data is { subscription: Hash; result: never } =>
  typeof data === 'object' && data !== null && 'subscription' in data;

async function subscribe(provider: Eip1193Provider, { params, onData, onError }: SubscribeParameters) {
  let id: Hash | undefined;
  const early: { subscription: Hash; result: never }[] = [];
  const listener = ({ type, data }: SubscriptionMessage): void => {
    if (type !== 'eth_subscription' || !isSubscription(data)) return;
    // A provider may push before its answer with the id has come back.
    if (id === undefined) early.push(data);
    else if (data.subscription === id) onData(data);
  };
  provider.on?.('message', listener);
  try {
    id = (await provider.request({ method: 'eth_subscribe', params })) as Hash;
  } catch (error) {
    provider.removeListener?.('message', listener);
    onError?.(error);
    throw error;
  }
  const subscriptionId = id;
  for (const data of early) if (data.subscription === subscriptionId) onData(data);
  return {
    subscriptionId,
    unsubscribe: () => {
      provider.removeListener?.('message', listener);
      return provider.request({ method: 'eth_unsubscribe', params: [subscriptionId] });
    },
  };
}

/**
 * Talks to an EIP-1193 provider, such as a node in this process. Unlike viem's `custom` it pushes: `watchBlocks` and
 * `watchEvent` hear of a block when it is made.
 * @example
 * const node = await createNode({ server: false });
 * const client = createClient({ provider: node.provider });
 */
export function inProcess(provider: Eip1193Provider): InProcessTransport {
  return () =>
    createTransport(
      {
        key: 'inProcess',
        name: 'In-process provider',
        request: (args) => provider.request(args),
        retryCount: 0,
        type: 'ipc',
      },
      { provider, subscribe: (parameters: SubscribeParameters) => subscribe(provider, parameters) },
    );
}
