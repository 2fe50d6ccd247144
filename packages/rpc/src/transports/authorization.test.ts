import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authorizer } from './authorization.ts';

const SECRET = '0xaabbccddeeff00112233445566778899aabbccddeeff00112233445566778899';
const NOW = 1_700_000_000;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(claims: unknown, { secret = SECRET, header = { alg: 'HS256', typ: 'JWT' } as unknown } = {}): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  const key = Buffer.from(secret.slice(2), 'hex');
  return `Bearer ${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

const faultOf = (header: string | undefined, secret = SECRET): string | undefined =>
  authorizer(secret, () => NOW * 1000)(header);

describe('a secret that is a token', () => {
  it('lets in who sends it', () => {
    expect(faultOf('Bearer let-me-in-please', 'let-me-in-please')).toBeUndefined();
    expect(faultOf('bearer  let-me-in-please', 'let-me-in-please')).toBeUndefined();
  });

  it.each<[string, string | undefined]>([
    ['no header', undefined],
    ['another scheme', 'Basic let-me-in-please'],
    ['another token', 'Bearer let-me-in-pleasf'],
    ['a part of it', 'Bearer let-me-in'],
    ['a JWT', jwt({ iat: NOW })],
  ])('keeps out %s', (_, header) => expect(faultOf(header, 'let-me-in-please')).toBeTypeOf('string'));
});

describe('a secret of 32 bytes in hex', () => {
  it('lets in who sends it, and who signs a JWT with it', () => {
    expect(faultOf(`Bearer ${SECRET}`)).toBeUndefined();
    for (const iat of [NOW - 60, NOW, NOW + 60]) expect(faultOf(jwt({ iat }))).toBeUndefined();
    expect(faultOf(jwt({ iat: NOW, exp: NOW + 1 }))).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ['an old one', jwt({ iat: NOW - 61 }), 'iat is more than 60 seconds'],
    ['one from the future', jwt({ iat: NOW + 61 }), 'iat is more than 60 seconds'],
    ['one that has expired', jwt({ iat: NOW, exp: NOW - 1 }), 'expired'],
    ['one without a time', jwt({}), 'no iat'],
    ['one by another secret', jwt({ iat: NOW }, { secret: `0x${'11'.repeat(32)}` }), 'not signed with the secret'],
    ['one without a signature', jwt({ iat: NOW }, { header: { alg: 'none' } }), 'HS256'],
    [
      'a claim that was changed',
      `${jwt({ iat: NOW }).replace(/\.[^.]+\./, `.${encoded({ iat: NOW + 1 })}.`)}`,
      'not signed',
    ],
    ['nonsense', 'Bearer a.b.c', 'HS256'],
  ])('keeps out %s', (_, header, why) => expect(faultOf(header)).toContain(why));
});
