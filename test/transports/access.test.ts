import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IpcSocketProvider } from 'ethers';
import { afterEach, expect, it } from 'vitest';
import { startMinichain } from '../support/nodeProcess.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'minichain-access-'));
  ends.push(() => rmSync(path, { recursive: true }));
  return path;
}

async function start(...flags: string[]) {
  const node = await startMinichain(flags);
  ends.push(() => node.close());
  return node;
}

const ask = async (url: string, method: string, headers: Record<string, string> = {}): Promise<[number, unknown]> => {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] }),
  });
  return [reply.status, await reply.json()];
};

it('--ipc serves the same chain, with subscriptions, and takes its socket away at the end', async () => {
  const path = join(folder(), 'node.ipc');
  const node = await start('--ipc', path);
  const provider = new IpcSocketProvider(path);
  expect((await provider.getNetwork()).chainId).toBe(31337n);
  const heads: number[] = [];
  await provider.on('block', (number: number) => heads.push(number));
  await ask(node.url, 'evm_mine');
  while (heads.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(heads).toEqual([1]);
  expect(await provider.getBlockNumber()).toBe(1);
  await provider.destroy();
  await node.close();
  expect(existsSync(path)).toBe(false);
});

it('--auth-token-file lets nobody in who does not know it', async () => {
  const file = join(folder(), 'token');
  const secret = '0123456789abcdef'.repeat(4);
  writeFileSync(file, `${secret}\n`);
  const { url } = await start('--auth-token-file', file);
  expect((await ask(url, 'eth_chainId'))[0]).toBe(401);
  expect(await ask(url, 'eth_chainId', { authorization: `Bearer ${secret}` })).toMatchObject([
    200,
    { result: '0x7a69' },
  ]);
});

it('--rpc-namespaces keeps the methods that set things from HTTP, and leaves them to IPC', async () => {
  const path = join(folder(), 'node.ipc');
  const { url } = await start('--ipc', path, '--rpc-namespaces', 'eth,net,web3; ipc=all');
  expect(await ask(url, 'eth_chainId')).toMatchObject([200, { result: '0x7a69' }]);
  expect(await ask(url, 'anvil_mine')).toMatchObject([
    200,
    { error: { code: -32601, message: expect.stringContaining('--rpc-namespaces offers eth, net, web3 here') } },
  ]);
  const socket = connect(path);
  ends.push(() => socket.destroy());
  socket.write('{"jsonrpc":"2.0","id":1,"method":"evm_mine"}');
  expect(String((await once(socket, 'data'))[0])).toContain('"result":"0"');
});

it('--rpc-namespaces refuses a name that nothing has', () => {
  const cli = new URL('../../packages/cli/dist/minichain.js', import.meta.url).pathname;
  const { status, stderr } = spawnSync('node', [cli, 'node', '--port', '0', '--rpc-namespaces', 'eth,nett'], {
    encoding: 'utf8',
  });
  expect(status).not.toBe(0);
  expect(stderr).toContain('--rpc-namespaces: there is no namespace nett; there are');
});

it('rpc.discover tells of the methods that are offered where it is asked', async () => {
  const { url } = await start('--rpc-namespaces', 'http=eth,rpc;ws=all');
  for (const method of ['rpc.discover', 'rpc_discover']) {
    const [, { result }] = (await ask(url, method)) as [
      number,
      { result: { methods: { name: string }[]; info: object } },
    ];
    const namespaces = new Set(result.methods.map(({ name }) => name.split(/[._]/)[0]));
    expect([...namespaces].sort()).toEqual(['eth', 'rpc']);
    expect(result).toMatchObject({ openrpc: '1.3.2', info: { title: 'minichain', version: '0.1.0' } });
  }
});
