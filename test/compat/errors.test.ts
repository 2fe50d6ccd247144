import { JsonRpcProvider, Wallet } from 'ethers';
import {
  BaseError,
  createPublicClient,
  createWalletClient,
  ExecutionRevertedError,
  FeeCapTooLowError,
  type Hex,
  http,
  InsufficientFundsError,
  IntrinsicGasTooLowError,
  MethodNotFoundRpcError,
  NonceTooHighError,
  NonceTooLowError,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Web3, errors as web3Errors } from 'web3';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const [alice] = DEV_ACCOUNTS;
const POOR_KEY = `0x${'42'.repeat(32)}` as const;
const TO = '0x00000000000000000000000000000000000000AA';
/** Code that reverts with nothing, and with four bytes. */
const SILENT = '0x00000000000000000000000000000000000000B0';
const LOUD = '0x00000000000000000000000000000000000000B1';
const GWEI = 10n ** 9n;

let node: RunningNode;
let provider: JsonRpcProvider;
beforeAll(async () => {
  node = await startMinichain();
  provider = new JsonRpcProvider(node.url, undefined, { cacheTimeout: -1 });
  await node.rpc.call('anvil_setCode', [SILENT, '0x5f5ffd']);
  // MSTORE(0, 0xdeadbeef) REVERT(28, 4)
  await node.rpc.call('anvil_setCode', [LOUD, '0x63deadbeef5f526004601cfd']);
  await node.rpc.call('eth_sendTransaction', [{ from: alice.address, to: TO }]);
  // From here on transactions wait, so that one can be replaced; the next block's base fee is known.
  await node.rpc.call('evm_setAutomine', [false]);
  await node.rpc.call('anvil_setNextBlockBaseFeePerGas', [`0x${GWEI.toString(16)}`]);
});
afterAll(async () => {
  provider.destroy();
  await node.close();
});

/** A transaction with nothing left open, so that no library asks before it sends. */
interface Transaction {
  readonly to: Hex;
  readonly nonce: number;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
  readonly value: bigint;
}

const plain: Transaction = {
  to: TO,
  nonce: 1,
  gas: 21_000n,
  maxFeePerGas: 2n * GWEI,
  maxPriorityFeePerGas: GWEI,
  value: 0n,
};

interface Refusal {
  readonly key?: Hex;
  readonly transaction: Partial<Transaction>;
  /** Sent first. */
  readonly before?: Partial<Transaction>;
  readonly words: RegExp;
  /** viem has no class for some. */
  readonly viem?: new (
    ...args: never[]
  ) => BaseError;
  /** ethers has no code for some: UNKNOWN_ERROR, with the node's words. */
  readonly ethers: string;
}

const REFUSALS: Record<string, Refusal> = {
  'insufficient funds': {
    key: POOR_KEY,
    transaction: { nonce: 0, value: 1n },
    words: /^insufficient funds for gas \* price \+ value: address 0x[0-9a-f]{40} have 0 want \d+$/,
    viem: InsufficientFundsError,
    ethers: 'INSUFFICIENT_FUNDS',
  },
  'nonce too low': {
    transaction: { nonce: 0 },
    words: /^nonce too low: next nonce 1, tx nonce 0$/,
    viem: NonceTooLowError,
    ethers: 'NONCE_EXPIRED',
  },
  'replacement underpriced': {
    before: { nonce: 7, maxFeePerGas: 20n * GWEI, maxPriorityFeePerGas: 10n * GWEI },
    transaction: { nonce: 7, maxFeePerGas: 21n * GWEI, maxPriorityFeePerGas: 10n * GWEI },
    words: /^replacement transaction underpriced/,
    ethers: 'REPLACEMENT_UNDERPRICED',
  },
  'fee cap below base fee': {
    transaction: { maxFeePerGas: GWEI - 1n, maxPriorityFeePerGas: 0n },
    words: /^max fee per gas less than block base fee: maxFeePerGas: 999999999, baseFee: 1000000000$/,
    viem: FeeCapTooLowError,
    ethers: 'UNKNOWN_ERROR',
  },
  'gas above the block': {
    transaction: { gas: 2n ** 24n + 1n },
    words: /^transaction gas limit too high: gas 16777217, cap 16777216/,
    ethers: 'UNKNOWN_ERROR',
  },
  'intrinsic gas too low': {
    transaction: { gas: 20_999n },
    words: /^intrinsic gas too low: gas 20999, minimum needed 21000/,
    viem: IntrinsicGasTooLowError,
    ethers: 'UNKNOWN_ERROR',
  },
};

async function thrown(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: unknown) => error,
  );
}

