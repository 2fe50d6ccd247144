import { createNode, type MinichainNode } from '@minichain/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJsonRpc, type JsonRpc } from '../support/jsonRpc.ts';
import { LEFT_OUT, OUTSTANDING, PEERS } from '../support/peerMethods.ts';

/** What Hardhat, Ganache and Tevm get wrong, or what only one of them has, by the numbers of the list. */

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const BOB = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const CODE_AT = '0x00000000000000000000000000000000000e0001';
/** Reverts with its input. */
const REVERTS = '0x365f5f37365ffd';
const PANIC_11 = `0x4e487b71${'11'.padStart(64, '0')}`;
const REASON =
  '0x08c379a0000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000026e6f000000000000000000000000000000000000000000000000000000000000';

let node: MinichainNode;
let rpc: JsonRpc;
beforeEach(async () => {
  node = await createNode({ server: { port: 0 } });
  rpc = createJsonRpc(node.server?.url as string);
});
afterEach(async () => {
  rpc.close();
  await node.close();
});

const transfer = (fields: object = {}) => ({ from: ALICE, to: BOB, value: '0x1', ...fields });
const errorOf = async (method: string, params: unknown[]) => (await rpc.send(method, params)).error;
const block = (ref: string) => rpc.call<Record<string, string>>('eth_getBlockByNumber', [ref, false]);
const postJson = async (body: unknown) => {
  const { status, text } = await rpc.post(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, text, json: text === '' ? undefined : JSON.parse(text) };
};

it("A2: every method of Hardhat 2 and 3 and of Ganache is answered; others are unknown in geth's words", async () => {
  const leftOut = [...Object.values(LEFT_OUT).flat(), ...OUTSTANDING];
  const wanted = [...PEERS['Hardhat 2'], ...PEERS['Hardhat 3'], ...PEERS.Ganache].filter(
    (name) => !leftOut.includes(name),
  );
  for (const name of new Set(wanted)) {
    // With one thing too many, so that none of them does anything.
    expect((await errorOf(name, new Array(20).fill(0)))?.code, name).toBe(-32602);
  }
  expect(await errorOf('eth_x', [])).toEqual({
    code: -32601,
    message: expect.stringMatching(/^the method eth_x does not exist\/is not available/),
  });
});

it('A3: a revert has code 3, its reason in the message, and hex alone in data', async () => {
  await rpc.call('hardhat_setCode', [CODE_AT, REVERTS]);
  for (const [data, message] of [
    [REASON, 'execution reverted: no'],
    [PANIC_11, 'execution reverted: panic: arithmetic underflow or overflow (0x11)'],
    ['0x', 'execution reverted'],
    ['0xdeadbeef', 'execution reverted'],
  ]) {
    for (const method of ['eth_call', 'eth_estimateGas', 'eth_sendTransaction']) {
      expect(await errorOf(method, [{ from: ALICE, to: CODE_AT, data }])).toEqual({
        code: 3,
        message: expect.stringContaining(message as string),
        data,
      });
    }
  }
});

