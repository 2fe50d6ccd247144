import type { IncomingMessage, ServerResponse } from 'node:http';
import { RPC_CODES } from '@minichain/protocol';
import { failure, type Meter } from '../dispatcher.ts';
import { type AllowedOrigins, corsHeaders, isHostAllowed, pathOf, preflightHeaders } from './access.ts';
import type { Authorizer } from './authorization.ts';
import { type CompressAbove, gzipped, isCompressed } from './compression.ts';
import { BodyTooLarge, readBody } from './limits.ts';
import type { Page, Pages } from './pages.ts';
import type { PlainReply } from './plainConnection.ts';
import type { PlainHead } from './plainHead.ts';
import { type RateLimiter, tooManyRequests } from './rateLimiter.ts';
import { requestIdFrom } from './requestId.ts';

export interface HttpOptions {
  readonly cors: AllowedOrigins;
  readonly allowedHosts: readonly string[];
  readonly maxBodyBytes: number;
  /** Answers a message; undefined when there is nothing to say. Left out where there is no JSON-RPC. */
  readonly answer?: (text: string, requestId: string, meter: Meter) => Promise<string | undefined>;
  /** Counts JSON-RPC requests by client. */
  readonly rate?: RateLimiter;
  readonly health: () => Record<string, unknown>;
  /** What else can be read by GET. */
  readonly pages?: Pages;
  /** Who may send JSON-RPC; left out: everybody. */
  readonly authorize?: Authorizer | undefined;
  readonly compressAbove?: CompressAbove;
}

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const GZIPPED_JSON = { ...JSON_TYPE, 'content-encoding': 'gzip' };
const TEXT_TYPE = { 'content-type': 'text/plain; charset=utf-8' };
const ABOUT = `This is minichain, an Ethereum development chain.
`;
const ABOUT_RPC = `POST JSON-RPC here, or open a WebSocket on the same address.
`;

const isJson = (type: string | undefined): boolean => /^\s*application\/json\s*(;|$)/i.test(type ?? '');

function refused(status: number, message: string): Reply {
  return { status, headers: JSON_TYPE, body: JSON.stringify(failure(null, RPC_CODES.invalidRequest, message)) };
}

function unauthorized(why: string): Reply {
  const { body } = refused(401, `not authorized: ${why}`);
  return { status: 401, headers: { ...JSON_TYPE, 'www-authenticate': 'Bearer' }, body: body as string };
}

function toldToWait({ perSecond }: RateLimiter, waitMs: number): Reply {
  const body = JSON.stringify(failure(null, RPC_CODES.limitExceeded, tooManyRequests(perSecond, waitMs)));
  return { status: 429, headers: { ...JSON_TYPE, 'retry-after': String(Math.ceil(waitMs / 1000)) }, body };
}

function about({ answer, pages = {} }: HttpOptions): string {
  const paths = ['/health', ...Object.keys(pages)];
  return `${ABOUT}${answer === undefined ? '' : ABOUT_RPC}GET ${paths.join(', ')} tells how it is.\n`;
}

async function replyOf(page: () => Page | Promise<Page>): Promise<Reply> {
  try {
    const { status, contentType, body } = await page();
    return { status, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, body };
  } catch {
    return { status: 500, headers: TEXT_TYPE, body: 'this could not be found out\n' };
  }
}

function get(request: IncomingMessage, options: HttpOptions): Reply | Promise<Reply> {
  const path = pathOf(request);
  if (path === '/') return { status: 200, headers: TEXT_TYPE, body: about(options) };
  if (path === '/health') return { status: 200, headers: JSON_TYPE, body: JSON.stringify(options.health()) };
  const { pages = {} } = options;
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (page !== undefined) return replyOf(page);
  return { status: 404, headers: TEXT_TYPE, body: `nothing at ${path}\n${about(options)}` };
}