const walletClient = (key: Hex) =>
  createWalletClient({ account: privateKeyToAccount(key), chain: foundry, transport: http(node.url) });

/**
 * web3.js has an error class for each code of EIP-1474 and gives them where it is told to look at the code. 4.16 reads that
 * setting from the place of another.
 */
function web3ByCode(url = node.url): Web3 {
  const provider = new Web3.providers.HttpProvider(url);
  const enableExperimentalFeatures = {
    useSubscriptionWhenCheckingBlockTimeout: true,
    useRpcCallSpecification: true,
  } as never;
  return new Web3({ provider, config: { enableExperimentalFeatures } });
}

async function web3Send(transaction: Partial<Transaction>, key: Hex = alice.privateKey, url = node.url): Promise<void> {
  const raw = await privateKeyToAccount(key).signTransaction({ chainId: 31337, ...plain, ...transaction });
  await web3ByCode(url).eth.sendSignedTransaction(raw, undefined, { checkRevertBeforeSending: false });
}

async function viemSend(transaction: Partial<Transaction>, key: Hex = alice.privateKey): Promise<Hex> {
  return walletClient(key).sendTransaction({ type: 'eip1559', ...plain, ...transaction });
}

async function ethersSend(transaction: Partial<Transaction>, key: Hex = alice.privateKey): Promise<string> {
  const { gas, ...rest } = { ...plain, ...transaction };
  const { hash } = await new Wallet(key, provider).sendTransaction({
    type: 2,
    chainId: 31337n,
    gasLimit: gas,
    ...rest,
  });
  return hash;
}

describe.each(Object.entries(REFUSALS))('A5: %s', (_, { transaction, key, before, words, viem, ethers }) => {
  beforeAll(async () => {
    if (before !== undefined) await viemSend(before);
  });

  it('is typed by viem', async () => {
    const error = (await thrown(viemSend(transaction, key))) as BaseError;
    expect(error).toBeInstanceOf(BaseError);
    const wanted = viem ?? BaseError;
    expect(error.walk((link) => link instanceof wanted)).toBeInstanceOf(wanted);
    if (viem === undefined) expect(error.details).toMatch(words);
  });

  it('is typed by ethers', async () => {
    const error = (await thrown(ethersSend(transaction, key))) as { code: string; error?: { message: string } };
    expect(error).toMatchObject({ code: ethers });
    if (ethers === 'UNKNOWN_ERROR') expect(error.error?.message).toMatch(words);
  });

  it('is typed by web3.js', async () => {
    const error = await thrown(web3Send(transaction, key));
    expect(error).toBeInstanceOf(web3Errors.InvalidInputError);
    expect(JSON.parse(JSON.stringify(error)).error.message).toMatch(words);
  });
});

