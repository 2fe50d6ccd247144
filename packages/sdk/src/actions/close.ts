import type { Client } from 'viem';

/**
 * Ends the client's WebSocket, which clients of the same URL share; nothing to do on other transports. A process with an
 * open socket stays alive.
 * @example await client.close()
 */
export async function close(client: Client): Promise<void> {
  await (client.transport as { close?: () => Promise<void> }).close?.();
}
