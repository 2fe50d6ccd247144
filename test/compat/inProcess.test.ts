import { createNode, type MinichainNode } from '@minichain/node';
import { BrowserProvider, type Contract, ContractFactory, type JsonRpcSigner } from 'ethers';
import {
  type Abi,
  type Address,
  type BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createTestClient,
  createWalletClient,
  custom,
  InsufficientFundsError,
  parseEther,
  publicActions,
  RpcRequestError,
} from 'viem';
import { foundry } from 'viem/chains';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EIP1193Provider, type EthExecutionAPI, Web3 } from 'web3';
import { compiledContracts } from '../support/compile.ts';
import { repositoryRoot } from '../support/fixtures.ts';
import { runNode } from '../support/runExample.ts';

const { Token } = compiledContracts('Token.sol') as { Token: { abi: Abi; bytecode: `0x${string}` } };
const TO = '0x00000000000000000000000000000000000000AA';
let node: MinichainNode;
beforeAll(async () => {
  node = await createNode({ server: false });
});
afterAll(() => node.close());

const addressOf = (index: number) => node.accounts[index]?.address as Address;
const thrown = (promise: Promise<unknown>): Promise<BaseError> =>
  promise.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: BaseError) => error,
  );

describe('viem custom(node.provider)', () => {
  // viem asks again for a code it does not know, such as 3: a dev chain gives the same answer.
  const transport = () => custom(node.provider, { retryCount: 0 });
  const wallet = () => createWalletClient({ account: addressOf(0), chain: foundry, transport: transport() });
  const client = () => createPublicClient({ chain: foundry, transport: transport(), pollingInterval: 20 });

  async function deploy(): Promise<Address> {
    const hash = await wallet().deployContract({ ...Token, args: ['Token', 'TKN', 1000n] });
    const { contractAddress } = await client().getTransactionReceipt({ hash });
    return contractAddress as Address;
  }

  it('deploys, writes, reads and sees events', async () => {
    const address = await deploy();
    const hash = await wallet().writeContract({ ...Token, address, functionName: 'transfer', args: [TO, 5n] });
    expect(await client().waitForTransactionReceipt({ hash })).toMatchObject({ status: 'success' });
    expect(await client().readContract({ ...Token, address, functionName: 'balanceOf', args: [TO] })).toBe(5n);
    const events = await client().getContractEvents({ ...Token, address, fromBlock: 0n });
    expect(events).toMatchObject([{ args: { value: 1000n } }, { args: { to: TO, value: 5n } }]);
  });

  it('watches blocks and events', async () => {
    const address = await deploy();
    const blocks: bigint[] = [];
    const values: unknown[] = [];
    const stop = [
      client().watchBlockNumber({ onBlockNumber: (number) => blocks.push(number) }),
      client().watchContractEvent({
        ...Token,
        address,
        onLogs: (logs) => values.push(...logs.map((log) => (log as { args?: { value?: bigint } }).args?.value)),
      }),
    ];
    const before = await client().getBlockNumber({ cacheTime: 0 });
    await expect
      .poll(async () => {
        await wallet().writeContract({ ...Token, address, functionName: 'transfer', args: [TO, 7n] });
        return values.length;
      })
      .toBeGreaterThan(0);
    expect(values[0]).toBe(7n);
    await expect.poll(() => blocks.some((number) => number > before)).toBe(true);
    for (const end of stop) end();
  });

  it('decodes a revert with the contract’s ABI', async () => {
    const address = await deploy();
    const error = await thrown(
      client().simulateContract({ ...Token, address, functionName: 'transferFrom', args: [addressOf(0), TO, 1n] }),
    );
    const revert = error.walk((link) => link instanceof ContractFunctionRevertedError);
    expect(revert).toMatchObject({ data: { errorName: 'InsufficientAllowance' } });
  });

  it('classifies what the node refuses', async () => {
    const error = await thrown(wallet().sendTransaction({ to: TO, value: parseEther('1000000') }));
    expect(error.walk((link) => link instanceof InsufficientFundsError)).not.toBeNull();
    expect(error.walk((link) => link instanceof RpcRequestError)).toBeNull();
  });

  it('sends in parallel and controls the chain', async () => {
    const test = createTestClient({ mode: 'anvil', chain: foundry, transport: transport() }).extend(publicActions);
    const snapshot = await test.snapshot();
    const hashes = await Promise.all(Array.from({ length: 20 }, () => wallet().sendTransaction({ to: TO, value: 1n })));
    const receipts = await Promise.all(hashes.map((hash) => client().getTransactionReceipt({ hash })));
    expect(new Set(receipts.map(({ status }) => status))).toEqual(new Set(['success']));
    expect(await test.getBalance({ address: TO })).toBe(20n);
    await test.revert({ id: snapshot });
    expect(await test.getBalance({ address: TO })).toBe(0n);
  });
});

