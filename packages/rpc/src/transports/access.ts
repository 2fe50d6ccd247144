import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Origins whose pages may use the node: `*` for all, or a list; an empty list for none (no CORS headers at all). */
export type AllowedOrigins = '*' | readonly string[];

const IP_LITERAL = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\])$/;

/** DNS rebinding: a page may only reach us under a name we were told, by IP literal, or as localhost. */
export function isHostAllowed(host: string | undefined, allowed: readonly string[]): boolean {
  if (host === undefined || allowed.includes('*')) return true;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || IP_LITERAL.test(name)) return true;
  return allowed.some((one) => one.toLowerCase() === name);
}

/**
 * Browsers let any page open a WebSocket, whatever CORS says, and leave the check to us. Programs send no `Origin`, or
 * one that names the node itself.
 */
export function isOriginAllowed({ origin, host }: IncomingHttpHeaders, allowed: AllowedOrigins): boolean {
  if (allowed === '*' || origin === undefined || allowed.includes(origin)) return true;
  return host !== undefined && origin.replace(/^https?:\/\//, '') === host;
}

/** What lets a page of an allowed origin read a reply. */
export function corsHeaders({ origin }: IncomingHttpHeaders, allowed: AllowedOrigins): Record<string, string> {
  if (allowed === '*') return { 'access-control-allow-origin': '*' };
  if (allowed.length === 0) return {};
  const varies = { vary: 'Origin' };
  if (origin === undefined || !allowed.includes(origin)) return varies;
  return { ...varies, 'access-control-allow-origin': origin };
}

/** The answer to a preflight: whatever headers a page wants to send, `authorization` among them, it may. */
export function preflightHeaders(headers: IncomingHttpHeaders, allowed: AllowedOrigins): Record<string, string> {
  const cors = corsHeaders(headers, allowed);
  const allow = { allow: 'GET, HEAD, POST, OPTIONS' };
  if (cors['access-control-allow-origin'] === undefined) return { ...cors, ...allow };
  const asked = headers['access-control-request-headers'];
  const isPrivateNetwork = headers['access-control-request-private-network'] === 'true';
  return {
    ...cors,
    ...allow,
    vary: 'Origin, Access-Control-Request-Headers',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': asked ?? 'content-type, authorization',
    // Chromium asks this before a page from the internet may speak to a loopback address.
    ...(isPrivateNetwork ? { 'access-control-allow-private-network': 'true' } : {}),
    'access-control-max-age': '86400',
  };
}

/** Without the query. `POST http://host/path` is legal too. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '') || '/';
}
