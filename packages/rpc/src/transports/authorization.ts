import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A JWT is good for so many seconds around its `iat` (Engine API, authentication). */
const JWT_SECONDS = 60;
const JWT_SECRET = /^(0x)?[0-9a-fA-F]{64}$/;

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
/** In a time that says nothing of where they differ. */
const isSame = (a: string | Buffer, b: string | Buffer): boolean => timingSafeEqual(digest(a), digest(b));

function jsonOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** @returns why it is refused; undefined for a JWT that is good now. */
function jwtFault(token: string, secret: Buffer, nowSeconds: number): string | undefined {
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || jsonOf(header)?.['alg'] !== 'HS256')
    return 'the token is neither the one of the file nor a JWT by HS256';
  const wanted = createHmac('sha256', secret).update(`${header}.${claims}`).digest();
  if (!isSame(wanted, Buffer.from(signature, 'base64url'))) return 'the JWT is not signed with the secret of the file';
  const { iat, exp } = jsonOf(claims) ?? {};
  if (typeof iat !== 'number') return 'the JWT has no iat (seconds)';
  if (Math.abs(nowSeconds - iat) > JWT_SECONDS) return `the JWT's iat is more than ${JWT_SECONDS} seconds from now`;
  return typeof exp === 'number' && nowSeconds > exp ? 'the JWT has expired' : undefined;
}

/** @returns why a request with this `Authorization` header is refused; undefined when it may pass. */
export type Authorizer = (header: string | undefined) => string | undefined;

/**
 * Who knows the secret may pass: it is sent as it is (`Authorization: Bearer …`), or, where it is 32 bytes in hex as geth's
 * `jwtsecret` is, a JWT signed with it (HS256, `iat` within a minute).
 * @example authorizer(secret)('Bearer wrong') // 'the token is neither …'
 */
export function authorizer(secret: string, now: () => number = Date.now): Authorizer {
  const key = JWT_SECRET.test(secret) ? Buffer.from(secret.replace(/^0x/, ''), 'hex') : undefined;
  return (header) => {
    const token = /^Bearer +(\S+)\s*$/i.exec(header ?? '')?.[1];
    if (token === undefined)
      return 'send the header "Authorization: Bearer" with the token of the node\'s --auth-token-file';
    if (isSame(token, secret)) return undefined;
    return key === undefined ? 'the token is not the one of the file' : jwtFault(token, key, now() / 1000);
  };
}
