import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNode } from '@minichain/node';
import { createPublicClient, createWalletClient, custom, http, parseEther } from 'viem';
import { foundry } from 'viem/chains';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCommandLine } from '../support/commandLine.ts';
import { compiledContracts } from '../support/compile.ts';
import { createJsonRpc } from '../support/jsonRpc.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

/** Of the list of `hardhatGanache.test.ts`: what a process prints, keeps, and listens to. */

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const BOB = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-acceptance-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...flags: string[]): Promise<RunningNode> {
  const node = await startMinichain(flags);
  ends.push(() => node.close());
  return node;
}

const send = (node: RunningNode, fields: object = {}): Promise<string> =>
  node.rpc.call('eth_sendTransaction', [{ from: ALICE, to: BOB, value: '0x1', ...fields }]);

it('A17: the log begins with all that tools and people look for, and tells of each transaction', async () => {
  const node = await start('--gas-limit', '31000000', '--hardfork', 'osaka');
  const { output } = node;
  const banner = output();
  for (const words of [
    /^minichain \d/,
    /31337/,
    /osaka/i,
    /31[,_ ]?000[,_ ]?000/,
    /base fee/i,
    /0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/,
    /test test test test test test test test test test test junk/,
    /m\/44'\/60'\/0'\/0/,
    /Listening on 127\.0\.0\.1:\d+\n$/,
  ]) {
    expect(banner).toMatch(words);
  }
  const { Token } = compiledContracts('Token.sol');
  const client = createWalletClient({ account: ALICE, chain: foundry, transport: http(node.url) });
  const reader = createPublicClient({ chain: foundry, transport: http(node.url) });
  const token = { abi: Token?.abi as never, bytecode: Token?.bytecode as `0x${string}` };
  const deployed = await client.deployContract({ ...token, args: ['Token', 'TKN', 1000n] } as never);
  const { contractAddress } = await reader.waitForTransactionReceipt({ hash: deployed });
  const transfer = { abi: token.abi, address: contractAddress as `0x${string}`, functionName: 'transfer' } as const;
  await client.writeContract({ ...transfer, args: [BOB, 3n] } as never);
  await client.writeContract({ ...transfer, args: [BOB, 5000n], gas: 100_000n } as never);
  await expect.poll(output).toMatch(/transfer\(.*5000/s);
  const printed = output().slice(banner.length);
  expect(printed).toMatch(/transfer\(.*3\)/);
  expect(printed).toContain(deployed);
  expect(printed).toMatch(/Error: +execution reverted: balance too low/);
});

it('A17: --quiet prints nothing, --json-logs an object a line', async () => {
  const readyFile = join(folder, 'ready.json');
  for (const [flag, check] of [
    ['--quiet', (text: string) => expect(text).toBe('')],
    [
      '--json-logs',
      (text: string) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
    ],
  ] as const) {
    const command = startCommandLine(['node', '--port', '0', '--ready-file', readyFile, flag], {});
    ends.push(() => command.kill());
    await expect.poll(() => existsSync(readyFile)).toBe(true);
    const rpc = createJsonRpc(JSON.parse(readFileSync(readyFile, 'utf8')).url);
    await rpc.call('eth_sendTransaction', [{ from: ALICE, to: BOB, value: '0x1' }]);
    rpc.close();
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(0);
    check(command.stdout());
  }
});

it('A18: with the genesis time given, two runs make the same blocks', async () => {
  const hashes = async (): Promise<unknown[]> => {
    const node = await start('--timestamp', '1700000000');
    const sent: unknown[] = [];
    for (let i = 1; i <= 3; i++) {
      await node.rpc.call('evm_setNextBlockTimestamp', [1_700_000_000 + i]);
      sent.push(await send(node));
    }
    const blocks = ['0x0', '0x1', '0x2', '0x3'].map((at) => node.rpc.call('eth_getBlockByNumber', [at, true]));
    return [...sent, ...(await Promise.all(blocks))];
  };
  expect(await hashes()).toEqual(await hashes());
});

it('A19: a kill loses at most what came since the state was written; blocks, receipts, nonces and the instance stay', async () => {
  const state = join(folder, 'state.json');
  const first = await start('--state', state, '--state-interval', '1');
  const hash = await send(first);
  const written = () => existsSync(state) && readFileSync(state, 'utf8').includes(hash.slice(2));
  await expect.poll(written).toBe(true);
  process.kill(first.pid, 'SIGKILL');
  await first.close();
  const second = await start('--state', state);
  expect(await second.rpc.call('eth_blockNumber')).toBe('0x1');
  expect(await second.rpc.call('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x1' });
  expect(await second.rpc.call('eth_getTransactionCount', [ALICE, 'latest'])).toBe('0x1');
  // Where every block is written before it is acknowledged, nothing is lost at all, the instance's id included.
  const data = join(folder, 'data');
  const third = await start('--datadir', data);
  const mine = await send(third);
  const before = await third.rpc.call('hardhat_metadata');
  process.kill(third.pid, 'SIGKILL');
  await third.close();
  const fourth = await start('--datadir', data);
  expect(await fourth.rpc.call('hardhat_metadata')).toEqual(before);
  expect(await fourth.rpc.call('eth_getTransactionReceipt', [mine])).toMatchObject({ status: '0x1' });
  expect(await fourth.rpc.call('eth_getTransactionCount', [ALICE, 'latest'])).toBe('0x1');
});

it('A20: nobody but this machine reaches it unless --host says so', async () => {
  const { url, rpc } = await start();
  const { hostname, port } = new URL(url);
  expect(hostname).toBe('127.0.0.1');
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) {
    const socket = createConnection({ host: address, port: Number(port) });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  }
  // A page that had its name point here is told apart by that name.
  const foreign = await fetch(rpc.url, { method: 'POST', body: '{}', headers: { origin: 'http://evil.example' } });
  expect(foreign.status).not.toBe(500);
});

