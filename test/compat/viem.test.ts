import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  type Hash,
  http,
  parseAbi,
  parseEther,
  parseGwei,
  stringToHex,
  type Transport,
  toBlobs,
  webSocket,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { getWebSocketRpcClient } from 'viem/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiledContracts } from '../support/compile.ts';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';
import { kzg } from '../support/kzg.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const { Token, Counter } = compiledContracts('Token.sol');
const abi = parseAbi([
  'constructor(string name, string symbol, uint256 supply)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'error InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'error Paused()',
  'function balanceOf(address) view returns (uint256)',
  'function transfer(address to, uint256 value) returns (bool)',
  'function transferFrom(address from, address to, uint256 value) returns (bool)',
  'function overflow() view returns (uint256)',
  'function pause() pure',
  'function silent() pure',
  'function invalid() pure',
]);
const bytecode = Token?.bytecode as `0x${string}`;
const counterAbi = parseAbi(['function increment()', 'function count() view returns (uint256)']);
const [alice, bob] = DEV_ACCOUNTS.map(({ privateKey }) => privateKeyToAccount(privateKey)) as [
  ReturnType<typeof privateKeyToAccount>,
  ReturnType<typeof privateKeyToAccount>,
];
const TO = '0x00000000000000000000000000000000000000AA';

let node: RunningNode;
beforeAll(async () => {
  node = await startMinichain();
});
afterAll(async () => {
  (await getWebSocketRpcClient(node.wsUrl)).close();
  await node.close();
});

const transports: [string, () => Transport][] = [
  ['HTTP', () => http(node.url)],
  ['WebSocket', () => webSocket(node.wsUrl)],
];

