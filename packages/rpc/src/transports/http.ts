import type { IncomingMessage, ServerResponse } from 'node:http';
import { RPC_CODES } from '@minichain/protocol';
import { failure } from '../dispatcher.ts';
import { type AllowedOrigins, corsHeaders, isHostAllowed, pathOf, preflightHeaders } from './access.ts';
import { BodyTooLarge, readBody } from './limits.ts';

export interface HttpOptions {
  readonly cors: AllowedOrigins;
  readonly allowedHosts: readonly string[];
  readonly maxBodyBytes: number;
  /** Answers a message; undefined when there is nothing to say. */
  readonly answer: (text: string) => Promise<string | undefined>;
  readonly health: () => Record<string, unknown>;
}

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const TEXT_TYPE = { 'content-type': 'text/plain; charset=utf-8' };
const ABOUT = `This is minichain, an Ethereum development chain.
POST JSON-RPC here, or open a WebSocket on the same address.
GET /health tells whether it is well.
`;

const isJson = (type: string | undefined): boolean => /^\s*application\/json\s*(;|$)/i.test(type ?? '');

function refused(status: number, message: string): Reply {
  return { status, headers: JSON_TYPE, body: JSON.stringify(failure(null, RPC_CODES.invalidRequest, message)) };
}

function get(request: IncomingMessage, options: HttpOptions): Reply {
  switch (pathOf(request)) {
    case '/':
      return { status: 200, headers: TEXT_TYPE, body: ABOUT };
    case '/health':
      return { status: 200, headers: JSON_TYPE, body: JSON.stringify(options.health()) };
    default:
      return { status: 404, headers: TEXT_TYPE, body: `nothing at ${pathOf(request)}\n${ABOUT}` };
  }
}

async function post(request: IncomingMessage, options: HttpOptions): Promise<Reply> {
  const path = pathOf(request);
  if (path !== '/') return refused(404, `no JSON-RPC at ${path}; post to /`);
  const type = request.headers['content-type'];
  // A page may post other types, or none, to any address without a preflight, and so past what CORS allows.
  if (!isJson(type)) return refused(415, `content type must be application/json, got ${type ?? 'none'}`);
  let text: string;
  try {
    text = await readBody(request, options.maxBodyBytes);
  } catch (error) {
    // Anything else: the client left, and nobody reads this.
    return error instanceof BodyTooLarge ? refused(413, error.message) : { status: 400 };
  }
  const answer = await options.answer(text);
  return answer === undefined ? { status: 204 } : { status: 200, headers: JSON_TYPE, body: answer };
}

async function replyTo(request: IncomingMessage, options: HttpOptions): Promise<Reply> {
  if (!isHostAllowed(request.headers.host, options.allowedHosts)) {
    return refused(
      403,
      `host "${request.headers.host}" is not allowed; the node's --allowed-hosts names those that are`,
    );
  }
  switch (request.method) {
    case 'POST':
      return post(request, options);
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

/** Answers one HTTP request: JSON-RPC by POST, CORS preflight, health. */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): Promise<void> {
  const { status, headers, body = '' } = await replyTo(request, options);
  if (response.destroyed) return;
  // An unread body is drained, so that the connection stays usable and the client gets to see the answer.
  request.resume();
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...corsHeaders(request.headers, options.cors), ...headers, ...length });
  response.end(body);
}
