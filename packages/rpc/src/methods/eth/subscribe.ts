import { RPC_CODES, RpcError } from '@minichain/protocol';
import { anything, type Codec, decodeAt, mismatch } from '../../codecs/codec.ts';
import { logFilter } from '../../codecs/filter.ts';
import { boolean, text } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import type { Connection, SubscriptionKind } from '../../subscriptions.ts';

const KINDS = ['newHeads', 'logs', 'newPendingTransactions', 'syncing'] as const;
type Kind = (typeof KINDS)[number];

const kind: Codec<Kind, Kind> = {
  expected: `a kind of subscription, one of ${KINDS.join(', ')}`,
  decode: (value) => {
    if (KINDS.includes(value as Kind)) return value as Kind;
    throw mismatch(kind.expected, value);
  },
};

function connectionOf(context: MethodContext): Connection {
  if (context.connection !== undefined) return context.connection;
  throw new RpcError(RPC_CODES.methodNotFound, 'notifications not supported: subscribe over WebSocket');
}

/** What the options are depends on the kind. */
function kindOf(type: Kind, options: unknown): SubscriptionKind {
  const place = 'params[1] (options)';
  if (type === 'logs') return { type, filter: decodeAt(logFilter, options ?? {}, place) };
  if (type === 'newPendingTransactions') return { type, full: decodeAt(boolean, options ?? false, place) };
  return { type };
}

/** Push subscriptions, over WebSocket and in process. */
export const subscribe = {
  eth_subscribe: method({
    params: [required('kind', kind), optional('options', anything)],
    run: (c, type, options) => c.subscriptions.add(connectionOf(c), kindOf(type, options)),
    result: (id) => id,
  }),
  eth_unsubscribe: method({
    params: [required('subscription', text)],
    run: (c, id) => {
      if (c.subscriptions.remove(connectionOf(c), id)) return true;
      throw new RpcError(RPC_CODES.invalidInput, 'subscription not found');
    },
    result: (removed) => removed,
  }),
} satisfies Partial<Serve>;
