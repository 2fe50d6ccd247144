import type { IncomingMessage, ServerResponse } from 'node:http';
import { RPC_CODES } from '@minichain/protocol';
import { failure } from '../dispatcher.ts';
import { BodyTooLarge, isHostAllowed, readBody } from './limits.ts';

export interface HttpOptions {
  /** `*`, a list of origins, or none (no CORS headers at all). */
  readonly cors: '*' | readonly string[];
  readonly allowedHosts: readonly string[];
  readonly maxBodyBytes: number;
  /** Answers a parsed message. */
  readonly handle: (message: unknown) => Promise<unknown>;
  readonly health: () => Record<string, unknown>;
}

const JSON_TYPE = { 'content-type': 'application/json' };

function corsHeaders(request: IncomingMessage, cors: HttpOptions['cors']): Record<string, string> {
  const { origin } = request.headers;
  if (cors === '*') return { 'access-control-allow-origin': '*' };
  if (origin === undefined || !cors.includes(origin)) return {};
  return { 'access-control-allow-origin': origin, vary: 'Origin' };
}

function preflight(request: IncomingMessage, response: ServerResponse, cors: HttpOptions['cors']): void {
  response.writeHead(204, {
    ...corsHeaders(request, cors),
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'content-type, authorization, x-requested-with',
    'access-control-max-age': '86400',
    allow: 'GET, POST, OPTIONS',
  });
  response.end();
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function get(request: IncomingMessage, response: ServerResponse, options: HttpOptions): void {
  const headers = corsHeaders(request, options.cors);
  const path = (request.url ?? '/').split('?')[0];
  if (path === '/health') {
    send(response, 200, { ...headers, ...JSON_TYPE }, JSON.stringify(options.health()));
    return;
  }
  const text = 'minichain: send JSON-RPC by POST, open a WebSocket here, or GET /health\n';
  send(response, path === '/' ? 200 : 404, { ...headers, 'content-type': 'text/plain' }, text);
}

const isJson = (type: string | undefined): boolean =>
  type === undefined || /^\s*application\/(json|json-rpc|jsonrequest)\s*(;|$)/i.test(type);

async function post(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  const headers = { ...corsHeaders(request, options.cors), ...JSON_TYPE };
  const reply = (status: number, body: unknown) => send(response, status, headers, JSON.stringify(body));
  if (!isJson(request.headers['content-type'])) {
    reply(415, failure(null, RPC_CODES.invalidRequest, 'content type must be application/json'));
    request.resume();
    return;
  }
  let body: string;
  try {
    body = await readBody(request, options.maxBodyBytes);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) return; // The client left.
    response.setHeader('connection', 'close');
    reply(413, failure(null, RPC_CODES.invalidRequest, error.message));
    request.resume();
    return;
  }
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (error) {
    reply(200, failure(null, RPC_CODES.parse, `parse error: ${(error as Error).message}`));
    return;
  }
  const answer = await options.handle(message);
  if (answer === undefined) send(response, 204, corsHeaders(request, options.cors), '');
  else reply(200, answer);
}

/** Answers one HTTP request: JSON-RPC by POST, CORS preflight, health. */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): Promise<void> {
  if (!isHostAllowed(request.headers.host, options.allowedHosts)) {
    const text = `host "${request.headers.host}" is not allowed; start the node with --allowed-hosts to allow it\n`;
    send(response, 403, { 'content-type': 'text/plain' }, text);
    return;
  }
  switch (request.method) {
    case 'POST':
      return post(request, response, options);
    case 'OPTIONS':
      return preflight(request, response, options.cors);
    case 'GET':
    case 'HEAD':
      return get(request, response, options);
    default:
      send(response, 405, { allow: 'GET, POST, OPTIONS', 'content-type': 'text/plain' }, 'method not allowed\n');
  }
}
