import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { NodeOptions } from './config/nodeOptions.ts';
import { createNode, type MinichainNode } from './createNode.ts';

const open: MinichainNode[] = [];
const start = async (options: NodeOptions): Promise<MinichainNode> => {
  const node = await createNode(options);
  open.push(node);
  return node;
};
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

const TO = '0x00000000000000000000000000000000000000aa';

async function post(url: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return ((await reply.json()) as { result: unknown }).result;
}

describe('createNode', () => {
  it('serves the same chain over its port and its provider', async () => {
    const node = await start({});
    const url = node.server?.url as string;
    await post(url, 'anvil_mine', ['0x2']);
    expect(await node.provider.request({ method: 'eth_blockNumber' })).toBe('0x2');
    await node.provider.request({ method: 'evm_mine' });
    expect(await post(url, 'eth_blockNumber')).toBe('0x3');
  });

  it('opens no port when told so', async () => {
    const node = await start({ server: false });
    expect(node.server).toBeUndefined();
  });

  it('frees its port on close, which may be called any number of times', async () => {
    const node = await start({});
    const port = node.server?.port as number;
    await Promise.all([node.close(), node.close()]);
    await node.close();
    await new Promise<void>((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
    });
  });

  it('ends a request that waits for a receipt when it closes', async () => {
    const node = await start({ server: false, chain: { mining: { type: 'manual' } } });
    const from = node.accounts[0]?.address;
    const waiting = node.provider.request({ method: 'eth_sendTransactionSync', params: [{ from, to: TO }, 600_000] });
    const refused = expect(waiting).rejects.toMatchObject({ code: 4900 });
    const submitted = () => node.chain.pool.ready.length === 1;
    await expect.poll(submitted).toBe(true);
    await node.close();
    await refused;
  });

  it('refuses a write over the wire after close with a code that clients do not retry', async () => {
    const node = await start({ server: false });
    await node.close();
    await expect(node.rpc.request('evm_mine')).rejects.toMatchObject({ code: -32000, message: 'the chain is closed' });
  });

  it('names the port that is in use', async () => {
    const { server } = await start({});
    const { port } = server as { port: number };
    await expect(createNode({ server: { port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('several nodes in one process', () => {
  const ask = (node: MinichainNode, method: string, params: readonly unknown[] = []) =>
    node.provider.request({ method, params });

  it('share no state', async () => {
    const [a, b] = await Promise.all([
      start({ server: false, chain: { chainId: 1n, hardfork: 'cancun' } }),
      start({ server: false, chain: { chainId: 2n, accounts: { balance: 5n * 10n ** 18n } } }),
    ]);
    await ask(a, 'anvil_setChainId', ['0x9']);
    await ask(a, 'anvil_setCode', [TO, '0x00']);
    await ask(a, 'evm_increaseTime', [100_000]);
    await ask(a, 'anvil_impersonateAccount', [TO]);
    await ask(a, 'anvil_setNextBlockBaseFeePerGas', ['0x1']);
    await ask(a, 'evm_setAutomine', [false]);
    await ask(a, 'evm_snapshot');
    const filter = await ask(a, 'eth_newBlockFilter');
    await ask(b, 'evm_mine');

    expect([await ask(a, 'eth_chainId'), await ask(b, 'eth_chainId')]).toEqual(['0x9', '0x2']);
    expect([await ask(a, 'eth_blockNumber'), await ask(b, 'eth_blockNumber')]).toEqual(['0x0', '0x1']);
    expect(await ask(b, 'eth_getCode', [TO])).toBe('0x');
    expect(await ask(b, 'eth_getBalance', [b.accounts[0]?.address])).toBe('0x4563918244f40000');
    expect(await ask(b, 'anvil_getAutomine')).toBe(true);
    expect(await ask(b, 'eth_accounts')).not.toContain(TO);
    expect(await ask(b, 'evm_revert', ['0x1'])).toBe(false);
    await expect(ask(b, 'eth_getFilterChanges', [filter])).rejects.toMatchObject({ code: -32000 });
    const [first, second] = await Promise.all([ask(a, 'hardhat_metadata'), ask(b, 'hardhat_metadata')]);
    expect((first as { instanceId: string }).instanceId).not.toBe((second as { instanceId: string }).instanceId);
    expect(await ask(a, 'anvil_nodeInfo')).toMatchObject({ hardFork: 'cancun' });
    expect(await ask(b, 'anvil_nodeInfo')).not.toMatchObject({ hardFork: 'cancun' });
  });

  it('send at the same time without getting in each other’s way', async () => {
    const nodes = await Promise.all([1n, 2n, 3n].map((chainId) => start({ server: false, chain: { chainId } })));
    await Promise.all(
      nodes.flatMap((node) =>
        Array.from({ length: 10 }, () =>
          ask(node, 'eth_sendTransaction', [{ from: node.accounts[0]?.address, to: TO, value: '0x1' }]),
        ),
      ),
    );
    for (const node of nodes) {
      expect(await ask(node, 'eth_getBalance', [TO])).toBe('0xa');
      expect(await ask(node, 'eth_getTransactionCount', [node.accounts[0]?.address])).toBe('0xa');
    }
  });

  it('outlive each other', async () => {
    const [a, b] = [await start({ server: false }), await start({ server: false })];
    await a.close();
    expect(await ask(b, 'evm_mine')).toBe('0');
  });
});
