import type { Client } from 'viem';

/** A request for a method that viem has no types for. @throws viem's RPC errors. */
export function rawRequest(client: Client, method: string, params: readonly unknown[] = []): Promise<unknown> {
  return (client.request as (args: { method: string; params: readonly unknown[] }) => Promise<unknown>)({
    method,
    params,
  });
}
