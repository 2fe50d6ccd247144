import { createChain } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { CodecError } from './codecs/codec.ts';
import { encodeType, type TypedDataVersion, typedData, typedDataDigest } from './typedData.ts';

// The hash function is there once a chain was started.
beforeAll(async () => (await createChain({ accounts: { count: 0 } })).close());

const WALLET = '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826';
const DOMAIN = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];
const domain = {
  name: 'Ether Mail',
  version: '1',
  chainId: 1,
  verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
};
const PERSON = [
  { name: 'name', type: 'string' },
  { name: 'wallet', type: 'address' },
];
/** The example of EIP-712. */
const MAIL = {
  types: {
    EIP712Domain: DOMAIN,
    Person: PERSON,
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
  },
  primaryType: 'Mail',
  domain,
  message: {
    from: { name: 'Cow', wallet: WALLET },
    to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
    contents: 'Hello, Bob!',
  },
};

const digest = (value: unknown, version?: TypedDataVersion): string =>
  hexFromBytes(typedDataDigest(typedData.decode(value), version));

const refused = (value: unknown, version?: TypedDataVersion): string => {
  try {
    digest(value, version);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return `${error.path}: ${error.message}`;
  }
  return 'was taken';
};

/** One field of one type, signed. */
const field = (type: string, value: unknown, types: object = {}) => ({
  types: { EIP712Domain: DOMAIN, Thing: [{ name: 'value', type }], ...types },
  primaryType: 'Thing',
  domain,
  message: { value },
});

describe('the example of EIP-712', () => {
  it('has its type', () => {
    expect(encodeType('Mail', MAIL.types)).toBe(
      'Mail(Person from,Person to,string contents)Person(string name,address wallet)',
    );
  });

  it('has its digest, as an object, as JSON, in v3 and in v4', () => {
    const known = '0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2';
    expect(digest(MAIL)).toBe(known);
    expect(digest(JSON.stringify(MAIL))).toBe(known);
    expect(digest(MAIL, 'v3')).toBe(known);
  });

  it('may leave out the type of its domain', () => {
    const { EIP712Domain: _, ...types } = MAIL.types;
    expect(digest({ ...MAIL, types })).toBe(digest(MAIL));
  });
});

/** Digests of the same data as viem 2 makes them. */
describe('data of every kind', () => {
  it('arrays, of structs too', () => {
    const types = {
      EIP712Domain: DOMAIN,
      Person: [
        { name: 'name', type: 'string' },
        { name: 'wallets', type: 'address[]' },
      ],
      Mail: [
        { name: 'from', type: 'Person' },
        { name: 'to', type: 'Person[]' },
        { name: 'contents', type: 'string' },
      ],
    };
    const message = {
      from: { name: 'Cow', wallets: [WALLET, WALLET] },
      to: [{ name: 'Bob', wallets: [] }],
      contents: 'Hello, Bob!',
    };
    const known = '0x864fdd6e0ba36b4b1ea3e39a469ea979e15a88c1b4207b56d69388148ca901bb';
    expect(digest({ types, primaryType: 'Mail', domain, message })).toBe(known);
  });

  it('arrays of arrays of fixed length', () => {
    const types = {
      EIP712Domain: DOMAIN,
      Grid: [
        { name: 'cells', type: 'int8[2][3]' },
        { name: 'tags', type: 'bytes32[]' },
      ],
    };
    const cells = [
      [1, -1],
      [127, -128],
      [0, 5],
    ];
    const message = { cells, tags: [`0x${'ab'.repeat(32)}`] };
    const known = '0xa413bb7a440477aed4d1f03f4725248a1b82d530282e9147d33d90273c85fc47';
    expect(digest({ types, primaryType: 'Grid', domain, message })).toBe(known);
  });

  it('atoms', () => {
    const all = { a: 'uint8', b: 'int256', c: 'bool', d: 'bytes', e: 'bytes4', f: 'string', g: 'uint256' };
    const types = { EIP712Domain: DOMAIN, All: Object.entries(all).map(([name, type]) => ({ name, type })) };
    const g = (2n ** 256n - 1n).toString();
    const message = { a: 255, b: '-1', c: true, d: '0x1234', e: '0xdeadbeef', f: 'ü', g };
    const known = '0xa165f118ac8d853297b3d337009db3b229c0ed799227d2b7ae3b81d5b64372d0';
    expect(digest({ types, primaryType: 'All', domain, message })).toBe(known);
    expect(digest({ types, primaryType: 'All', domain, message: { ...message, a: '0xff', c: 'true' } })).toBe(known);
  });

  it('a struct that holds itself', () => {
    const types = {
      EIP712Domain: DOMAIN,
      Node: [
        { name: 'value', type: 'uint256' },
        { name: 'children', type: 'Node[]' },
      ],
    };
    const message = { value: 1, children: [{ value: 2, children: [] }] };
    const known = '0x0f20083638aa2ff80290aca51dee2c22e3248033eaca0747eea27bdcc4af274c';
    expect(digest({ types, primaryType: 'Node', domain, message })).toBe(known);
  });

  it('the domain alone', () => {
    const known = '0xaa83c70305ec6c131e7a88f258c40813447bec8b9bcef94e5479603d9959da07';
    expect(digest({ types: { EIP712Domain: DOMAIN }, primaryType: 'EIP712Domain', domain, message: {} })).toBe(known);
  });

  it('a domain of another form', () => {
    const types = {
      EIP712Domain: [{ name: 'salt', type: 'bytes32' }],
      X: [{ name: 'y', type: 'uint256' }],
    };
    const salted = { types, primaryType: 'X', domain: { salt: `0x${'01'.repeat(32)}` }, message: { y: 1 } };
    const known = '0x8975b1621818a9c5d8fba89856fd4c6b35cd83a335a4f0f349503ca7f6dc6147';
    expect(digest(salted)).toBe(known);
    expect(digest({ ...salted, types: { X: types.X } })).toBe(known);
  });
});

