import type { IncomingMessage } from 'node:http';

/** What a connection may cost. Bytes and milliseconds. */
export interface TransportLimits {
  readonly maxBodyBytes: number;
  /** For a request's head and body to arrive. */
  readonly requestTimeoutMs: number;
  /** What may wait to be sent to a WebSocket that does not read. */
  readonly maxBufferedBytes: number;
  /** Requests a second of each client address; 0 is none. */
  readonly rateLimit: number;
}

export const DEFAULT_LIMITS: TransportLimits = {
  maxBodyBytes: 10 * 1024 * 1024,
  requestTimeoutMs: 30_000,
  maxBufferedBytes: 16 * 1024 * 1024,
  rateLimit: 0,
};

/** A body over the limit. */
export class BodyTooLarge extends RangeError {}

/** @throws BodyTooLarge as soon as it is known; another error when the client leaves. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => {
      request.removeAllListeners('data');
      // What still comes is read and forgotten: a client that is cut off while it sends never sees our answer.
      request.resume();
      reject(new BodyTooLarge(`request body is over the limit of ${maxBytes} bytes; the node's --max-body sets it`));
    };
    request.once('error', reject);
    request.once('close', () => reject(new Error('the client left')));
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      tooLarge();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) tooLarge();
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
