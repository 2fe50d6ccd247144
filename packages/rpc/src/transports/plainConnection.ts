import type { Socket } from 'node:net';
import { type PlainHead, readPlainHead } from './plainHead.ts';

export interface PlainReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface PlainHandlers {
  /** Whether a request may be answered here; otherwise node:http answers it, and all that follow. */
  accepts(head: PlainHead): boolean;
  reply(head: PlainHead, text: string, address: string): Promise<PlainReply>;
  /** Takes the socket with what it has not read yet, for good. */
  handOver(socket: Socket): void;
}

const END_OF_HEAD = '\r\n\r\n';
/** A head that is longer is somebody else's matter. */
const MOST_HEAD_BYTES = 8192;
/** What may wait unread behind a request that is under way. */
const MOST_PENDING_BYTES = 1 << 20;
const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 204: 'No Content', 429: 'Too Many Requests' };
const NOTHING = Buffer.alloc(0);

interface PlainRequest {
  readonly head: PlainHead;
  readonly text: string;
  /** Of the whole request. */
  readonly bytes: number;
}

/** Clients send the same head again and again. */
let lastText = '';
let lastHead: PlainHead | undefined;

function headFrom(text: string): PlainHead | undefined {
  if (text !== lastText) {
    lastHead = readPlainHead(text);
    lastText = text;
  }
  return lastHead;
}

let dateOf = 0;
let dateText = '';

/** As node:http tells it: to the second. */
function httpDate(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateOf) {
    dateOf = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}

function headOf({ status, headers, body }: PlainReply, keepAliveMs: number): string {
  let text = `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n`;
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  if (status !== 204) text += `content-length: ${Buffer.byteLength(body)}\r\n`;
  return `${text}Date: ${httpDate()}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${keepAliveMs / 1000}\r\n\r\n`;
}

/** @returns undefined unless the whole of a plain request is there. */
function requestIn(bytes: Buffer, handlers: PlainHandlers): PlainRequest | undefined {
  const end = bytes.indexOf(END_OF_HEAD, 0, 'latin1');
  if (end < 0 || end > MOST_HEAD_BYTES) return undefined;
  const head = headFrom(bytes.toString('latin1', 0, end));
  if (head === undefined) return undefined;
  const start = end + END_OF_HEAD.length;
  const size = start + head.contentLength;
  if (size > bytes.length || !handlers.accepts(head)) return undefined;
  return { head, text: bytes.toString('utf8', start, size), bytes: size };
}

/**
 * One client's connection, read without node:http for as long as it sends plain requests that arrive whole: at half its cost.
 * The first request of any other kind goes to node:http together with the connection.
 */
export class PlainConnection {
  readonly #socket: Socket;
  readonly #handlers: PlainHandlers;
  readonly #keepAliveMs: number;
  #pending: Buffer = NOTHING;
  #isBusy = false;
  #hasEnded = false;
  #hasAnswered = false;

  constructor(socket: Socket, handlers: PlainHandlers, timeouts: { firstMs: number; keepAliveMs: number }) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#keepAliveMs = timeouts.keepAliveMs;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onError);
    socket.on('timeout', this.#onTimeout);
    socket.setTimeout(timeouts.firstMs);
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  end(): void {
    if (this.#isBusy) this.#hasEnded = true;
    else this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    if (!this.#isBusy) this.#next();
    else if (this.#pending.length > MOST_PENDING_BYTES) this.#socket.pause();
  };

  readonly #onEnd = (): void => {
    this.#hasEnded = true;
    if (!this.#isBusy) this.#socket.end();
  };

  readonly #onError = (): void => {
    this.#socket.destroy();
  };

  readonly #onTimeout = (): void => {
    if (this.#isBusy) return;
    // Who has never sent anything is told why, as by node:http.
    if (this.#hasAnswered) this.#socket.destroy();
    else this.#socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  };

  #next(): void {
    if (this.#pending.length === 0) return;
    const request = requestIn(this.#pending, this.#handlers);
    if (request === undefined) {
      this.#leave();
      return;
    }
    this.#pending = request.bytes === this.#pending.length ? NOTHING : this.#pending.subarray(request.bytes);
    this.#isBusy = true;
    void this.#answer(request);
  }

  async #answer({ head, text }: PlainRequest): Promise<void> {
    const socket = this.#socket;
    const reply = await this.#handlers.reply(head, text, socket.remoteAddress ?? '');
    if (socket.destroyed) return;
    const isTaken = this.#write(headOf(reply, this.#keepAliveMs), reply.body);
    if (!isTaken) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
    this.#isBusy = false;
    this.#hasAnswered = true;
    if (this.#hasEnded && this.#pending.length === 0) {
      socket.end();
      return;
    }
    socket.setTimeout(this.#keepAliveMs);
    if (socket.isPaused()) socket.resume();
    this.#next();
  }

  /** @returns whether it went out, or else waits for a client that reads slowly. */
  #write(head: string, body: string | Buffer): boolean {
    const socket = this.#socket;
    if (typeof body === 'string') {
      // Nearly always plain ASCII, which need not be converted.
      return socket.write(head + body, Buffer.byteLength(body) === body.length ? 'latin1' : 'utf8');
    }
    socket.write(head, 'latin1');
    return socket.write(body);
  }

  /** To node:http, with what is not read yet. */
  #leave(): void {
    const socket = this.#socket;
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('error', this.#onError);
    socket.off('timeout', this.#onTimeout);
    socket.setTimeout(0);
    socket.pause();
    socket.unshift(this.#pending);
    this.#pending = NOTHING;
    this.#handlers.handOver(socket);
    socket.resume();
  }
}
