/** What the head of a plain request says. */
export interface PlainHead {
  readonly headers: Readonly<Record<string, string>>;
  readonly contentLength: number;
}

const FIRST_LINE = 'POST / HTTP/1.1';
const NAME = /^[A-Za-z0-9-]+$/;
/** A value that node:http would hand on as it is. */
const VALUE = /^[\t\x20-\x7e]*$/;
const LENGTH = /^\d{1,9}$/;
/** With any of these more than the head decides what follows, or how the connection goes on. */
const UNUSUAL = new Set(['transfer-encoding', 'expect', 'upgrade', 'trailer', 'te', 'proxy-connection', 'origin']);

function isUnusual(name: string, value: string): boolean {
  return UNUSUAL.has(name) || (name === 'connection' && value.toLowerCase() !== 'keep-alive');
}

function readHeaders(lines: readonly string[]): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (!NAME.test(name) || !VALUE.test(value) || name in headers || isUnusual(name, value)) return undefined;
    headers[name] = value;
  }
  return headers;
}

/**
 * Reads the head of a request as nearly all clients of a node send it: JSON posted to `/`, its length told, the connection kept.
 * @param text up to the empty line, without it.
 * @returns undefined for any other, which is for node:http to read.
 */
export function readPlainHead(text: string): PlainHead | undefined {
  const [first, ...lines] = text.split('\r\n');
  if (first !== FIRST_LINE) return undefined;
  const headers = readHeaders(lines);
  const length = headers?.['content-length'];
  if (headers === undefined || length === undefined || !LENGTH.test(length)) return undefined;
  return headers['host'] === undefined ? undefined : { headers, contentLength: Number(length) };
}
