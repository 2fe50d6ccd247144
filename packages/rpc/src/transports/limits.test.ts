import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { BodyTooLarge, readBody } from './limits.ts';

const incoming = (headers: Record<string, string> = {}) =>
  Object.assign(new PassThrough(), { headers }) as unknown as IncomingMessage & PassThrough;

it('reads a body in pieces, characters cut in two among them', async () => {
  const request = incoming();
  const bytes = Buffer.from('{"a":"ü"}');
  const body = readBody(request, 100);
  request.write(bytes.subarray(0, 7));
  request.end(bytes.subarray(7));
  expect(await body).toBe('{"a":"ü"}');
});

it('takes a body of exactly the limit', async () => {
  const request = incoming({ 'content-length': '4' });
  request.end('1234');
  expect(await readBody(request, 4)).toBe('1234');
});

it('refuses a declared length before anything arrives', async () => {
  await expect(readBody(incoming({ 'content-length': '5' }), 4)).rejects.toThrow(BodyTooLarge);
});

it('refuses an undeclared length as soon as it is over, keeps nothing, and reads on', async () => {
  const request = incoming();
  const body = readBody(request, 4);
  request.write('12345');
  await expect(body).rejects.toThrow('over the limit of 4 bytes');
  for (let i = 0; i < 100; i++) request.write(Buffer.alloc(10_000));
  request.end();
  await new Promise((resolve) => request.once('end', resolve));
  expect(request.readableLength).toBe(0);
});

it('ends with the client', async () => {
  const request = incoming();
  const body = readBody(request, 4);
  request.write('12');
  request.destroy();
  await expect(body).rejects.toThrow('the client left');
});
