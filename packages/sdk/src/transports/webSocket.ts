import { webSocket as viemWebSocket, type WebSocketTransport, type WebSocketTransportConfig } from 'viem';
import { socketClientCache } from 'viem/utils';

/** viem's transport, and an end to it. */
export type ClosableWebSocketTransport = (
  ...config: Parameters<WebSocketTransport>
) => ReturnType<WebSocketTransport> & { readonly value: { close(): Promise<void> } };

/**
 * viem's `webSocket` for a node beside us: no retries, no reconnecting to a node that was stopped, a minute to answer.
 * `client.close()` ends the connection, which clients of the same URL share; without it the process stays alive.
 * @example createClient({ transport: webSocket('ws://127.0.0.1:8545') })
 */
export function webSocket(url: string, config: WebSocketTransportConfig = {}): ClosableWebSocketTransport {
  const transport = viemWebSocket(url, { retryCount: 0, reconnect: false, timeout: 60_000, ...config });
  return (...given) => {
    const made = transport(...given);
    const close = async (): Promise<void> => {
      // Asking for the socket opens one.
      const isOpen = [...socketClientCache.values()].some((client) => client.url === url);
      if (isOpen) (await made.value?.getRpcClient())?.close();
    };
    return { ...made, value: { ...(made.value as NonNullable<typeof made.value>), close } };
  };
}