describe('a transaction that the node signs for', () => {
  const { maxFeePerGas, maxPriorityFeePerGas, value } = plain;
  const hex = (quantity: bigint) => `0x${quantity.toString(16)}`;

  it.each([
    ['insufficient funds', { value: hex(10n ** 30n), gas: hex(21_000n) }, InsufficientFundsError, 'INSUFFICIENT_FUNDS'],
    ['nonce too low', { nonce: '0x0', gas: hex(21_000n) }, NonceTooLowError, 'NONCE_EXPIRED'],
    ['intrinsic gas too low', { gas: hex(20_999n) }, IntrinsicGasTooLowError, 'UNKNOWN_ERROR'],
    [
      'fee cap below base fee',
      { gas: hex(21_000n), maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x0' },
      FeeCapTooLowError,
      'UNKNOWN_ERROR',
    ],
  ])('is typed by both: %s', async (_, fields, viemClass, ethersCode) => {
    const request = {
      from: alice.address,
      to: TO,
      value: hex(value),
      maxFeePerGas: hex(maxFeePerGas),
      maxPriorityFeePerGas: hex(maxPriorityFeePerGas),
      ...fields,
    };
    const client = createWalletClient({ account: alice.address, chain: foundry, transport: http(node.url) });
    const big = (text: string | undefined) => (text === undefined ? undefined : BigInt(text));
    const error = (await thrown(
      client.sendTransaction({
        to: TO,
        value: big(request.value),
        gas: big(request.gas),
        maxFeePerGas: big(request.maxFeePerGas),
        maxPriorityFeePerGas: big(request.maxPriorityFeePerGas),
        ...('nonce' in fields ? { nonce: Number(fields.nonce) } : {}),
      } as never),
    )) as BaseError;
    expect(error.walk((link) => link instanceof viemClass)).toBeInstanceOf(viemClass);
    expect(await thrown(provider.send('eth_sendTransaction', [request]))).toMatchObject({ code: ethersCode });
  });
});

describe('A5: a call that reverts', () => {
  const client = () => createPublicClient({ chain: foundry, transport: http(node.url, { retryCount: 0 }) });

  it.each([
    ['without data', SILENT, '0x'],
    ['with data', LOUD, '0xdeadbeef'],
  ] as const)('is typed by viem: %s', async (_, to, data) => {
    for (const failing of [client().call({ to }), client().estimateGas({ to, account: alice.address })]) {
      const error = (await thrown(failing)) as BaseError;
      const revert = error.walk((link) => link instanceof ExecutionRevertedError);
      expect(revert).toBeInstanceOf(ExecutionRevertedError);
      const raw = error.walk((link) => (link as { code?: number }).code === 3) as unknown as { data: string };
      expect(raw.data).toBe(data);
    }
  });

  it.each([
    ['without data', SILENT, '0x'],
    ['with data', LOUD, '0xdeadbeef'],
  ])('is typed by ethers: %s', async (_, to, data) => {
    for (const failing of [provider.call({ to }), provider.estimateGas({ to, from: alice.address })]) {
      expect(await thrown(failing)).toMatchObject({ code: 'CALL_EXCEPTION', data });
    }
  });
});

describe('a call that reverts, for web3.js', () => {
  it.each([
    ['without data', SILENT, '0x'],
    ['with data', LOUD, '0xdeadbeef'],
  ])('is typed: %s', async (_, to, data) => {
    const { eth } = new Web3(node.url);
    for (const failing of [eth.call({ to }), eth.estimateGas({ to, from: alice.address })]) {
      const error = (await thrown(failing)) as { cause?: unknown };
      expect(error).toBeInstanceOf(web3Errors.ContractExecutionError);
      expect(error).toMatchObject({ innerError: { code: 3, data } });
    }
  });

  it('tells what is wrong with a parameter, and that a method is missing', async () => {
    const { requestManager } = web3ByCode();
    await expect(requestManager.send({ method: 'eth_getBalance', params: ['0x12'] } as never)).rejects.toBeInstanceOf(
      web3Errors.InvalidParamsError,
    );
    await expect(requestManager.send({ method: 'eth_fooBar', params: [] } as never)).rejects.toBeInstanceOf(
      web3Errors.MethodNotFoundError,
    );
  });
});

describe('a method that nobody has', () => {
  it('is typed by both', async () => {
    const client = createPublicClient({ chain: foundry, transport: http(node.url) });
    const error = (await thrown(client.request({ method: 'eth_fooBar' } as never))) as BaseError;
    expect(error.walk((link) => link instanceof MethodNotFoundRpcError)).toBeInstanceOf(MethodNotFoundRpcError);
    expect(await thrown(provider.send('eth_fooBar', []))).toMatchObject({ code: 'UNSUPPORTED_OPERATION' });
  });
});

describe('A5: a nonce that is too high', () => {
  it('is typed by all three where nonces may leave no gap', async () => {
    const strict = await startMinichain(['--strict-nonce']);
    try {
      const transaction = { ...plain, nonce: 5 };
      const client = createWalletClient({
        account: privateKeyToAccount(alice.privateKey),
        chain: foundry,
        transport: http(strict.url),
      });
      const viems = (await thrown(client.sendTransaction({ type: 'eip1559', ...transaction }))) as BaseError;
      expect(viems.walk((link) => link instanceof NonceTooHighError)).toBeInstanceOf(NonceTooHighError);
      expect(await thrown(web3Send(transaction, alice.privateKey, strict.url))).toBeInstanceOf(
        web3Errors.InvalidInputError,
      );
      const other = new JsonRpcProvider(strict.url, undefined, { cacheTimeout: -1 });
      const { gas: gasLimit, ...rest } = transaction;
      const sending = new Wallet(alice.privateKey, other).sendTransaction({
        type: 2,
        chainId: 31337n,
        gasLimit,
        ...rest,
      });
      // ethers has no code for it.
      const words = {
        message: 'nonce too high: next nonce 0, tx nonce 5 (start without --strict-nonce to have it wait)',
      };
      expect(await thrown(sending)).toMatchObject({ code: 'UNKNOWN_ERROR', error: words });
      other.destroy();
    } finally {
      await strict.close();
    }
  });

  it('is no failure: the transaction waits until the gap closes', async () => {
    const early = await viemSend({ nonce: 2 });
    await viemSend({ nonce: 1 });
    await node.rpc.call('evm_mine');
    expect(await node.rpc.call('eth_getTransactionReceipt', [early])).toMatchObject({ status: '0x1' });
  });
});
