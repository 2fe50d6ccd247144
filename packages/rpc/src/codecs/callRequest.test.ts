import { describe, expect, it } from 'vitest';
import { callRequest } from './callRequest.ts';
import { CodecError } from './codec.ts';

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const HASH = `0x${'ab'.repeat(32)}`;

const refused = (value: unknown): string => {
  try {
    callRequest.decode(value);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return `${error.path}: ${error.message}`;
  }
  return 'was taken';
};

describe('a request', () => {
  it('may be empty', () => expect(callRequest.decode({})).toEqual({}));

  it('has every field in domain types', () => {
    const request = callRequest.decode({
      from: ALICE,
      to: ALICE,
      gas: '0x5208',
      maxFeePerGas: 7,
      maxPriorityFeePerGas: '3',
      maxFeePerBlobGas: '0x1',
      value: '0xde0b6b3a7640000',
      nonce: 0,
      type: '0x2',
      chainId: 31337,
      input: '0x0102',
      accessList: [{ address: ALICE, storageKeys: [HASH] }],
      blobVersionedHashes: [HASH],
    });
    expect(request).toMatchObject({
      gasLimit: 21000n,
      maxFeePerGas: 7n,
      maxPriorityFeePerGas: 3n,
      maxFeePerBlobGas: 1n,
      value: 10n ** 18n,
      nonce: 0n,
      type: 2,
      chainId: 31337n,
      data: Uint8Array.of(1, 2),
      blobVersionedHashes: [new Uint8Array(32).fill(0xab)],
    });
    expect(request.from?.toString()).toBe(ALICE);
    expect(request.accessList?.[0]?.storageKeys).toEqual([new Uint8Array(32).fill(0xab)]);
  });

  it('has no field that is null', () => {
    expect(callRequest.decode({ from: null, to: null, gas: null, data: null, input: null, accessList: null })).toEqual(
      {},
    );
  });

  it.each(['', '0x', null, undefined])('creates a contract when `to` is %j', (to) => {
    expect(callRequest.decode({ to })).toEqual({});
  });

  it.each([
    ['gasLimit', { gasLimit: '0x7' }, { gasLimit: 7n }],
    ['data', { data: '0x01' }, { data: Uint8Array.of(1) }],
    ['cellProofs', { cellProofs: ['0x01'] }, { kzgProofs: [Uint8Array.of(1)] }],
  ])('is also read by the name %s', (_, wire, request) => expect(callRequest.decode(wire)).toEqual(request));

  it('may give its data twice, if it is the same', () => {
    expect(callRequest.decode({ data: '0xAb', input: '0xab' })).toEqual({ data: Uint8Array.of(0xab) });
    expect(refused({ data: '0xab', input: '0xac' })).toContain('both "data" and "input" are set and not equal');
  });

  it('may be a transaction as it was read from a node', () => {
    const mined = { hash: HASH, blockHash: HASH, blockNumber: '0x1', transactionIndex: '0x0', blockTimestamp: '0x1' };
    expect(callRequest.decode({ ...mined, v: '0x0', r: '0x1', s: '0x1', yParity: '0x0', value: '0x5' })).toEqual({
      value: 5n,
    });
  });
});

describe('authorizations (EIP-7702)', () => {
  const signed = { chainId: 1, address: ALICE, nonce: '0x2', r: '0x3', s: '0x4' };

  it('say their parity by yParity or by v', () => {
    const parity = (more: object) =>
      callRequest.decode({ authorizationList: [{ ...signed, ...more }] }).authorizationList?.[0]?.yParity;
    expect([parity({ yParity: '0x1' }), parity({ v: 0 })]).toEqual([1, 0]);
  });

  it('need every field', () => {
    expect(refused({ authorizationList: [{ ...signed, yParity: 0, nonce: undefined }] })).toMatch(
      /^\.authorizationList\[0\]\.nonce: expected/,
    );
    expect(refused({ authorizationList: ['0x'] })).toMatch(
      /^\.authorizationList\[0\]: expected a signed authorization/,
    );
  });
});

describe('what is refused', () => {
  it.each([
    ['0x', ': expected a transaction object, got "0x"'],
    [[], ': expected a transaction object, got an array'],
    [{ maxFeePerGas: 'much' }, '.maxFeePerGas: expected a non-negative number'],
    [
      { accessList: [{ address: ALICE, storageKeys: ['0x0'] }] },
      '.accessList[0].storageKeys[0]: expected a 32-byte value',
    ],
    [{ accessList: ['0x'] }, '.accessList[0]: expected { address, storageKeys }'],
    [{ gasPrice: 1, maxFeePerGas: 1 }, ': both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified'],
    [{ gasPrice: 1, maxPriorityFeePerGas: 0 }, ': both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified'],
    [{ gasprice: 1 }, ': unknown field "gasprice"; did you mean gasPrice?'],
    [{ feePayer: ALICE }, ': unknown field "feePayer"; known are from, gas,'],
  ])('%j', (value, why) => expect(refused(value)).toContain(why));
});
