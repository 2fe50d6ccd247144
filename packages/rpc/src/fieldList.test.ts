import { bytesFromHex, hexFromBytes } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import { CodecError } from './codecs/codec.ts';
import { fieldListDigest } from './fieldList.ts';

const WHO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

describe('a list of fields hashes as in @metamask/eth-sig-util 8 (typedSignatureHash)', () => {
  it.each([
    [[['string', 'message', 'Hi, Alice!']], '0x14b9f24872e28cc49e72dc104d7380d8e0ba84a3fe2e712704bcac66a5702bd5'],
    [
      [
        ['uint32', 'A number', 1337],
        ['address', 'to', WHO],
        ['bool', 'ok', true],
        ['bytes', 'raw', '0xdeaddead'],
        ['bytes4', 'sel', '0x12345678'],
        ['int16', 'less', -2],
        ['uint256', 'big', '0xffffffffffffffffffff'],
        ['uint16[]', 'list', [1, 2, 3]],
        ['address[]', 'all', [WHO]],
      ],
      '0xf871e0bbc91806e7786f35e39be06599148409374e43b1bbabc3bcd262c534e2',
    ],
    [[['bytes', 'text', 'plain']], '0x4baf6bdc14c64904af997a825ea3eda116aab0f3ccfae8638c11158dfc72ad8a'],
    [
      [
        ['bool', 'no', false],
        ['uint', 'u', 5],
        ['int', 'i', -5],
      ],
      '0xef25f6662194a8a7deb7ee637140083b541ec81e4c908359c97e68f0de95f1ca',
    ],
    [[['string[]', 's', ['a', 'bc']]], '0x847e7c2fc1236c42edb2c58bea188a58ccf2be6ad6895659fbfcf6aba6139f19'],
    [[['bool[]', 's', [true, false]]], '0x454706224564610b1736e335e65724e4eaf7f9e75dc3d5aa84acf39dd062168f'],
    [[['bytes4[]', 's', ['0xabababab']]], '0x3c8cbce7249792cee6fabb06705ba72a6348a24b1e52d3e28559152c59106219'],
    [[['int8[]', 's', [-1]]], '0x29ceab4341bdc138d9a75c2f94b76ea5bb5375e1d332d8839e3e63a384ba6f8c'],
  ])('%j', (fields, digest) => {
    const list = fields.map(([type, name, value]) => ({ type, name, value }));
    expect(hexFromBytes(fieldListDigest.decode(list))).toBe(digest);
    expect(fieldListDigest.decode(list)).toEqual(bytesFromHex(digest as `0x${string}`));
  });
});

it.each([
  [[], 'expected at least one field'],
  [['x'], 'expected a field { type, name, value }'],
  [[{ type: 'uint8', name: 'a', value: 256 }], 'expected uint8'],
  [[{ type: 'uint8', name: 'a' }], 'missing value of type uint8'],
  [[{ type: 'uint8[]', name: 'a', value: 3 }], 'expected uint8[]'],
  [[{ type: 'thing', name: 'a', value: 3 }], 'unknown type "thing"'],
])('refuses %j', (list, why) => {
  expect(() => fieldListDigest.decode(list)).toThrow(CodecError);
  expect(() => fieldListDigest.decode(list)).toThrow(why);
});
