import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Chain, createChain } from '@minichain/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRpc, type Rpc } from '../createRpc.ts';
import { type IpcOptions, type IpcServer, startIpc } from './ipc.ts';

let folder: string;
let chain: Chain;
let rpc: Rpc;
const servers: IpcServer[] = [];
const sockets: Socket[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-ipc-'));
  chain = await createChain();
  rpc = createRpc({ chain, clientVersion: 'anvil/test' });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.close();
  await chain.close();
  rmSync(folder, { recursive: true });
});

const place = (): string => join(folder, 'node.ipc');

async function start(options: IpcOptions = {}): Promise<IpcServer> {
  const server = await startIpc(rpc, place(), options);
  servers.push(server);
  return server;
}

/** A client, and the lines it is sent. */
async function open() {
  const socket = connect(place());
  sockets.push(socket);
  await once(socket, 'connect');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const lines = async (count: number): Promise<Record<string, unknown>[]> => {
    while (text.split('\n').length <= count && !socket.destroyed)
      await new Promise((resolve) => setTimeout(resolve, 1));
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  return { socket, lines };
}

const request = (id: number, method: string, params: unknown = []): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });
const faultOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error) => error,
  );

it('answers requests in their order, a line each, with or without anything between them', async () => {
  await start();
  const { socket, lines } = await open();
  socket.write(`${request(1, 'eth_chainId')}${request(2, 'net_version')}\n`);
  socket.write(request(3, 'eth_blockNumber').slice(0, 20));
  socket.write(`${request(3, 'eth_blockNumber').slice(20)} [${request(4, 'eth_chainId')}]`);
  expect(await lines(4)).toEqual([
    { jsonrpc: '2.0', id: 1, result: '0x7a69' },
    { jsonrpc: '2.0', id: 2, result: '31337' },
    { jsonrpc: '2.0', id: 3, result: '0x0' },
    [{ jsonrpc: '2.0', id: 4, result: '0x7a69' }],
  ]);
});

it('goes on after what is no JSON', async () => {
  await start();
  const { socket, lines } = await open();
  socket.write(`nonsense\n{"a":,}${request(1, 'eth_chainId')}`);
  const [first, second, third] = await lines(3);
  expect(first).toMatchObject({ id: null, error: { code: -32700 } });
  expect(second).toMatchObject({ id: null, error: { code: -32700 } });
  expect(third).toMatchObject({ id: 1, result: '0x7a69' });
});

it('sends notifications after the reply that subscribes, and forgets who has left', async () => {
  const server = await start();
  const { socket, lines } = await open();
  socket.write(request(1, 'eth_subscribe', ['newHeads']) + request(2, 'evm_mine'));
  const [subscribed, , head] = (await lines(3)).sort((a, b) => Number('method' in a) - Number('method' in b));
  expect(head).toMatchObject({ params: { subscription: subscribed?.['result'], result: { number: '0x1' } } });
  expect(server.connections).toBe(1);
  socket.destroy();
  while (rpc.counts().subscriptions.newHeads > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(server.connections).toBe(0);
});

it('tells who sends too much, and ends the connection', async () => {
  await start({ maxBodyBytes: 100 });
  const { socket, lines } = await open();
  socket.write(`{"a":"${'x'.repeat(200)}`);
  expect(await lines(1)).toMatchObject([
    { error: { message: expect.stringContaining('over the limit of 100 bytes') } },
  ]);
  if (!socket.destroyed) await once(socket, 'close');
});

it('offers what it is told to', async () => {
  await start({ namespaces: new Set(['eth', 'rpc']) });
  const { socket, lines } = await open();
  socket.write(request(1, 'evm_mine') + request(2, 'rpc_modules') + request(3, 'eth_blockNumbr'));
  expect(await lines(3)).toMatchObject([
    { error: { code: -32601, message: expect.stringContaining("the node's --rpc-namespaces offers eth, rpc here") } },
    { result: { eth: '1.0', rpc: '1.0' } },
    { error: { code: -32601, message: expect.stringContaining('did you mean eth_blockNumber?') } },
  ]);
});

it.skipIf(process.platform === 'win32')('is for its user alone, and leaves nothing behind', async () => {
  const server = await start();
  expect(statSync(place()).mode & 0o777).toBe(0o600);
  await server.close();
  expect(existsSync(place())).toBe(false);
});

it.skipIf(process.platform === 'win32')('takes the place of a socket that nobody serves', async () => {
  // As a process that was killed leaves it: the path is there, and nobody listens.
  const dead = createServer().listen(place());
  await once(dead, 'listening');
  const moved = `${place()}.moved`;
  const { renameSync } = await import('node:fs');
  renameSync(place(), moved);
  await new Promise((resolve) => dead.close(resolve));
  renameSync(moved, place());
  await start();
  const { socket, lines } = await open();
  socket.write(request(1, 'eth_chainId'));
  expect(await lines(1)).toMatchObject([{ result: '0x7a69' }]);
});

it('does not take the place of another node, nor of a file', async () => {
  await start();
  expect(await faultOf(startIpc(rpc, place()))).toMatchObject({
    code: 'EADDRINUSE',
    message: expect.stringContaining('another process does'),
  });
  const file = join(folder, 'file');
  writeFileSync(file, 'precious');
  expect(await faultOf(startIpc(rpc, file))).toMatchObject({
    code: 'EEXIST',
    message: expect.stringContaining('no socket'),
  });
  expect(statSync(file).size).toBe(8);
});
