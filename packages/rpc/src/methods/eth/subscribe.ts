import { hexFromBytes, RPC_CODES, RpcError } from '@minichain/protocol';
import { anything, type Codec, CodecError, decodeAt, isRecord, list, mismatch } from '../../codecs/codec.ts';
import { logFilter } from '../../codecs/filter.ts';
import { boolean, hash, text } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import type { Connection, SubscriptionKind } from '../../subscriptions.ts';

const KINDS = ['newHeads', 'logs', 'newPendingTransactions', 'transactionReceipts', 'syncing'] as const;
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

/** As geth: only receipts of these transactions. Left out or empty: of all. */
function hashesOf(options: unknown, place: string): { hashes?: ReadonlySet<string> } {
  if (options === undefined || options === null) return {};
  if (!isRecord(options)) throw new CodecError('expected an object with transactionHashes, or nothing', place);
  const { transactionHashes: given } = options;
  const hashes = given == null ? [] : decodeAt(list(hash), given, `${place}.transactionHashes`);
  return hashes.length === 0 ? {} : { hashes: new Set(hashes.map(hexFromBytes)) };
}

/** What the options are depends on the kind. */
function kindOf(type: Kind, options: unknown): SubscriptionKind {
  const place = 'params[1] (options)';
  if (type === 'logs') return { type, filter: decodeAt(logFilter, options ?? {}, place) };
  if (type === 'newPendingTransactions') return { type, full: decodeAt(boolean, options ?? false, place) };
  if (type === 'transactionReceipts') return { type, ...hashesOf(options, place) };
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