describe('ethers BrowserProvider(node.provider)', () => {
  let provider: BrowserProvider;
  let signer: JsonRpcSigner;
  let token: Contract;
  beforeAll(async () => {
    provider = new BrowserProvider(node.provider, undefined, { pollingInterval: 20, cacheTimeout: -1 });
    signer = await provider.getSigner(1);
    const deployed = await new ContractFactory(Token.abi as never, Token.bytecode, signer).deploy(
      'Token',
      'TKN',
      1000n,
    );
    token = (await deployed.waitForDeployment()) as unknown as Contract;
  });
  afterAll(() => provider.destroy());

  const method = (name: string) => token.getFunction(name);

  it('sends, reads and sees events', async () => {
    const sent = await method('transfer').send(TO, 5n);
    expect((await sent.wait())?.status).toBe(1);
    expect(await method('balanceOf').staticCall(TO)).toBe(5n);
    const events = await token.queryFilter('Transfer', 0);
    expect(events.map((event) => (event as unknown as { args: { value: bigint } }).args.value)).toEqual([1000n, 5n]);
  });

  it('tells listeners of blocks and contract events', async () => {
    const block = new Promise((resolve) => void provider.once('block', resolve));
    const value = new Promise((resolve) => void token.once('Transfer', (_from, _to, amount) => resolve(amount)));
    // Listeners are there once the provider has its filter.
    await expect
      .poll(async () => {
        await (await method('transfer').send(TO, 3n)).wait();
        return Promise.race([value, Promise.resolve(undefined)]);
      })
      .toBe(3n);
    expect(await block).toBeTypeOf('number');
  });

  it('decodes a revert with the contract’s ABI', async () => {
    await expect(method('transferFrom').staticCall(addressOf(0), TO, 1n)).rejects.toMatchObject({
      code: 'CALL_EXCEPTION',
      revert: {
        name: 'InsufficientAllowance',
        args: [addressOf(1).toLowerCase(), 0n, 1n].map((x) =>
          typeof x === 'string' ? expect.stringMatching(new RegExp(x, 'i')) : x,
        ),
      },
    });
    await expect(method('transfer').send(TO, 10n ** 6n)).rejects.toMatchObject({ reason: 'balance too low' });
  });

  it('classifies what the node refuses', async () => {
    await expect(signer.sendTransaction({ to: TO, value: 10n ** 30n })).rejects.toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
    });
    await expect(provider.send('eth_fooBar', [])).rejects.toMatchObject({ code: 'UNSUPPORTED_OPERATION' });
  });

  it('sends in parallel', async () => {
    const before = await provider.getBalance(TO);
    const sent = await Promise.all(Array.from({ length: 20 }, () => signer.sendTransaction({ to: TO, value: 1n })));
    await Promise.all(sent.map((transaction) => transaction.wait()));
    expect(await provider.getBalance(TO)).toBe(before + 20n);
  });
});

describe('new Web3(node.provider)', () => {
  const web3 = () => new Web3(node.provider as unknown as EIP1193Provider<EthExecutionAPI>);

  it('sends, reads and hears of blocks', async () => {
    const client = web3();
    const heads: bigint[] = [];
    const subscription = await client.eth.subscribe('newBlockHeaders');
    subscription.on('data', ({ number }) => void heads.push(BigInt(number ?? -1)));
    const receipt = await client.eth.sendTransaction({ from: addressOf(2), to: TO, value: 1n });
    expect(receipt).toMatchObject({ status: 1n, from: addressOf(2) });
    await expect.poll(() => heads).toEqual([receipt.blockNumber]);
    await subscription.unsubscribe();
  });

  it('gets the revert reason', async () => {
    const call = { to: TO, data: '0x' };
    await node.provider.request({ method: 'anvil_setCode', params: [TO, '0x5f5ffd'] });
    await expect(web3().eth.call(call)).rejects.toMatchObject({ cause: { code: 3, message: 'execution reverted' } });
    await node.provider.request({ method: 'anvil_setCode', params: [TO, '0x'] });
  });
});

describe('a program that uses a node', () => {
  const run = (body: string) =>
    runNode(['--input-type=module', '--eval', `import { createNode } from '@minichain/node';\n${body}`], {
      cwd: repositoryRoot,
      limitMs: 30_000,
    });

  it.each([
    ['without a port', '{ server: false }'],
    ['with a port', '{}'],
    ['that mines on a timer', "{ chain: { mining: { type: 'interval', intervalMs: 10_000 } } }"],
  ])('%s ends by itself once it is closed', async (_, options) => {
    const { code, stdout, stderr } = await run(`
      const node = await createNode(${options});
      const from = node.accounts[0].address;
      await node.provider.request({ method: 'eth_subscribe', params: ['newHeads'] });
      await node.provider.request({ method: 'eth_newBlockFilter' });
      await node.provider.request({ method: 'eth_sendTransaction', params: [{ from, to: from }] });
      if (node.server) await (await fetch(node.server.url + '/health')).json();
      await Promise.all([node.close(), node.close()]);
      await node.close();
      console.log('closed');`);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'closed\n', stderr: '' });
  });

  it('without a port stays alive for the blocks of its timer', async () => {
    const { code, stdout, stderr } = await run(`
      const node = await createNode({ server: false, chain: { mining: { type: 'interval', intervalMs: 50 } } });
      await node.provider.request({ method: 'eth_subscribe', params: ['newHeads'] });
      const head = await new Promise((resolve) => node.provider.once('message', ({ data }) => resolve(data.result)));
      console.log(head.number);
      await node.close();`);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '0x1\n', stderr: '' });
  });

  it('without a port and without a timer does not keep it alive when it forgets to close', async () => {
    const { code, stderr } = await run(
      "const node = await createNode({ server: false });\nawait node.provider.request({ method: 'evm_mine' });",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
