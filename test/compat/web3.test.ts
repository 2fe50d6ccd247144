import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Contract, type ContractAbi, type EventLog, Web3, WebSocketProvider } from 'web3';
import { compiledContracts } from '../support/compile.ts';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const { Token } = compiledContracts('Token.sol');
const abi = (Token?.abi ?? []) as unknown as ContractAbi;
const [alice, bob] = DEV_ACCOUNTS;
const TO = '0x00000000000000000000000000000000000000AA';

let node: RunningNode;
beforeAll(async () => {
  node = await startMinichain();
});
afterAll(() => node.close());

const connections: [string, () => Web3][] = [
  ['HTTP', () => new Web3(node.url)],
  ['WebSocket', () => new Web3(new WebSocketProvider(node.wsUrl, {}, { autoReconnect: false }))],
];

describe.each(connections)('web3 over %s', (name, connect) => {
  let web3: Web3;
  let token: Contract<ContractAbi>;

  beforeAll(async () => {
    web3 = connect();
    web3.eth.transactionPollingInterval = 25;
    web3.eth.wallet?.add(bob.privateKey);
    const deployment = new web3.eth.Contract(abi).deploy({
      data: Token?.bytecode as string,
      arguments: ['Token', 'TKN', 1_000_000n],
    } as never);
    token = (await deployment.send({ from: alice.address, gas: String(await deployment.estimateGas()) })) as never;
    token.setConfig({ contractDataInputFill: 'input' });
  });
  afterAll(() => {
    const { currentProvider } = web3;
    if (currentProvider instanceof WebSocketProvider) currentProvider.disconnect();
  });

  // web3 types a contract by its ABI, which is only known when it has been compiled.
  const method = (called: string, ...args: unknown[]) =>
    (token.methods as unknown as Record<string, (...given: unknown[]) => MethodCall>)[called]?.(...args) as MethodCall;

  it('transfers tokens and reads balances', async () => {
    const before = (await method('balanceOf', TO).call()) as bigint;
    const transfer = method('transfer', TO, 5n);
    expect(await transfer.estimateGas({ from: alice.address })).toBeGreaterThan(21_000n);
    const receipt = await transfer.send({ from: alice.address });
    expect(receipt).toMatchObject({ status: 1n, type: 2n, from: alice.address.toLowerCase() });
    expect(await method('balanceOf', TO).call()).toBe(before + 5n);
    expect(receipt.events?.['Transfer']?.returnValues).toMatchObject({ to: TO, value: 5n });
    expect(await web3.eth.getBalance(alice.address)).toBeLessThan(10n ** 22n);
  });

  it('sees events by getPastEvents and by getLogs', async () => {
    const { blockNumber, transactionHash } = await method('transfer', TO, 77n).send({ from: alice.address });
    const events = (await token.getPastEvents('Transfer' as 'allEvents', {
      fromBlock: blockNumber,
      filter: { to: TO },
    })) as EventLog[];
    expect(events.map(({ returnValues }) => returnValues['value'])).toEqual([77n]);
    const logs = await web3.eth.getPastLogs({ address: token.options.address as string, fromBlock: blockNumber });
    expect(logs).toMatchObject([{ transactionHash }]);
  });

  if (name === 'WebSocket') {
    it('hears of events, heads and pending transactions', async () => {
      const values: unknown[] = [];
      const heads: unknown[] = [];
      const pending: unknown[] = [];
      const events = token.events['Transfer']?.({ filter: { to: TO } });
      events?.on('data', (event) => void values.push((event as EventLog).returnValues['value']));
      const blocks = await web3.eth.subscribe('newBlockHeaders');
      blocks.on('data', ({ number }) => void heads.push(number));
      const transactions = await web3.eth.subscribe('pendingTransactions');
      transactions.on('data', (hash) => void pending.push(hash));
      let value = 0n;
      const sent: unknown[] = [];
      await expect
        .poll(async () => {
          const receipt = await method('transfer', TO, ++value).send({ from: alice.address });
          sent.push(receipt.transactionHash);
          return values.length > 0 && heads.length > 0 && pending.some((hash) => sent.includes(hash));
        })
        .toBe(true);
      await blocks.unsubscribe();
      await transactions.unsubscribe();
    });
  }

  describe('gets the reason of a failing call:', () => {
    const failure = (promise: Promise<unknown>): Promise<Failure> =>
      promise.then(
        () => Promise.reject(new Error('nothing was thrown')),
        (error: Failure) => error,
      );

    it('a require string, in a call, an estimate and a send', async () => {
      const transfer = method('transfer', TO, 10n ** 9n);
      const from = { from: alice.address };
      expect(await failure(transfer.call(from))).toMatchObject({
        cause: { errorName: 'Error', errorArgs: { message: 'balance too low' } },
      });
      expect((await failure(transfer.estimateGas(from))).cause?.message).toMatch(/balance too low/);
      expect(await failure(transfer.send(from))).toMatchObject({
        cause: { errorArgs: { message: 'balance too low' } },
      });
    });

    it('a custom error with its arguments', async () => {
      const { cause } = await failure(method('transferFrom', alice.address, TO, 3n).call({ from: bob.address }));
      expect(cause).toMatchObject({
        errorName: 'InsufficientAllowance',
        errorArgs: { spender: bob.address, allowance: 0n, needed: 3n },
      });
    });

    it('a panic', async () => {
      const { cause } = await failure(method('overflow').call());
      expect(cause).toMatchObject({ errorName: 'Panic', errorArgs: { code: 17n } });
    });

    it('a revert with no data', async () => {
      // web3 prints that it cannot read a custom error out of nothing.
      const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
      expect(await failure(method('silent').call())).toMatchObject({
        cause: { message: 'execution reverted', code: 3 },
      });
      printed.mockRestore();
    });

    it('a transaction that was mined and failed', async () => {
      web3.eth.handleRevert = false;
      const sent = token.methods as unknown as Record<string, (...given: unknown[]) => MethodCall>;
      const failing = sent['transfer']?.(TO, 10n ** 9n).send({ from: alice.address, gas: '100000' }, {
        checkRevertBeforeSending: false,
      } as never);
      expect(await failure(failing as Promise<unknown>)).toMatchObject({ receipt: { status: 0n } });
    });
  });

  it('estimates, signs and sends transactions of types 0, 1 and 2', async () => {
    expect(await web3.eth.estimateGas({ from: bob.address, to: TO, value: 1n })).toBe(21_000n);
    const gasPrice = await web3.eth.getGasPrice();
    const accessList = [{ address: token.options.address as string, storageKeys: [`0x${'00'.repeat(32)}`] }];
    const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n };
    const requests = [
      { type: 0n, gasPrice },
      { type: 1n, gasPrice, accessList },
      { type: 2n, accessList, ...fees },
    ];
    for (const request of requests) {
      const nonce = await web3.eth.getTransactionCount(bob.address);
      const transaction = { ...request, nonce, from: bob.address, to: TO, value: 1n, gas: 30_000n };
      const { rawTransaction } = await web3.eth.accounts.signTransaction(transaction, bob.privateKey);
      const receipt = await web3.eth.sendSignedTransaction(rawTransaction);
      expect(receipt).toMatchObject({ status: 1n, type: request.type, from: bob.address.toLowerCase() });
    }
  });

  it('signs here for an account in its wallet, and lets the node sign for its own', async () => {
    for (const { address } of [alice, bob]) {
      const receipt = await web3.eth.sendTransaction({ from: address, to: TO, value: 1n });
      expect(receipt).toMatchObject({ status: 1n, from: address.toLowerCase() });
    }
    expect(await web3.eth.sign(web3.utils.utf8ToHex('hello'), alice.address)).toBe(
      web3.eth.accounts.sign('hello', alice.privateKey).signature,
    );
  });

  it('sends in parallel without waiting', async () => {
    const [, , from] = await web3.eth.getAccounts();
    const receipts = await Promise.all(
      Array.from({ length: 10 }, () => web3.eth.sendTransaction({ from: from as string, to: TO, value: 1n })),
    );
    expect(new Set(receipts.map(({ transactionHash }) => transactionHash)).size).toBe(10);
  });
});

interface MethodCall {
  call(options?: object): Promise<unknown>;
  estimateGas(options?: object): Promise<bigint>;
  send(
    options: object,
    more?: never,
  ): Promise<{
    readonly blockNumber: bigint;
    readonly transactionHash: string;
    readonly events?: Record<string, { readonly returnValues: Record<string, unknown> }>;
  }>;
}

interface Failure extends Error {
  readonly cause?: { readonly message: string };
}