describe.each(transports)('viem over %s', (_, transport) => {
  const client = () =>
    createPublicClient({ chain: foundry, transport: transport(), pollingInterval: 25, cacheTime: 0 });
  const remote = () => createWalletClient({ account: alice.address, chain: foundry, transport: transport() });
  const local = () => createWalletClient({ account: bob, chain: foundry, transport: transport() });

  async function receiptOf(hash: Hash) {
    return client().waitForTransactionReceipt({ hash });
  }

  let token: Address;
  beforeAll(async () => {
    const hash = await remote().deployContract({ abi, bytecode, args: ['Token', 'TKN', 1_000_000n] });
    token = (await receiptOf(hash)).contractAddress as Address;
  });

  const balanceOf = (who: Address) =>
    client().readContract({ abi, address: token, functionName: 'balanceOf', args: [who] });

  it('transfers tokens and reads balances', async () => {
    const before = await balanceOf(TO);
    const call = { abi, address: token, functionName: 'transfer', args: [TO, 5n] } as const;
    const { request, result } = await client().simulateContract({ ...call, account: alice.address });
    expect(result).toBe(true);
    const receipt = await receiptOf(await remote().writeContract(request));
    expect(receipt).toMatchObject({ status: 'success', type: 'eip1559', to: token.toLowerCase() });
    expect(await balanceOf(TO)).toBe(before + 5n);
    expect(await client().getBalance({ address: alice.address, blockNumber: receipt.blockNumber })).toBeLessThan(
      parseEther('10000'),
    );
  });

  it('sees events by getLogs, by filter and by watching', async () => {
    const filter = await client().createContractEventFilter({ abi, address: token, eventName: 'Transfer' });
    const watched: (bigint | undefined)[] = [];
    let heard = 0n;
    const stop = client().watchContractEvent({
      abi,
      address: token,
      eventName: 'Transfer',
      onLogs: (logs) => watched.push(...logs.map(({ args }) => args.value)),
    });
    const transfer = async (value: bigint) =>
      receiptOf(await remote().writeContract({ abi, address: token, functionName: 'transfer', args: [TO, value] }));
    // The watcher needs a moment until it is there.
    await expect
      .poll(async () => {
        await transfer(++heard);
        return watched.length;
      })
      .toBeGreaterThan(0);
    const { blockNumber, transactionHash } = await transfer(77n);
    await expect.poll(() => watched).toContain(77n);
    stop();
    const changes = await client().getFilterChanges({ filter });
    expect(changes.map(({ args }) => args.value)).toContain(77n);
    const logs = await client().getContractEvents({
      abi,
      address: token,
      eventName: 'Transfer',
      args: { to: TO },
      fromBlock: blockNumber,
    });
    expect(logs).toMatchObject([{ transactionHash, args: { to: TO, value: 77n }, removed: false }]);
    expect(await client().uninstallFilter({ filter })).toBe(true);
  });

  it('watches blocks and pending transactions', async () => {
    const blocks: bigint[] = [];
    const pending: Hash[] = [];
    const stops = [
      client().watchBlocks({ onBlock: (block) => blocks.push(block.number) }),
      client().watchPendingTransactions({ onTransactions: (hashes) => pending.push(...hashes) }),
    ];
    const sent: Hash[] = [];
    await expect
      .poll(async () => {
        sent.push(await remote().sendTransaction({ to: TO, value: 1n }));
        return blocks.length > 0 && pending.some((hash) => sent.includes(hash));
      })
      .toBe(true);
    for (const stop of stops) stop();
  });

  describe('gets the reason of a failing call:', () => {
    const reverted = async (promise: Promise<unknown>): Promise<ContractFunctionRevertedError> => {
      const error = await promise.then(
        () => Promise.reject(new Error('nothing was thrown')),
        (thrown: BaseError) => thrown,
      );
      expect(error).toBeInstanceOf(BaseError);
      const link = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
      expect(link).toBeInstanceOf(ContractFunctionRevertedError);
      return link as ContractFunctionRevertedError;
    };
    const simulate = (functionName: 'overflow' | 'pause' | 'silent') =>
      client().readContract({ abi, address: token, functionName } as never);

    it('a require string, in a call, an estimate and a send', async () => {
      const call = {
        abi,
        address: token,
        functionName: 'transfer',
        args: [TO, 10n ** 9n],
        account: alice.address,
      } as const;
      for (const failing of [
        client().simulateContract(call),
        client().estimateContractGas(call),
        remote().writeContract({ ...call, chain: foundry }),
      ]) {
        expect((await reverted(failing)).reason).toBe('balance too low');
      }
    });

    it('a custom error with its arguments', async () => {
      const { data } = await reverted(
        client().simulateContract({
          abi,
          address: token,
          functionName: 'transferFrom',
          args: [alice.address, TO, 3n],
          account: bob.address,
        }),
      );
      expect(data).toMatchObject({ errorName: 'InsufficientAllowance', args: [bob.address, 0n, 3n] });
      expect((await reverted(simulate('pause'))).data).toMatchObject({ errorName: 'Paused' });
    });

    it('a panic', async () => {
      expect((await reverted(simulate('overflow'))).data).toMatchObject({ errorName: 'Panic', args: [17n] });
    });

    it('a revert with no data', async () => {
      const { data, reason, raw } = await reverted(simulate('silent'));
      expect([data, raw]).toEqual([undefined, '0x']);
      expect(reason).toMatch(/execution reverted/);
    });

    it('a constructor that reverts', async () => {
      const failing = remote().deployContract({ abi, bytecode, args: ['T', 'T', 0n] });
      await expect(failing).rejects.toThrow(/execution reverted.*no supply/s);
    });
  });

  it('estimates, signs and sends every type of transaction', async () => {
    const gasPrice = await client().getGasPrice();
    const gas = await client().estimateGas({ account: bob.address, to: TO, value: 1n });
    expect(gas).toBe(21_000n);
    const accessList = [{ address: token, storageKeys: [`0x${'00'.repeat(32)}`] }] as const;
    const fees = { maxFeePerGas: parseGwei('10'), maxPriorityFeePerGas: parseGwei('1') };
    const requests = {
      legacy: { type: 'legacy', to: TO, value: 1n, gasPrice },
      eip2930: { type: 'eip2930', to: TO, value: 1n, gasPrice, accessList },
      eip1559: { type: 'eip1559', to: TO, value: 1n, accessList, ...fees },
      eip4844: {
        type: 'eip4844',
        to: TO,
        blobs: toBlobs({ data: stringToHex('a blob') }),
        kzg,
        maxFeePerBlobGas: parseGwei('10'),
        ...fees,
      },
    } as const;
    for (const [type, request] of Object.entries(requests)) {
      const hash = await local().sendTransaction(request as never);
      const receipt = await receiptOf(hash);
      expect(receipt).toMatchObject({ status: 'success', type, from: bob.address.toLowerCase() });
      expect(await client().getTransaction({ hash })).toMatchObject({ type, hash, blockNumber: receipt.blockNumber });
    }
  });

  it('delegates an account and calls it (EIP-7702)', async () => {
    const deployment = await remote().deployContract({ abi: [], bytecode: Counter?.bytecode as `0x${string}` });
    const { contractAddress } = await receiptOf(deployment);
    const authorization = await local().signAuthorization({
      contractAddress: contractAddress as Address,
      executor: 'self',
    });
    const data = encodeFunctionData({ abi: counterAbi, functionName: 'increment' });
    const hash = await local().sendTransaction({ to: bob.address, data, authorizationList: [authorization] });
    expect(await receiptOf(hash)).toMatchObject({ status: 'success', type: 'eip7702' });
    const read = { abi: counterAbi, address: bob.address, functionName: 'count' } as const;
    const before = await client().readContract(read);
    await receiptOf(await remote().sendTransaction({ to: bob.address, data }));
    expect(await client().readContract(read)).toBe(before + 1n);
    expect(await client().getCode({ address: bob.address })).toBe(
      `0xef0100${(contractAddress as string).slice(2).toLowerCase()}`,
    );
  });

  it('sends in parallel without waiting', async () => {
    const hashes = await Promise.all(Array.from({ length: 20 }, () => remote().sendTransaction({ to: TO, value: 1n })));
    const nonces = await Promise.all(hashes.map(async (hash) => (await client().getTransaction({ hash })).nonce));
    const sorted = nonces.sort((a, b) => a - b);
    expect(sorted).toEqual(Array.from({ length: 20 }, (_, index) => (sorted[0] as number) + index));
  });

  it('signs messages and typed data as the key itself does', async () => {
    expect(await remote().signMessage({ message: 'hello' })).toBe(await alice.signMessage({ message: 'hello' }));
    const typed = {
      domain: { name: 'Token', chainId: 31337, verifyingContract: token },
      types: {
        Permit: [
          { name: 'owner', type: 'address' },
          { name: 'value', type: 'uint256' },
        ],
      },
      primaryType: 'Permit',
      message: { owner: alice.address, value: 5n },
    } as const;
    expect(await remote().signTypedData(typed)).toBe(await alice.signTypedData(typed));
  });
});
