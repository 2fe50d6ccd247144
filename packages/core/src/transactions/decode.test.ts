import { RLP } from '@ethereumjs/rlp';
import { createTx, type TypedTxData } from '@ethereumjs/tx';
import { bigIntToBytes, bytesToBigInt, concatBytes, createAddressFromPrivateKey } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { address, openHardforks, signed, word } from '../chain.fixture.ts';
import { decodeTransaction, minedForm } from './decode.ts';

const KEY = new Uint8Array(32).fill(7);
/** Of secp256k1's group. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const rules = async (hardfork = 'latest') => (await openHardforks(hardfork)).commonAt(0n, 0n);
const LIST = [{ address: address('aa').toString(), storageKeys: [] }];
const AUTHORIZATION = [
  { chainId: '0x1', address: address('ab').toString(), nonce: '0x', yParity: '0x', r: '0x1', s: '0x1' },
];

async function faultOf(raw: Uint8Array, hardfork?: string): Promise<unknown> {
  try {
    decodeTransaction(raw, await rules(hardfork));
  } catch (error) {
    return (error as { fault: unknown }).fault;
  }
  throw new Error('expected a refusal');
}

describe('decodeTransaction', () => {
  it.each<[number, object]>([
    [0, { type: 0, gasPrice: 1n }],
    [1, { type: 1, gasPrice: 1n, accessList: LIST }],
    [2, { type: 2, accessList: LIST }],
    [4, { type: 4, authorizationList: AUTHORIZATION }],
  ])('reads type %d and finds who signed it', async (type, fields) => {
    const common = await rules();
    const tx = signed(KEY, { nonce: 5n, ...fields } as TypedTxData, common);
    const read = decodeTransaction(tx.serialize(), common);
    expect(read.tx.type).toBe(type);
    expect(read.tx.hash()).toEqual(tx.hash());
    expect(read.sender).toEqual(createAddressFromPrivateKey(KEY));
  });

  it('reads a legacy transaction that names no chain', async () => {
    const common = await rules();
    const tx = signed(KEY, { type: 0, gasPrice: 1n }, await rules('homestead'));
    expect(tx.v).toBeLessThan(29n);
    expect(decodeTransaction(tx.serialize(), common).sender).toEqual(createAddressFromPrivateKey(KEY));
  });

  it.each([0, 1, 40, 55, 56, 120, 200, 255, 256, 300, 65_000, 66_000])(
    'recovers who signed data of %i bytes, whatever length of list that makes',
    async (length) => {
      const common = await rules();
      const data = new Uint8Array(length).fill(1);
      for (const fields of [
        { type: 1, gasPrice: 1n },
        { type: 2 },
        { type: 4, to: address('aa'), authorizationList: AUTHORIZATION },
      ]) {
        const tx = signed(KEY, { gasLimit: 10_000_000n, to: address('aa'), data, ...fields } as TypedTxData, common);
        const read = decodeTransaction(tx.serialize(), common);
        expect(read.sender).toEqual(tx.getSenderAddress());
        expect(read.tx.serialize()).toEqual(tx.serialize());
        expect(read.tx.hash()).toEqual(tx.hash());
        expect(read.tx.getSenderAddress()).toEqual(read.sender);
      }
    },
  );

  it.each<[string, number]>([
    ['chainId', 0],
    ['yParity', 9],
  ])('refuses %s with leading zeros, which would have another hash here than at its sender', async (name, place) => {
    const common = await rules();
    const fields = RLP.decode(signed(KEY, {}, common).serialize().subarray(1)) as Uint8Array[];
    fields[place] = concatBytes(Uint8Array.of(0), fields[place] as Uint8Array);
    const raw = concatBytes(Uint8Array.of(2), RLP.encode(fields));
    const detail = `${name} has leading zeros (RLP writes numbers in their shortest form)`;
    expect(await faultOf(raw)).toEqual({ code: 'TRANSACTION_MALFORMED', detail });
  });

  it('takes data that begins with a zero for data, not for a signature', async () => {
    const common = await rules();
    const tx = createTx(
      {
        type: 4,
        data: '0x0001',
        to: address('aa'),
        authorizationList: AUTHORIZATION,
        chainId: common.chainId(),
      } as TypedTxData,
      { common },
    );
    const raw = concatBytes(Uint8Array.of(4), RLP.encode(tx.raw().slice(0, 10) as Uint8Array[]));
    expect(await faultOf(raw)).toMatchObject({ code: 'SIGNATURE_INVALID' });
  });

  it.each<[string, Uint8Array, object]>([
    ['nothing', new Uint8Array(), { code: 'TRANSACTION_MALFORMED', detail: 'empty transaction data' }],
    ['a legacy list that is too short', RLP.encode([1, 2, 3]), { code: 'TRANSACTION_MALFORMED' }],
    ['a payload that is no list', Uint8Array.of(2, 1), { code: 'TRANSACTION_MALFORMED' }],
    ['a type that nobody knows', Uint8Array.of(0x7e, 0xc0), { code: 'TYPE_NOT_SUPPORTED', type: 0x7e }],
  ])('refuses %s', async (_, raw, fault) => expect(await faultOf(raw)).toMatchObject(fault));

  it('refuses bytes that follow', async () => {
    const raw = signed(KEY, {}, await rules()).serialize();
    expect(await faultOf(concatBytes(raw, Uint8Array.of(0)))).toMatchObject({ code: 'TRANSACTION_MALFORMED' });
  });

  it('refuses a type that the fork does not have yet', async () => {
    const raw = signed(KEY, {}, await rules()).serialize();
    expect(await faultOf(raw, 'berlin')).toEqual({ code: 'TYPE_NOT_SUPPORTED', type: 2, hardfork: 'berlin' });
  });

  it.each([0, 2])('names both chains when type %d was signed for another', async (type) => {
    const hardforks = await openHardforks();
    hardforks.setChainId(5n);
    const fields = type === 0 ? { type, gasPrice: 1n } : { type };
    const raw = signed(KEY, fields as TypedTxData, hardforks.commonAt(0n, 0n)).serialize();
    expect(await faultOf(raw)).toEqual({
      ...{ code: 'CHAIN_ID_MISMATCH', got: 5n, expected: 31337n },
      ...(type === 0 ? { isLegacy: true } : {}),
    });
  });

  it('refuses one that is not signed, or by no possible key', async () => {
    const common = await rules();
    const unsigned = createTx({ type: 2, gasLimit: 21_000n }, { common }).serialize();
    expect(await faultOf(unsigned)).toMatchObject({ code: 'SIGNATURE_INVALID' });
    const odd = createTx({ type: 2, gasLimit: 21_000n, v: 0n, r: word(5), s: word(0) }, { common }).serialize();
    expect(await faultOf(odd)).toMatchObject({ code: 'SIGNATURE_INVALID' });
  });

  it.each([0, 2])('refuses a malleable signature: s in the upper half, type %d (EIP-2)', async (type) => {
    const fields = type === 0 ? { type, gasPrice: 1n } : { type };
    const raw = signed(KEY, fields as TypedTxData, await rules()).serialize();
    const parts = RLP.decode(type === 0 ? raw : raw.subarray(1)) as Uint8Array[];
    const at = parts.length - 1;
    parts[at] = bigIntToBytes(ORDER - bytesToBigInt(parts[at] as Uint8Array));
    const flipped = concatBytes(type === 0 ? new Uint8Array() : Uint8Array.of(type), RLP.encode(parts));
    expect(await faultOf(flipped)).toMatchObject({
      code: 'SIGNATURE_INVALID',
      detail: expect.stringContaining('s-values greater'),
    });
  });

  it('tells a broken rule from bytes that cannot be read', async () => {
    const common = await rules('cancun');
    const raw = signed(KEY, { gasLimit: 2n ** 25n }, common).serialize();
    expect(await faultOf(raw, 'osaka')).toMatchObject({
      code: 'REQUEST_INVALID',
      detail: expect.stringContaining('too high'),
    });
  });
});

describe('minedForm', () => {
  it('is the transaction itself where there is no sidecar', async () => {
    const common = await rules();
    const tx = signed(KEY, {}, common);
    expect(minedForm(tx, address('aa'), common)).toBe(tx);
  });
});