it('A4: no failure that happens again has a code that clients retry, or shows a stack', async () => {
  const failures: [string, unknown[]][] = [
    ['eth_getBalance', []],
    ['eth_getBalance', [ALICE, 'foo']],
    ['eth_getBalance', [ALICE, '0xffff']],
    ['eth_sendTransaction', [transfer({ gas: '0x1' })]],
    ['eth_sendTransaction', [transfer({ nonce: '0x0', maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x0' })]],
    ['eth_sendTransaction', [transfer({ from: CODE_AT })]],
    ['eth_sendRawTransaction', ['0x02c0']],
    ['eth_fooBar', []],
    ['eth_call', [{ to: ALICE, data: '0x1' }]],
    ['debug_traceTransaction', [`0x${'12'.repeat(32)}`]],
    ['hardhat_setStorageAt', [ALICE, '0x0', '0x1']],
  ];
  for (const [method, params] of failures) {
    const error = await errorOf(method, params);
    expect(error?.code, method).toBeTypeOf('number');
    expect([-32603, -32005, -1], `${method}: ${error?.message}`).not.toContain(error?.code);
    expect(JSON.stringify(error)).not.toMatch(/\bat .*\.(ts|js):\d+|node_modules|\/packages\//);
  }
});

it('A6: JSON-RPC 2.0 to the letter', async () => {
  const one = (id: unknown, method = 'eth_chainId') => ({ jsonrpc: '2.0', id, method, params: [] });
  const answers = (await postJson([one(0), null, one('two'), { jsonrpc: '2.0', method: 'evm_mine' }, one(null)])).json;
  expect(answers).toMatchObject([
    { id: 0, result: '0x7a69' },
    { id: null, error: { code: -32600 } },
    { id: 'two', result: '0x7a69' },
    { id: null, result: '0x7a69' },
  ]);
  expect(await rpc.call('eth_blockNumber')).toBe('0x1');
  expect((await postJson([])).json).toMatchObject({ error: { code: -32600 } });
  const notified = await postJson({ jsonrpc: '2.0', method: 'evm_mine', params: [] });
  expect([notified.status, notified.text]).toEqual([204, '']);
  expect((await postJson('{bad')).json).toMatchObject({ error: { code: -32700 } });
  const preflight = await fetch(rpc.url, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
  });
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
});

it('A7: wrong parameters are named, with what was expected', async () => {
  expect(await errorOf('eth_getBalance', [ALICE, 'foo'])).toMatchObject({
    code: -32602,
    message: expect.stringMatching(/params\[1\] \(block\).*earliest.*got "foo"/),
  });
  expect(await errorOf('eth_getBalance', ['0x12'])).toMatchObject({
    code: -32602,
    message: expect.stringMatching(/params\[0\] \(address\).*20 bytes/),
  });
});

it('A8: a call takes overrides, both names of its data, and fields of a transaction', async () => {
  const call = { to: CODE_AT, data: '0x', input: '0x', type: '0x2', nonce: '0x63', chainId: '0x7a69', value: '0x0' };
  const { hash } = await block('latest');
  const state = { [CODE_AT]: { code: '0x435f5260205ff3' } };
  const answer = await rpc.call<string>('eth_call', [call, { blockHash: hash }, state, { number: '0x2a' }]);
  expect(BigInt(answer)).toBe(42n);
});

it('A9: proofs have slot keys in any form', async () => {
  await rpc.call('hardhat_setStorageAt', [CODE_AT, '0x0', `0x${'7'.padStart(64, '0')}`]);
  await rpc.call('evm_mine');
  for (const key of ['0x0', '0x00', `0x${'0'.repeat(64)}`]) {
    expect(await rpc.call('eth_getProof', [CODE_AT, [key], 'latest'])).toMatchObject({
      storageProof: [{ value: '0x7' }],
    });
  }
});

it('A10: a million blocks come at once, and those that are read are linked and spaced', async () => {
  await rpc.call('hardhat_mine', ['0x4e20', '0xa']);
  const [first, second] = [await block('0x2710'), await block('0x2711')];
  expect(second['parentHash']).toBe(first['hash']);
  expect(Number(second['timestamp']) - Number(first['timestamp'])).toBe(10);
  const began = performance.now();
  expect(await rpc.call('hardhat_mine', ['0xf4240', '0xa'])).toBe(true);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(Number(await rpc.call<string>('eth_blockNumber'))).toBe(1_020_000);
}, 60_000);

it('A11: snapshot ids grow, also beyond a reset, and outer ones can be gone back to after inner ones', async () => {
  const take = async () => Number(await rpc.call<string>('evm_snapshot'));
  const outer = await take();
  await rpc.call('evm_mine');
  const inner = await take();
  expect(inner).toBeGreaterThan(outer);
  expect(await rpc.call('evm_revert', [`0x${inner.toString(16)}`])).toBe(true);
  expect(await rpc.call('evm_revert', [`0x${outer.toString(16)}`])).toBe(true);
  expect(await rpc.call('eth_blockNumber')).toBe('0x0');
  await rpc.call('hardhat_reset');
  expect(await take()).toBeGreaterThan(inner);
});

it('A12: a nonce gap waits, nothing hangs, and what fills it has all mined', async () => {
  const later = await rpc.call('eth_sendTransaction', [transfer({ nonce: '0x1' })]);
  expect(await rpc.call('eth_getTransactionReceipt', [later])).toBeNull();
  expect(await rpc.call('txpool_status')).toEqual({ pending: '0x0', queued: '0x1' });
  await rpc.call('eth_sendTransaction', [transfer({ nonce: '0x0' })]);
  expect(await rpc.call('eth_getTransactionReceipt', [later])).toMatchObject({ status: '0x1' });
});

it("A12: --strict-nonce refuses a gap as Hardhat does, and one bad transaction is in nobody's way", async () => {
  const strict = await createNode({ server: false, chain: { strictNonce: true } });
  try {
    const ask = (fields: object) =>
      strict.provider.request({ method: 'eth_sendTransaction', params: [transfer(fields)] });
    await expect(ask({ nonce: '0x1' })).rejects.toMatchObject({
      code: -32000,
      message: expect.stringContaining('nonce too high: next nonce 0, tx nonce 1'),
    });
    await ask({});
    await ask({ nonce: '0x1' });
  } finally {
    await strict.close();
  }
  expect(await errorOf('eth_sendTransaction', [transfer({ gas: '0x3b9aca00' })])).toMatchObject({ code: -32000 });
  const next = await rpc.call('eth_sendTransaction', [transfer()]);
  expect(await rpc.call('eth_getTransactionReceipt', [next])).toMatchObject({ status: '0x1' });
});

it('A13: tools recognise the node, and a reset makes it another', async () => {
  expect(await rpc.call<string>('web3_clientVersion')).toMatch(/^(anvil|hardhat)/i);
  const { instanceId } = await rpc.call<{ instanceId: string }>('hardhat_metadata');
  expect(await rpc.call('hardhat_metadata')).toMatchObject({ instanceId, chainId: 31337, latestBlockNumber: 0 });
  expect(await rpc.call('anvil_nodeInfo')).toMatchObject({ environment: { chainId: 31337 } });
  await rpc.call('hardhat_reset');
  expect(await rpc.call('hardhat_metadata')).not.toMatchObject({ instanceId });
});

it("A14: evm_ methods answer as Hardhat's, anvil_ methods as Anvil's", async () => {
  const { timestamp } = await block('latest');
  const next = Number(timestamp) + 100_000;
  const answers: [string, unknown[], unknown][] = [
    ['evm_increaseTime', [10], '10'],
    ['anvil_increaseTime', [10], 20],
    ['evm_setNextBlockTimestamp', [next], String(next)],
    ['anvil_setNextBlockTimestamp', [next], null],
    ['evm_mine', [], '0'],
    ['hardhat_mine', [], true],
    ['anvil_mine', [], null],
    ['evm_setAutomine', [true], true],
    ['anvil_setAutomine', [true], null],
    ['hardhat_setBalance', [BOB, '0x1'], true],
    ['anvil_setBalance', [BOB, '0x1'], null],
    ['hardhat_impersonateAccount', [CODE_AT], true],
    ['anvil_impersonateAccount', [CODE_AT], null],
    ['hardhat_stopImpersonatingAccount', [CODE_AT], true],
    ['anvil_stopImpersonatingAccount', [CODE_AT], null],
    ['anvil_setBlockTimestampInterval', [5], null],
    ['anvil_removeBlockTimestampInterval', [], true],
  ];
  for (const [method, params, answer] of answers) expect(await rpc.call(method, params), method).toEqual(answer);
});

it('A23: intervals are seconds, ranges are milliseconds, and automine goes on beside them', async () => {
  await rpc.call('evm_setIntervalMining', [3600]);
  expect(await rpc.call('anvil_getIntervalMining')).toBe(3600);
  expect(await rpc.call('hardhat_getAutomine')).toBe(true);
  await rpc.call('evm_setIntervalMining', [[10, 20]]);
  await expect.poll(() => rpc.call<string>('eth_blockNumber').then(Number)).toBeGreaterThan(1);
  await rpc.call('evm_setIntervalMining', [0]);
  expect(await rpc.call('anvil_getIntervalMining')).toBeNull();
});

it('A24: fields that a node would have to ignore are errors', async () => {
  const blob = { blobVersionedHashes: [`0x01${'00'.repeat(31)}`], maxFeePerBlobGas: '0x10' };
  expect(await errorOf('eth_sendTransaction', [transfer(blob)])).toMatchObject({ code: -32000 });
  expect(await errorOf('eth_sendTransaction', [transfer({ gasprice: '0x1' })])).toMatchObject({
    code: -32602,
    message: expect.stringContaining('"gasprice"'),
  });
});

it("A25: Ganache's own methods work", async () => {
  expect(await rpc.call('miner_stop')).toBe(true);
  const hash = await rpc.call('eth_sendTransaction', [transfer()]);
  expect(await rpc.call('eth_getTransactionReceipt', [hash])).toBeNull();
  expect(await rpc.call('miner_start')).toBe(true);
  expect(await rpc.call('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x1' });
  const { timestamp, number } = await block('latest');
  const later = Number(timestamp) + 5000;
  await rpc.call('evm_setTime', [(later + 5000) * 1000]);
  await rpc.call('evm_mine', [{ timestamp: later + 10_000, blocks: 3 }]);
  expect(Number((await block('latest'))['number'])).toBe(Number(number) + 3);
  expect(await rpc.call('evm_addAccount', [CODE_AT, 'secret'])).toBe(true);
  expect(await errorOf('eth_sendTransaction', [transfer({ from: CODE_AT, value: '0x0' })])).toMatchObject({
    message: expect.stringContaining('authentication needed'),
  });
  await rpc.call('hardhat_setBalance', [CODE_AT, '0xde0b6b3a7640000']);
  expect(await rpc.call('personal_unlockAccount', [CODE_AT, 'secret'])).toBe(true);
  const own = await rpc.call('eth_sendTransaction', [transfer({ from: CODE_AT })]);
  expect(await rpc.call('eth_getTransactionReceipt', [own])).toMatchObject({ from: CODE_AT, status: '0x1' });
  const made = await rpc.call<string>('personal_newAccount', ['secret']);
  expect(await rpc.call('personal_listAccounts')).toContain(made);
});
