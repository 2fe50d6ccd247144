import type { Rpc, RpcServer } from '@minichain/rpc';
import { byLabel, type Family } from './family.ts';

/**
 * Who is connected, and what they wait to be told.
 * @param connections undefined where nothing listens.
 */
export function connectionMetrics(
  { counts }: Pick<Rpc, 'counts'>,
  connections: () => ReturnType<RpcServer['connections']> | undefined,
): Family[] {
  return [
    {
      ...{ name: 'minichain_connections', help: 'open connections by transport', type: 'gauge' },
      collect: async () => {
        const { http, webSocket } = (await connections()) ?? { http: 0, webSocket: 0 };
        return byLabel('transport', Object.entries({ http, websocket: webSocket }));
      },
    },
    {
      ...{ name: 'minichain_subscriptions', help: 'push subscriptions by type', type: 'gauge' },
      collect: () => byLabel('type', Object.entries(counts().subscriptions)),
    },
    {
      ...{ name: 'minichain_filters', help: 'polling filters by type', type: 'gauge' },
      collect: () => byLabel('type', Object.entries(counts().filters)),
    },
  ];
}
