import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a client may choose: printable, on one line, and short enough for a log. */
const SANE = /^[\w.:+/=-]{1,128}$/;

/** Tells the requests of this process from those of any other. */
const OWN = randomBytes(4).toString('hex');
let requests = 0;

/**
 * The id under which a request is logged: the client's `X-Request-Id` when it is sane, else a new one.
 * @example requestIdFrom({ 'x-request-id': 'checkout-17' }) // 'checkout-17'
 */
export function requestIdFrom(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : `${OWN}-${++requests}`;
}