describe('v3 and v4', () => {
  it('differ in arrays', () => {
    expect(refused(field('uint8[]', [1]))).toBe('was taken');
    expect(refused(field('uint8[]', [1]), 'v3')).toBe(
      '.message.value: arrays such as uint8[] need eth_signTypedData_v4',
    );
  });

  it('differ in what is not there: v4 hashes an absent struct to zero, v3 leaves an absent field out', () => {
    const without = { ...MAIL, message: { from: MAIL.message.from, contents: 'Hello' } };
    expect(digest(without)).not.toBe(digest(without, 'v3'));
    expect(digest({ ...MAIL, message: { ...without.message, to: null } })).toBe(digest(without));
    expect(refused({ ...MAIL, message: { ...without.message, to: null } }, 'v3')).toMatch(
      /^\.message\.to: expected an object/,
    );
    expect(refused({ ...MAIL, message: { from: MAIL.message.from, to: MAIL.message.to } })).toBe(
      '.message.contents: missing value of type string',
    );
  });
});

describe('a value that does not fit its type', () => {
  it.each([
    ['uint8', 256],
    ['uint8', -1],
    ['int8', 128],
    ['int8', '-129'],
    ['uint256', 2 ** 60],
    ['uint256', '1.5'],
    ['uint256', ''],
    ['address', '0x1234'],
    ['bool', 'yes'],
    ['bool', 1],
    ['string', 5],
    ['bytes', '0x123'],
    ['bytes4', '0x123456'],
    ['uint8[2]', [1]],
    ['uint8[]', 'no list'],
    ['uint7', 1],
    ['uint264', 1],
    ['bytes33', `0x${'00'.repeat(33)}`],
    ['Missing', {}],
    ['uint8', null],
  ])('%s: %j', (type, value) => expect(refused(field(type, value))).toMatch(/^\.message\.value: /));

  it('is named, however deep', () => {
    const types = { Inner: [{ name: 'list', type: 'uint8[][2]' }] };
    expect(
      refused(
        field(
          'Inner',
          {
            list: [
              [1, 2],
              [3, 256],
            ],
          },
          types,
        ),
      ),
    ).toBe('.message.value.list[1][1]: expected uint8, got 256');
    expect(refused({ ...MAIL, domain: { ...domain, chainId: 'one' } })).toBe(
      '.domain.chainId: expected uint256, got "one"',
    );
  });
});

describe('what is no typed data', () => {
  it.each([
    [5, ': expected EIP-712 typed data'],
    ['{', 'got text that is not JSON'],
    ['"text"', ': expected EIP-712 typed data'],
    [{ ...MAIL, types: [] }, '.types: expected an object of type names'],
    [{ ...MAIL, types: { Mail: 'string' } }, '.types.Mail: expected an array'],
    [{ ...MAIL, types: { Mail: [{ name: 'x' }] } }, '.types.Mail[0].type: expected a string, got nothing'],
    [{ ...MAIL, types: { Mail: ['x'] } }, '.types.Mail[0]: expected a field { name, type }'],
    [{ ...MAIL, primaryType: 'Letter' }, '.primaryType: "Letter" is not among the types'],
    [{ ...MAIL, primaryType: undefined }, '.primaryType: expected a string'],
    [{ ...MAIL, domain: 'x' }, '.domain: expected an object'],
    [{ ...MAIL, message: [] }, '.message: expected an object'],
  ])('%#', (value, why) => expect(refused(value)).toContain(why));
});
