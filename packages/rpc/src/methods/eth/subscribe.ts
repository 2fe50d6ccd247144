import { RPC_CODES, RpcError } from '@minichain/protocol';
import { anything, CodecError, decodeAt } from '../../codecs/codec.ts';
import { logFilter } from '../../codecs/filter.ts';
import { boolean, text } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import type { Connection, SubscriptionKind } from '../../subscriptions.ts';

const KINDS = 'newHeads, logs, newPendingTransactions, syncing';

function connectionOf(context: MethodContext): Connection {
  if (context.connection !== undefined) return context.connection;
  throw new RpcError(RPC_CODES.methodNotFound, 'notifications not supported: subscribe over WebSocket');
}

function kindOf(name: string, extra: unknown): SubscriptionKind {
  switch (name) {
    case 'newHeads':
    case 'syncing':
      return { type: name };
    case 'logs':
      return { type: 'logs', filter: decodeAt(logFilter, extra ?? {}, '') };
    case 'newPendingTransactions':
      return { type: 'newPendingTransactions', full: extra == null ? false : boolean.decode(extra) };
    default:
      throw new CodecError(`no "${name}" subscription; expected one of ${KINDS}`);
  }
}

/** Push subscriptions, over WebSocket and in process. */
export const subscribe = {
  eth_subscribe: method({
    params: [required('kind', text), optional('options', anything)],
    run: (c, name, extra) => {
      const connection = connectionOf(c);
      try {
        return c.subscriptions.add(connection, kindOf(name, extra));
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
        throw new RpcError(RPC_CODES.invalidParams, error.message, undefined, { cause: error });
      }
    },
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
