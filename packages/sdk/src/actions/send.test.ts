import { createNode, type MinichainNode } from '@minichain/node';
import { encodeErrorResult, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type MinichainClient } from '../createClient.ts';
import { RevertedError } from '../errors.ts';
import { devAccount } from '../wallet.ts';

const abi = parseAbi([
  'constructor(uint256 x)',
  'error Low(uint256 have)',
  'error Error(string)',
  'function go(uint256 x) payable',
]);
const REVERT = 'fd';
const RETURN = 'f3';

/** Code that ends with the given bytes: PUSH2 length, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, and how to end. */
const ending = (how: string, bytes: Hex): Hex =>
  `0x61${((bytes.length - 2) / 2).toString(16).padStart(4, '0')}80600a5f395f${how}${bytes.slice(2)}`;

const low = encodeErrorResult({ abi, errorName: 'Low', args: [3n] });
const TO = '0x00000000000000000000000000000000000000aa';
let node: MinichainNode;
let client: MinichainClient;
beforeAll(async () => {
  node = await createNode({ server: false, chain: { chainId: 99n } });
  client = createClient({ provider: node.provider });
  await client.setCode({ address: TO, bytecode: ending(REVERT, low) });
});
afterAll(() => node.close());

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('send', () => {
  it('sends and waits, on whatever chain id the node has', async () => {
    const receipt = await client.send({ to: '0x00000000000000000000000000000000000000bb', value: 5n });
    expect(receipt).toMatchObject({ status: 'success', gasUsed: 21000n });
  });

  it('signs here for a local account', async () => {
    const account = devAccount(1);
    const receipt = await client.send({ account, to: '0x00000000000000000000000000000000000000bb' });
    expect(receipt.from).toBe(account.address.toLowerCase());
  });

  it.each([
    ['refused before it is sent', {}, undefined],
    ['mined with status 0', { gas: 100_000n }, 'reverted'],
  ])('tells the decoded reason of a transaction that is %s', async (_, more, status) => {
    const error = await caught(client.send({ to: TO, abi, ...more }));
    expect(error).toBeInstanceOf(RevertedError);
    expect(error).toMatchObject({ reason: 'Low(3)', errorName: 'Low', args: [3n], data: low });
    expect((error as RevertedError).receipt?.status).toBe(status);
  });

  it('tells how a transaction halted', async () => {
    const invalid = '0x00000000000000000000000000000000000000cc';
    await client.setCode({ address: invalid, bytecode: '0xfe' });
    expect(await caught(client.send({ to: invalid, gas: 50_000n }))).toMatchObject({
      name: 'RevertedError',
      reason: expect.stringMatching(/invalid/i),
      data: '0x',
    });
    expect(await caught(client.send({ to: invalid }))).toMatchObject({
      name: 'RevertedError',
      reason: expect.stringMatching(/invalid/i),
      receipt: undefined,
    });
  });

  it('leaves the errors of what the node refuses to viem', async () => {
    const error = await caught(client.send({ to: TO, value: 10n ** 30n, gas: 100_000n }));
    expect(
      (error as { walk: (f: (e: unknown) => boolean) => unknown }).walk(
        (e) => (e as Error).name === 'InsufficientFundsError',
      ),
    ).not.toBeNull();
  });
});

describe('deploy', () => {
  it('returns address and receipt', async () => {
    const { address, receipt } = await client.deploy({ abi, bytecode: ending(RETURN, '0x5f'), args: [1n] });
    expect(await client.getCode({ address })).toMatch(/^0x5f/);
    expect(receipt).toMatchObject({ status: 'success', contractAddress: address });
  });

  it('tells why a constructor reverted', async () => {
    const bytecode = ending(REVERT, encodeErrorResult({ abi, errorName: 'Error', args: ['no supply'] }));
    expect(await caught(client.deploy({ abi, bytecode, args: [1n] }))).toMatchObject({
      name: 'RevertedError',
      reason: 'no supply',
      message: 'reverted: no supply',
    });
  });

  it('refuses arguments that do not fit the ABI before anything is sent', async () => {
    const wrong = { abi, bytecode: '0x00', args: [] } as never;
    expect(await caught(client.deploy(wrong))).toMatchObject({ name: 'AbiEncodingLengthMismatchError' });
  });
});

describe('write', () => {
  it('encodes the call and returns the receipt', async () => {
    const { address } = await client.deploy({ abi, bytecode: ending(RETURN, '0x00'), args: [1n] });
    const receipt = await client.write({ abi, address, functionName: 'go', args: [7n], value: 2n });
    expect(receipt.status).toBe('success');
    expect(await client.getBalance({ address })).toBe(2n);
    const { input } = await client.getTransaction({ hash: receipt.transactionHash });
    expect(input).toMatch(/0{63}7$/);
  });

  it('decodes a failure by the ABI', async () => {
    const failing = client.write({ abi, address: TO, functionName: 'go', args: [7n] });
    expect(await caught(failing)).toMatchObject({ name: 'RevertedError', reason: 'Low(3)' });
  });
});
