import { Address, type Chain, createChain, type TypedTransaction } from '@minichain/core';
import { bytesFromHex, type RpcTransaction } from '@minichain/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transactionView } from './transaction.ts';

const TO = new Address(new Uint8Array(20).fill(0xaa));
const word = (last: number): Uint8Array => new Uint8Array(32).fill(last, 31);
/** A transfer of account 0, signed without a chain id. */
const UNPROTECTED =
  '0xf8630284b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c880801ba0ce797fd565683743465c05ef8df941a2bb293c3421d1a1f99fc9dc6126af92bfa024b90b6cd9c7dbf4ecb0e9e0b249989c19d77a62c0712cc8fb5256f90fb341fe';

let chain: Chain;
let from: Address;

beforeAll(async () => {
  chain = await createChain({ accounts: { count: 1 } });
  from = chain.accounts.owned[0]?.address as Address;
});
afterAll(() => chain.close());

type Request = Parameters<Chain['control']['fill']>[0];

async function filled(request: Request): Promise<RpcTransaction> {
  const tx = await chain.control.fill({ from, to: TO, gasLimit: 100_000n, nonce: 0n, ...request });
  return transactionView({ tx, sender: from });
}

const fieldsOf = (view: object, names: readonly string[]): string[] =>
  names.filter((name) => Object.hasOwn(view, name));
const TYPED = ['accessList', 'maxFeePerGas', 'maxPriorityFeePerGas', 'maxFeePerBlobGas', 'blobVersionedHashes'];
const SOMETIMES = [...TYPED, 'authorizationList', 'yParity', 'chainId'];

describe('a transaction has the fields of its type', () => {
  it('0, legacy', async () => {
    const view = await filled({ gasPrice: 2n * 10n ** 9n });
    expect(fieldsOf(view, SOMETIMES)).toEqual(['chainId']);
    expect(view).toMatchObject({ type: '0x0', chainId: '0x7a69', gasPrice: '0x77359400' });
  });

  it('0 from before EIP-155: no chain id', async () => {
    await chain.control.setNonce(from, 2n);
    const hash = await chain.control.submitRaw(bytesFromHex(UNPROTECTED));
    const place = await chain.chain.transaction(hash);
    const tx = place?.block.block.transactions[0] as TypedTransaction;
    const view = transactionView({ tx, sender: undefined });
    expect(fieldsOf(view, SOMETIMES)).toEqual([]);
    expect(view).toMatchObject({ v: '0x1b', from: from.toString() });
  });

  it('1, access list', async () => {
    const accessList = [{ address: TO.bytes, storageKeys: [word(1)] }];
    const view = await filled({ type: 1, accessList });
    expect(fieldsOf(view, SOMETIMES)).toEqual(['accessList', 'yParity', 'chainId']);
    expect(view.accessList).toEqual([{ address: TO.toString(), storageKeys: [`0x${'1'.padStart(64, '0')}`] }]);
  });

  it('2, two prices: the cap stands for the price until it is mined', async () => {
    const view = await filled({ maxFeePerGas: 9n, maxPriorityFeePerGas: 2n });
    expect(fieldsOf(view, SOMETIMES)).toEqual([
      'accessList',
      'maxFeePerGas',
      'maxPriorityFeePerGas',
      'yParity',
      'chainId',
    ]);
    expect(view).toMatchObject({ type: '0x2', gasPrice: '0x9', maxFeePerGas: '0x9', maxPriorityFeePerGas: '0x2' });
  });

  it('3, blobs: their hashes, not they', async () => {
    const capped = await chain.control.fill({ from, to: TO, gasLimit: 100_000n, nonce: 0n });
    // Without a sidecar none can be filled; this one differs in what the view reads.
    const blobVersionedHashes = [`0x01${'00'.repeat(31)}`];
    const fields = {
      type: { value: 3 },
      blobVersionedHashes: { value: blobVersionedHashes },
      maxFeePerBlobGas: { value: 5n },
    };
    const view = transactionView({ tx: Object.create(capped, fields) as TypedTransaction, sender: from });
    expect(fieldsOf(view, SOMETIMES)).toEqual([...TYPED, 'yParity', 'chainId']);
    expect(view).toMatchObject({
      type: '0x3',
      maxFeePerBlobGas: '0x5',
      blobVersionedHashes: [`0x01${'00'.repeat(31)}`],
    });
  });

  it('4, authorizations', async () => {
    const authorization = { chainId: 0n, address: TO, nonce: 7n, yParity: 1, r: 3n, s: 4n };
    const view = await filled({ authorizationList: [authorization] });
    expect(view.type).toBe('0x4');
    expect(view.authorizationList).toEqual([
      { chainId: '0x0', address: TO.toString(), nonce: '0x7', yParity: '0x1', r: '0x3', s: '0x4' },
    ]);
  });
});

describe('a transaction', () => {
  it('has no place while it waits', async () => {
    const nowhere = { blockHash: null, blockNumber: null, blockTimestamp: null, transactionIndex: null };
    expect(await filled({})).toMatchObject(nowhere);
  });

  it('has a receiver or none', async () => {
    expect((await filled({})).to).toBe(TO.toString());
    const tx = await chain.control.fill({ from, data: Uint8Array.of(0), gasLimit: 100_000n });
    expect(transactionView({ tx, sender: from })).toMatchObject({ to: null, input: '0x00' });
  });

  it('is priced by its receipt once it is mined', async () => {
    const hash = await chain.control.submit({ from, to: TO, maxFeePerGas: 10n ** 11n, maxPriorityFeePerGas: 1n });
    const place = await chain.chain.transaction(hash);
    if (place === undefined) throw new Error('not mined');
    const { block: executed, index } = place;
    const tx = executed.block.transactions[index] as TypedTransaction;
    const view = transactionView({ tx, sender: from, place: { executed, index } });
    expect(BigInt(view.gasPrice)).toBe((executed.block.header.baseFeePerGas ?? 0n) + 1n);
    expect(view).toMatchObject({ transactionIndex: '0x0', maxFeePerGas: '0x174876e800' });
  });
});