it('A21: it is ready in a moment, tells where by a file, and starts in process as well', async () => {
  const readyFile = join(folder, 'ready.json');
  const command = startCommandLine(['node', '--port', '0', '--ready-file', readyFile], {});
  ends.push(() => command.kill());
  await expect.poll(() => existsSync(readyFile)).toBe(true);
  const { url, pid } = JSON.parse(readFileSync(readyFile, 'utf8'));
  expect(pid).toBe(command.child.pid);
  const rpc = createJsonRpc(url);
  expect(await rpc.call('eth_chainId')).toBe('0x7a69');
  rpc.close();
  const node = await createNode({ server: { port: 0 } });
  ends.push(() => node.close());
  const inProcess = createJsonRpc(node.server?.url as string);
  expect(await inProcess.call('eth_chainId')).toBe('0x7a69');
  inProcess.close();
  expect(await node.provider.request({ method: 'eth_chainId' })).toBe('0x7a69');
});

it('A22: the provider in process is one of EIP-1193, with events, and a transport of viem', async () => {
  const node = await createNode({ server: false });
  ends.push(() => node.close());
  const { provider } = node;
  const transport = custom(provider, { retryCount: 0 });
  const wallet = createWalletClient({ account: ALICE, chain: foundry, transport });
  const reader = createPublicClient({ chain: foundry, transport });
  const heads: unknown[] = [];
  provider.on('message', ({ data }) => heads.push(data.result));
  const changed = once(provider, 'chainChanged');
  await provider.request({ method: 'eth_subscribe', params: ['newHeads'] });
  const hash = await wallet.sendTransaction({ to: BOB, value: parseEther('1') });
  expect(await reader.getTransactionReceipt({ hash })).toMatchObject({ status: 'success', blockNumber: 1n });
  await expect.poll(() => heads).toMatchObject([{ number: '0x1' }]);
  await provider.request({ method: 'anvil_setChainId', params: [5] });
  expect(await changed).toEqual(['0x5']);
  await expect(provider.request({ method: 'eth_nothing' })).rejects.toMatchObject({ code: -32601 });
});