async function post(request: IncomingMessage, options: HttpOptions, requestId: string): Promise<Reply> {
  const path = pathOf(request);
  if (options.answer === undefined) return refused(404, 'no JSON-RPC on this port');
  if (path !== '/') return refused(404, `no JSON-RPC at ${path}; post to /`);
  const type = request.headers['content-type'];
  // A page may post other types, or none, to any address without a preflight, and so past what CORS allows.
  if (!isJson(type)) return refused(415, `content type must be application/json, got ${type ?? 'none'}`);
  const stranger = options.authorize?.(request.headers.authorization);
  if (stranger !== undefined) return unauthorized(stranger);
  const { rate } = options;
  const address = request.socket.remoteAddress ?? '';
  const waitMs = rate?.take(address) ?? 0;
  if (rate !== undefined && waitMs > 0) return toldToWait(rate, waitMs);
  let text: string;
  try {
    text = await readBody(request, options.maxBodyBytes);
  } catch (error) {
    // Anything else: the client left, and nobody reads this.
    return error instanceof BodyTooLarge ? refused(413, error.message) : { status: 400 };
  }
  return answerText(text, { address, requestId, encodings: request.headers['accept-encoding'] }, options);
}

interface Asker {
  readonly address: string;
  readonly requestId: string;
  /** That it accepts. */
  readonly encodings: string | undefined;
}

/** To a JSON-RPC message that was let in. */
async function answerText(
  text: string,
  { address, requestId, encodings }: Asker,
  { answer, rate, compressAbove }: HttpOptions,
): Promise<Reply> {
  const reply = await answer?.(text, requestId, (requests) => {
    rate?.charge(address, requests - 1);
    return undefined;
  });
  if (reply === undefined) return { status: 204 };
  if (!isCompressed(reply.length, encodings, address, compressAbove))
    return { status: 200, headers: JSON_TYPE, body: reply };
  return { status: 200, headers: GZIPPED_JSON, body: await gzipped(reply) };
}

/** Whether a plain request is one that is answered, by its head. */
export function acceptsPlain({ headers, contentLength }: PlainHead, options: HttpOptions): boolean {
  const isFit = options.answer !== undefined && contentLength <= options.maxBodyBytes;
  if (!isFit || !isJson(headers['content-type']) || !isHostAllowed(headers['host'], options.allowedHosts)) return false;
  return options.authorize?.(headers['authorization']) === undefined;
}

/** Answers a plain request that is accepted, with the same headers as any other. */
export async function answerPlain(
  { headers }: PlainHead,
  text: string,
  address: string,
  options: HttpOptions,
): Promise<PlainReply> {
  const requestId = requestIdFrom(headers);
  const { rate } = options;
  const waitMs = rate?.take(address) ?? 0;
  const isEarly = rate !== undefined && waitMs > 0;
  const asker = { address, requestId, encodings: headers['accept-encoding'] };
  const reply = isEarly ? toldToWait(rate, waitMs) : await answerText(text, asker, options);
  const cors = corsHeaders(headers, options.cors);
  return {
    status: reply.status,
    headers: { ...cors, ...reply.headers, 'x-request-id': requestId },
    body: reply.body ?? '',
  };
}

async function replyTo(request: IncomingMessage, options: HttpOptions, requestId: string): Promise<Reply> {
  if (!isHostAllowed(request.headers.host, options.allowedHosts)) {
    return refused(
      403,
      `host "${request.headers.host}" is not allowed; the node's --allowed-hosts names those that are`,
    );
  }
  switch (request.method) {
    case 'POST':
      return post(request, options, requestId);
    case 'OPTIONS':
      return { status: 204, headers: preflightHeaders(request.headers, options.cors) };
    case 'GET':
    case 'HEAD':
      return get(request, options);
    default: {
      const { body, status } = refused(405, `method ${request.method} not allowed; send JSON-RPC by POST`);
      return { status, headers: { ...JSON_TYPE, allow: 'GET, HEAD, POST, OPTIONS' }, body: body as string };
    }
  }
}

/** Answers one HTTP request: JSON-RPC by POST, CORS preflight, health and other pages; each reply names its request. */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): Promise<void> {
  const requestId = requestIdFrom(request.headers);
  const { status, headers, body = '' } = await replyTo(request, options, requestId);
  if (response.destroyed) return;
  // An unread body is drained, so that the connection stays usable and the client gets to see the answer.
  request.resume();
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  const cors = corsHeaders(request.headers, options.cors);
  response.writeHead(status, { ...cors, ...headers, ...length, 'x-request-id': requestId });
  response.end(body);
}
