import {
  AbiCoder,
  type BaseContract,
  Contract,
  ContractFactory,
  type ContractTransactionReceipt,
  type EventLog,
  type JsonRpcApiProvider,
  JsonRpcProvider,
  parseEther,
  parseUnits,
  type TransactionReceipt,
  type TransactionRequest,
  Wallet,
  WebSocketProvider,
} from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiledContracts } from '../support/compile.ts';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';
import { kzg } from '../support/kzg.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const { Token, Counter } = compiledContracts('Token.sol');
const abi = (Token?.abi ?? []) as never;
const [alice, bob] = DEV_ACCOUNTS;
const TO = '0x00000000000000000000000000000000000000AA';

let node: RunningNode;
beforeAll(async () => {
  node = await startMinichain();
});
afterAll(() => node.close());

const options = { polling: false, pollingInterval: 25, cacheTimeout: -1 };
const providers: [string, () => JsonRpcApiProvider][] = [
  ['HTTP', () => new JsonRpcProvider(node.url, undefined, options)],
  ['WebSocket', () => new WebSocketProvider(node.wsUrl, undefined, options)],
];

describe.each(providers)('ethers over %s', (_, connect) => {
  let provider: JsonRpcApiProvider;
  let wallet: Wallet;
  let token: Contract;

  beforeAll(async () => {
    provider = connect();
    wallet = new Wallet(bob.privateKey, provider);
    const signer = await provider.getSigner(0);
    const factory = new ContractFactory(abi, Token?.bytecode as string, signer);
    const deployed: BaseContract = await factory.deploy('Token', 'TKN', 1_000_000n);
    await deployed.waitForDeployment();
    token = new Contract(await deployed.getAddress(), abi, signer);
  });
  afterAll(() => provider.destroy());

  const method = (name: string) => token.getFunction(name);
  async function transfer(value: bigint): Promise<ContractTransactionReceipt> {
    return (await (await method('transfer').send(TO, value)).wait()) as ContractTransactionReceipt;
  }
  async function send(transaction: TransactionRequest): Promise<TransactionReceipt> {
    const response = await wallet.sendTransaction(transaction);
    return (await response.wait()) as TransactionReceipt;
  }

  it('transfers tokens and reads balances', async () => {
    const before = (await method('balanceOf').staticCall(TO)) as bigint;
    expect(await method('transfer').estimateGas(TO, 5n)).toBeGreaterThan(21_000n);
    const receipt = await transfer(5n);
    expect(receipt).toMatchObject({ status: 1, type: 2, from: alice.address });
    expect(await method('balanceOf').staticCall(TO)).toBe(before + 5n);
    expect(await provider.getBalance(alice.address)).toBeLessThan(parseEther('10000'));
    const block = await provider.getBlock(receipt.blockNumber, true);
    expect(block?.prefetchedTransactions.map(({ hash }) => hash)).toContain(receipt.hash);
  });

  it('sees events by getLogs, in the receipt and by listening', async () => {
    const heard: bigint[] = [];
    const filter = token.getEvent('Transfer')(null, TO);
    await token.on(filter, (...args: unknown[]) => heard.push((args.at(-1) as { args: { value: bigint } }).args.value));
    let value = 0n;
    await expect
      .poll(async () => {
        await transfer(++value);
        return heard.length;
      })
      .toBeGreaterThan(0);
    const receipt = await transfer(77n);
    // ethers asks for a filter's changes with a block, and misses a block that comes while it asks: the next one brings both.
    await expect
      .poll(async () => {
        await provider.send('evm_mine', []);
        return heard;
      })
      .toContain(77n);
    await token.off(filter);
    const found = (await token.queryFilter(filter, receipt.blockNumber)) as EventLog[];
    expect(found.map(({ args, transactionHash }) => [args['value'], transactionHash])).toEqual([[77n, receipt.hash]]);
    expect((receipt.logs as EventLog[]).map(({ fragment }) => fragment.name)).toEqual(['Transfer']);
  });

  it('hears of blocks and pending transactions', async () => {
    const blocks: number[] = [];
    const pending: string[] = [];
    await provider.on('block', (number: number) => blocks.push(number));
    await provider.on('pending', (hash: string) => pending.push(hash));
    const sent: string[] = [];
    await expect
      .poll(async () => {
        sent.push((await send({ to: TO, value: 1n })).hash);
        return blocks.length > 0 && pending.some((hash) => sent.includes(hash));
      })
      .toBe(true);
    await provider.removeAllListeners();
  });

  describe('gets the reason of a failing call:', () => {
    it('a require string, in a call, an estimate and a send', async () => {
      const expected = { code: 'CALL_EXCEPTION', reason: 'balance too low' };
      for (const way of ['staticCall', 'estimateGas', 'send'] as const) {
        await expect(method('transfer')[way](TO, 10n ** 9n)).rejects.toMatchObject(expected);
      }
    });

    it('a custom error with its arguments', async () => {
      const failing = method('transferFrom').staticCall(bob.address, TO, 3n);
      await expect(failing).rejects.toMatchObject({
        code: 'CALL_EXCEPTION',
        revert: { name: 'InsufficientAllowance', args: [alice.address, 0n, 3n] },
      });
      await expect(method('pause').staticCall()).rejects.toMatchObject({ revert: { name: 'Paused', args: [] } });
    });

    it('a panic', async () => {
      const panic = { code: 'CALL_EXCEPTION', revert: { name: 'Panic', args: [0x11] } };
      await expect(method('overflow').staticCall()).rejects.toMatchObject(panic);
    });

    it('a revert with no data, and a halt', async () => {
      const silent = method('silent').staticCall();
      await expect(silent).rejects.toMatchObject({ code: 'CALL_EXCEPTION', data: '0x', reason: 'require(false)' });
      const halted = method('invalid').staticCall();
      await expect(halted).rejects.toMatchObject({ code: 'CALL_EXCEPTION', revert: null });
    });

    it('a constructor that reverts', async () => {
      const factory = new ContractFactory(abi, Token?.bytecode as string, await provider.getSigner(0));
      await expect(factory.deploy('T', 'T', 0n)).rejects.toMatchObject({ code: 'CALL_EXCEPTION', reason: 'no supply' });
    });

    it('a transaction that was mined and failed', async () => {
      const response = await method('transfer').send(TO, 10n ** 9n, { gasLimit: 100_000n });
      await expect(response.wait()).rejects.toMatchObject({ code: 'CALL_EXCEPTION', receipt: { status: 0 } });
    });
  });

  it('estimates, signs and sends every type of transaction', async () => {
    const gasPrice = (await provider.getFeeData()).gasPrice as bigint;
    expect(await provider.estimateGas({ from: bob.address, to: TO, value: 1n })).toBe(21_000n);
    const fees = { maxFeePerGas: parseUnits('10', 'gwei'), maxPriorityFeePerGas: parseUnits('1', 'gwei') };
    const accessList = [{ address: await token.getAddress(), storageKeys: [`0x${'00'.repeat(32)}`] }];
    // A word of a blob is a field element: its first byte must be small.
    const blob = new Uint8Array(131_072).map((_, index) => (index % 32 === 0 ? 0 : index % 251));
    const requests: TransactionRequest[] = [
      { type: 0, to: TO, value: 1n, gasPrice },
      { type: 1, to: TO, value: 1n, gasPrice, accessList },
      { type: 2, to: TO, value: 1n, accessList, ...fees },
      { type: 3, to: TO, blobs: [blob], kzg, maxFeePerBlobGas: parseUnits('10', 'gwei'), ...fees },
    ];
    for (const request of requests) {
      const receipt = await send(request);
      expect(receipt).toMatchObject({ status: 1, type: request.type, from: bob.address });
      expect(await provider.getTransaction(receipt.hash)).toMatchObject({ type: request.type, from: bob.address });
    }
  });

  it('delegates an account and calls it (EIP-7702)', async () => {
    const counterAbi = (Counter?.abi ?? []) as never;
    const factory = new ContractFactory(counterAbi, Counter?.bytecode as string, await provider.getSigner(0));
    const deployed = await factory.deploy();
    await deployed.waitForDeployment();
    const address = await deployed.getAddress();
    const nonce = (await wallet.getNonce()) + 1;
    const authorization = await wallet.authorize({ address, nonce });
    const account = new Contract(bob.address, counterAbi, wallet);
    const data = account.interface.encodeFunctionData('increment');
    const receipt = await send({ type: 4, to: bob.address, data, authorizationList: [authorization] });
    expect(receipt).toMatchObject({ status: 1, type: 4 });
    const count = account.getFunction('count');
    const before = (await count.staticCall()) as bigint;
    await (await account.getFunction('increment').send()).wait();
    expect(await count.staticCall()).toBe(before + 1n);
    expect(await provider.getCode(bob.address)).toBe(`0xef0100${address.slice(2).toLowerCase()}`);
  });

  it('sends in parallel without waiting', async () => {
    const signer = await provider.getSigner(2);
    const sent = await Promise.all(Array.from({ length: 20 }, () => signer.sendTransaction({ to: TO, value: 1n })));
    const nonces = sent.map(({ nonce }) => nonce).sort((a, b) => a - b);
    expect(nonces).toEqual(Array.from({ length: 20 }, (_, index) => (nonces[0] as number) + index));
    for (const response of sent) expect(await response.wait()).toMatchObject({ status: 1 });
  });

  it('signs messages and typed data as the key itself does', async () => {
    const [remote, local] = [await provider.getSigner(1), wallet];
    expect(await remote.signMessage('hello')).toBe(await local.signMessage('hello'));
    const domain = { name: 'Token', chainId: 31337, verifyingContract: await token.getAddress() };
    const types = {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'value', type: 'uint256' },
      ],
    };
    const value = { owner: alice.address, value: 5n };
    expect(await remote.signTypedData(domain, types, value)).toBe(await local.signTypedData(domain, types, value));
  });

  it('reads storage', async () => {
    const slot = await provider.getStorage(await token.getAddress(), 2);
    expect(AbiCoder.defaultAbiCoder().decode(['uint256'], slot)[0]).toBe(1_000_000n);
  });
});
