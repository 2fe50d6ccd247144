import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(...flags: string[]): Promise<RunningNode> {
  const node = await startMinichain(flags);
  ends.push(() => node.close());
  return node;
}

async function open(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers });
  ends.push(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

async function ask(socket: WebSocket, method: string, params: unknown[] = []): Promise<{ error?: { code: number } }> {
  const answered = once(socket, 'message');
  socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  return JSON.parse(String((await answered)[0]));
}

interface Got {
  readonly reply: IncomingMessage;
  readonly body: Buffer;
  readonly port: number | undefined;
}

/** As `fetch` would, but with the bytes as they came. */
async function post(
  url: string,
  method: string,
  { headers = {}, agent, params = [] }: { headers?: Record<string, string>; agent?: Agent; params?: unknown[] } = {},
): Promise<Got> {
  const outgoing = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(agent === undefined ? {} : { agent }),
  });
  outgoing.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
  const port = outgoing.socket?.localPort;
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return { reply, body: Buffer.concat(chunks), port };
}

it('--compress-above compresses what is larger, for who takes it', async () => {
  const { url } = await start('--compress-above', '1kb');
  const large = {
    params: [`0x${'00'.repeat(20)}`, Array.from({ length: 50 }, (_, i) => `0x${i.toString(16)}`), 'latest'],
  };
  const plain = await post(url, 'eth_getProof', large);
  expect(plain.reply.headers['content-encoding']).toBeUndefined();
  const small = await post(url, 'eth_chainId', { headers: { 'accept-encoding': 'gzip' } });
  expect(small.reply.headers['content-encoding']).toBeUndefined();
  const zipped = await post(url, 'eth_getProof', { ...large, headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.reply.headers['content-encoding']).toBe('gzip');
  expect(zipped.body.length).toBeLessThan(plain.body.length / 2);
  expect(gunzipSync(zipped.body)).toEqual(plain.body);
});

it('one connection serves many requests, until it is told to close', async () => {
  const { url } = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  ends.push(() => agent.destroy());
  const ports: unknown[] = [];
  for (let i = 0; i < 5; i++) {
    const { reply, port } = await post(url, 'eth_chainId', { agent });
    expect(reply.headers).toMatchObject({
      connection: 'keep-alive',
      'keep-alive': expect.stringMatching(/^timeout=\d+$/),
    });
    ports.push(port);
  }
  expect(new Set(ports).size).toBe(1);
  const last = await post(url, 'eth_chainId', { headers: { connection: 'close' } });
  expect(last.reply.headers.connection).toBe('close');
});

it('--max-subscriptions counts those of each connection by itself', async () => {
  const { wsUrl } = await start('--max-subscriptions', '1');
  const [one, other] = [await open(wsUrl), await open(wsUrl)];
  for (const socket of [one, other]) {
    expect(await ask(socket, 'eth_subscribe', ['newHeads'])).toHaveProperty('result');
    expect(await ask(socket, 'eth_subscribe', ['newHeads'])).toMatchObject({ error: { code: -32005 } });
  }
});

it('--auth-token-file takes a JWT as well, over HTTP and for a WebSocket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minichain-token-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const secret = '0123456789abcdef'.repeat(4);
  writeFileSync(join(folder, 'token'), secret);
  const { url, wsUrl } = await start('--auth-token-file', join(folder, 'token'));
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = (iat: number): string => {
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iat })}`;
    return `Bearer ${signed}.${createHmac('sha256', Buffer.from(secret, 'hex')).update(signed).digest('base64url')}`;
  };
  const now = Math.floor(Date.now() / 1000);
  const fresh = { authorization: jwt(now) };
  expect((await post(url, 'eth_chainId', { headers: fresh })).reply.statusCode).toBe(200);
  expect((await post(url, 'eth_chainId', { headers: { authorization: jwt(now - 3600) } })).reply.statusCode).toBe(401);
  expect(await ask(await open(wsUrl, fresh), 'eth_chainId')).toMatchObject({ result: '0x7a69' });
  const stranger = new WebSocket(wsUrl);
  const [error] = (await once(stranger, 'error')) as [Error];
  expect(error.message).toContain('401');
});

it('--rpc-namespaces offers each transport its own', async () => {
  const { url, wsUrl } = await start('--rpc-namespaces', 'http=eth,anvil;ws=eth');
  const mine = async (): Promise<unknown> => JSON.parse(String((await post(url, 'anvil_mine')).body));
  expect(await mine()).toMatchObject({ result: null });
  const socket = await open(wsUrl);
  expect(await ask(socket, 'eth_blockNumber')).toMatchObject({ result: '0x1' });
  expect(await ask(socket, 'anvil_mine')).toMatchObject({ error: { code: -32601 } });
});
