import type { IncomingMessage } from 'node:http';

/** What a connection may cost. Bytes and milliseconds. */
export interface TransportLimits {
  readonly maxBodyBytes: number;
  /** For a request's head and body to arrive. */
  readonly requestTimeoutMs: number;
  /** What may wait to be sent to a WebSocket that does not read. */
  readonly maxBufferedBytes: number;
}

export const DEFAULT_LIMITS: TransportLimits = {
  maxBodyBytes: 10 * 1024 * 1024,
  requestTimeoutMs: 30_000,
  maxBufferedBytes: 16 * 1024 * 1024,
};

/** A body over the limit. */
export class BodyTooLarge extends RangeError {}

/** @throws BodyTooLarge as soon as it is known. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) throw new BodyTooLarge(`request body of ${declared} bytes; at most ${maxBytes} allowed`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge(`request body is over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const IP_LITERAL = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\])$/;

/** DNS rebinding: a page may only reach us under a name we were told, by IP literal, or as localhost. */
export function isHostAllowed(host: string | undefined, allowed: readonly string[]): boolean {
  if (host === undefined || allowed.includes('*')) return true;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || IP_LITERAL.test(name) || allowed.includes(name);
}
