import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { BenchError } from './errors.ts';

interface Receipt {
  readonly status: string;
  readonly contractAddress: `0x${string}` | null;
}

const PATIENCE_MS = 10_000;

/**
 * Waits for a receipt. Nodes that mine after they reply are asked again after 1 ms: without the gap the asking would starve
 * them on a small machine.
 */
export async function receiptOf(connection: Connection, hash: string): Promise<Receipt> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const receipt = await connection.call<Receipt | null>('eth_getTransactionReceipt', [hash]);
    if (receipt !== null) {
      if (receipt.status !== '0x1') throw new BenchError(`transaction ${hash} failed`);
      return receipt;
    }
    await delay(1);
  }
  throw new BenchError(`no receipt of ${hash} within ${PATIENCE_MS} ms`);
}

export async function sendRaw(connection: Connection, raw: string): Promise<string> {
  return connection.call<string>('eth_sendRawTransaction', [raw]);
}

export async function nonceOf(connection: Connection, address: string): Promise<number> {
  return Number(await connection.call<string>('eth_getTransactionCount', [address, 'latest']));
}
