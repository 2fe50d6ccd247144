import { connect, type Socket } from 'node:net';
import type { Connection } from './connection.ts';
import { BenchError } from './errors.ts';

interface Waiting {
  resolve(body: string): void;
  reject(error: Error): void;
}

const HEAD_END = '\r\n\r\n';

/** The body of a complete reply and where it ends, or undefined while bytes are missing. */
function readReply(buffer: Buffer): { body: string; end: number } | undefined {
  const headEnd = buffer.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = buffer.toString('latin1', 0, headEnd).toLowerCase();
  const start = headEnd + HEAD_END.length;
  if (head.includes('transfer-encoding: chunked')) return readChunks(buffer, start);
  const length = Number(/content-length: *(\d+)/.exec(head)?.[1] ?? 0);
  const end = start + length;
  return buffer.length < end ? undefined : { body: buffer.toString('utf8', start, end), end };
}

function readChunks(buffer: Buffer, start: number): { body: string; end: number } | undefined {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(buffer.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (buffer.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(parts).toString('utf8'), end: next };
    parts.push(buffer.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}

/**
 * One keep-alive connection over a bare socket: one request at a time, next to no work of its own, so that what is measured
 * is the node.
 * @example const connection = await HttpConnection.open('http://127.0.0.1:8545'); await connection.call('eth_chainId', [])
 */
export class HttpConnection implements Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #received: Buffer = Buffer.alloc(0);
  #waiting: Waiting | undefined;
  #nextId = 0;

  constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new BenchError('the node closed the connection')));
  }

  /** @throws the socket's error when nobody listens. */
  static open(url: string): Promise<HttpConnection> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port || 80) });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.removeListener('error', reject);
        resolve(new HttpConnection(socket, host));
      });
    });
  }

  /** Posts JSON text. @returns the reply's body. */
  post(body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(
        `POST / HTTP/1.1\r\nhost: ${this.#host}\r\ncontent-type: application/json\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  /** @throws BenchError with the node's message when it answers an error. */
  async call<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    this.#nextId += 1;
    const text = await this.post(JSON.stringify({ jsonrpc: '2.0', id: this.#nextId, method, params }));
    const reply = JSON.parse(text) as { result?: T; error?: { message: string } };
    if (reply.error !== undefined) throw new BenchError(`${method}: ${reply.error.message}`);
    return reply.result as T;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const reply = readReply(this.#received);
    if (reply === undefined) return;
    this.#received = this.#received.subarray(reply.end);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(reply.body);
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}
