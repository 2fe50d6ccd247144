import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Chain, createChain } from '@minichain/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRpc, type Rpc } from './createRpc.ts';

const TO = '0x00000000000000000000000000000000000000aa';
let path: string;
let chain: Chain | undefined;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'minichain-rpc-'));
});
afterEach(async () => {
  await chain?.close();
  chain = undefined;
  rmSync(path, { recursive: true, force: true });
});

/** A node that starts on the directory. */
async function start(): Promise<Rpc> {
  await chain?.close();
  chain = await createChain({ storage: { path: join(path, 'data') }, accounts: { count: 2 } });
  const rpc = createRpc({ chain, clientVersion: 'anvil/test' });
  await rpc.resume();
  return rpc;
}

const send = (rpc: Rpc, fields: object = {}) =>
  rpc.request('eth_sendTransaction', [{ from: chain?.accounts.owned[0]?.address.toString(), to: TO, ...fields }]);
/** As if the process had ended without a word: nothing more is written, and the directory is opened anew. */
const settings = async (rpc: Rpc) => ({
  nextBaseFee: await rpc
    .request('eth_getBlockByNumber', ['pending', false])
    .then((block) => (block as { baseFeePerGas: string }).baseFeePerGas),
  accounts: await rpc.request('eth_accounts'),
  automine: await rpc.request('anvil_getAutomine'),
});

describe('filters', () => {
  it('tell after a restart what happened since they were polled', async () => {
    const first = await start();
    const blocks = await first.request('eth_newBlockFilter');
    const transactions = await first.request('eth_newPendingTransactionFilter');
    await send(first);
    expect(await first.request('eth_getFilterChanges', [blocks])).toHaveLength(1);
    expect(await first.request('eth_getFilterChanges', [transactions])).toHaveLength(1);
    await send(first);
    const mined = chain?.chain.head.hash;
    await first.request('evm_setAutomine', [false]);
    const waiting = await send(first);
    const second = await start();
    expect(await second.request('eth_getFilterChanges', [blocks])).toEqual([
      `0x${Buffer.from(mined ?? []).toString('hex')}`,
    ]);
    expect(await second.request('eth_getFilterChanges', [transactions])).toEqual([waiting]);
    await second.request('evm_mine');
    expect(await second.request('eth_getFilterChanges', [blocks])).toHaveLength(1);
    expect(await second.request('eth_uninstallFilter', [transactions])).toBe(true);
    const third = await start();
    await expect(third.request('eth_getFilterChanges', [transactions])).rejects.toThrow('filter not found');
    expect(await third.request('eth_getFilterChanges', [blocks])).toEqual([]);
  });

  it('tell after a restart the logs that were there before they were made', async () => {
    const first = await start();
    await first.request('anvil_setCode', [TO, '0x60015f5fa1']);
    for (let i = 0; i < 3; i++) await send(first);
    const filter = await first.request('eth_newFilter', [{ address: TO, fromBlock: '0x2' }]);
    const second = await start();
    expect(await second.request('eth_getFilterChanges', [filter])).toHaveLength(2);
    expect(await second.request('eth_getFilterChanges', [filter])).toEqual([]);
  });

  it('tell logs that were taken back while nobody polled', async () => {
    const first = await start();
    await first.request('anvil_setCode', [TO, '0x60015f5fa1']);
    await send(first);
    const filter = await first.request('eth_newFilter', [{ address: TO }]);
    await first.request('evm_setAutomine', [false]);
    await chain?.chain.setHead(chain.chain.genesis.hash);
    const second = await start();
    const changes = (await second.request('eth_getFilterChanges', [filter])) as { removed: boolean }[];
    expect(changes[0]).toMatchObject({ removed: true });
  });
});

describe('what a method has answered', () => {
  it('is written before it answers', async () => {
    const rpc = await start();
    await rpc.request('anvil_impersonateAccount', [TO]);
    await rpc.request('anvil_setNextBlockBaseFeePerGas', ['0x77']);
    await rpc.request('evm_setAutomine', [false]);
    const before = await settings(rpc);
    const { commits } = chain?.storage.stats() ?? { commits: 0 };
    // Nothing is left for the end to write.
    await chain?.storage.saved();
    expect(chain?.storage.stats().commits).toBe(commits);
    expect(await settings(await start())).toEqual(before);
  });
});
