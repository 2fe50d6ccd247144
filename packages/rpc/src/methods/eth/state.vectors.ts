import {
  ALICE,
  BLOCK_1,
  BLOCK_2,
  BOB,
  ECHO,
  EMPTY_ROOT,
  NO_BLOCK_9,
  NO_BLOCK_NOWHERE,
  NO_CODE_HASH,
  NOWHERE,
  STORE,
  STRANGER,
  type Vectors,
  WORD_7,
  ZERO_WORD,
} from '../../world.vectors.ts';
import type { state } from './state.ts';

export const stateVectors = {
  eth_getBalance: {
    succeeds: [
      { params: [ALICE, 'latest'], result: '0x21e0bffc7869b45fa00' },
      { when: 'the block is left out', params: [ALICE], result: '0x21e0bffc7869b45fa00' },
      { when: 'the block is long ago', params: [ALICE, '0x0'], result: '0x21e19e0c9bab2400000' },
      {
        when: 'the block is named by EIP-1898',
        params: [ALICE, { blockHash: BLOCK_1, requireCanonical: true }],
        result: '0x21e0bffef3755f8aa00',
      },
      { when: 'the block is named by its hash', params: [ALICE, BLOCK_2], result: '0x21e0bffc7869b45fa00' },
      { when: 'nobody was ever there', params: [STRANGER, 'latest'], result: '0x0' },
      {
        when: 'a transfer waits',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: ALICE, to: STRANGER, value: '0x5', gas: '0x5208' }]],
        ],
        params: [STRANGER, 'pending'],
        result: '0x5',
        after: [['eth_getBalance', [STRANGER, 'latest'], '0x0']],
      },
    ],
    fails: [
      { params: [ALICE, '0x9'], error: NO_BLOCK_9 },
      { params: [ALICE, { blockHash: NOWHERE }], error: NO_BLOCK_NOWHERE },
      {
        params: [ALICE, 'tomorrow'],
        error: {
          code: -32602,
          message:
            'params[1] (block): expected a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object, got "tomorrow"',
        },
      },
      {
        params: ['0x1234'],
        error: {
          code: -32602,
          message: 'params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got 2 bytes',
        },
      },
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (address): expected an address (20 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: [ALICE, { blockHash: BLOCK_1, requireCanonical: 'yes' }],
        error: { code: -32602, message: 'params[1] (block).requireCanonical: expected true or false, got "yes"' },
      },
      {
        params: [ALICE, { blockNumber: '0x1', blockHash: BLOCK_1 }],
        error: {
          code: -32602,
          message: 'params[1] (block): cannot specify both blockHash and blockNumber, choose one or the other',
        },
      },
      {
        params: [ALICE, 'latest', 'latest'],
        error: { code: -32602, message: 'too many arguments, want at most 2, got 3' },
      },
    ],
  },
  eth_getCode: {
    succeeds: [
      { params: [ECHO, 'latest'], result: '0x365f5f37365ff3' },
      { when: 'there is none', params: [ALICE], result: '0x' },
    ],
    fails: [
      { params: [ALICE, '0x9'], error: NO_BLOCK_9 },
      {
        params: ['0x1234'],
        error: {
          code: -32602,
          message: 'params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got 2 bytes',
        },
      },
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (address): expected an address (20 bytes of 0x-prefixed hex)',
        },
      },
    ],
  },
  eth_getTransactionCount: {
    succeeds: [
      { params: [ALICE, 'latest'], result: '0x2' },
      { when: 'the block is long ago', params: [ALICE, '0x1'], result: '0x1' },
      {
        when: 'transactions wait',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: ALICE, to: BOB, gas: '0x5208' }]],
        ],
        params: [ALICE, 'pending'],
        result: '0x3',
        after: [['eth_getTransactionCount', [ALICE, 'latest'], '0x2']],
      },
    ],
    fails: [
      { params: [ALICE, '0x9'], error: NO_BLOCK_9 },
      { params: [ALICE, { blockHash: NOWHERE }], error: NO_BLOCK_NOWHERE },
    ],
  },
  eth_getStorageAt: {
    succeeds: [
      { params: [STORE, '0x0', 'latest'], result: WORD_7 },
      { when: 'the slot has 32 bytes', params: [STORE, ZERO_WORD], result: WORD_7 },
      { when: 'it was not yet written', params: [STORE, '0x0', '0x2'], result: ZERO_WORD },
    ],
    fails: [
      {
        params: [STORE],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (slot): expected a storage slot of at most 32 bytes, in hex',
        },
      },
      {
        params: [STORE, 'zero'],
        error: {
          code: -32602,
          message: 'params[1] (slot): expected a storage slot of at most 32 bytes, in hex, got "zero"',
        },
      },
      {
        params: [STORE, '0x000000000000000000000000000000000000000000000000000000000000000000'],
        error: { code: -32602, message: 'params[1] (slot): storage slot is too long: 66 hex digits, at most 64' },
      },
      { params: [STORE, '0x0', '0x9'], error: NO_BLOCK_9 },
    ],
  },
  eth_getStorageValues: {
    succeeds: [
      {
        params: [{ [STORE]: ['0x0', '0x1'], [ALICE]: ['0x0'] }, 'latest'],
        result: { [STORE]: [WORD_7, ZERO_WORD], [ALICE]: [ZERO_WORD] },
      },
    ],
    fails: [
      { params: [{}], error: { code: -32602, message: 'params[0] (requests): empty request' } },
      {
        params: [{ '0x12': ['0x0'] }],
        error: {
          code: -32602,
          message: 'params[0] (requests) key 0x12: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        params: [{ [STORE]: ['one'] }],
        error: {
          code: -32602,
          message:
            'params[0] (requests).0x0000000000000000000000000000000000005704[0]: expected a storage slot of at most 32 bytes, in hex, got "one"',
        },
      },
      {
        params: [[STORE]],
        error: {
          code: -32602,
          message: 'params[0] (requests): expected an object of addresses and arrays of storage slots, got an array',
        },
      },
      {
        params: [{ [STORE]: Array(1025).fill('0x0') }],
        error: { code: -32602, message: 'params[0] (requests): too many slots (max 1024)' },
      },
      { params: [{ [STORE]: ['0x0'] }, '0x9'], error: NO_BLOCK_9 },
    ],
  },
  eth_getProof: {
    succeeds: [
      {
        params: [STORE, ['0x0'], 'latest'],
        result: {
          address: STORE,
          accountProof: [
            '0xf8f1a050663048b2a6be47ff141bd8927a04fb9b0aceb77c859220affdb63ecf73e7baa098a168a1241f44384302bc15441fecbd7d04628260e074ebe47cb086ab70932b8080a0ec0f2687c2a41c76dba4c23524443dd26d0472b3d7a3295097d054f0f97b3117a0d922c1c966c7e77c7c4f066a75e58db4b5ea55005fc92e64b656bc22dd77be8480a0666a0f688c26cbbd6b647421803b98e40520ff866605d54a8234826a2ae1a8c8a0cd73c76a3754eace5e10a65062a69be43048075723224b2612a169da6898e6558080808080a021b314f97f4a7fdc58e8dcc55a0b8c9d073cad4fd595069f30edfc828ebb7e4c8080',
            '0xf869a03b13153ea039649de519da606e21b58329817f01e5c3ccf04a709d02b5929305b846f8448080a0f258b1c6d5ee7f6f3549117fb0ac79118d5ad19b9c027f9b8e1471ca519b3b6ca05383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
          ],
          balance: '0x0',
          codeHash: '0x5383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
          nonce: '0x0',
          storageHash: '0xf258b1c6d5ee7f6f3549117fb0ac79118d5ad19b9c027f9b8e1471ca519b3b6c',
          storageProof: [
            {
              key: '0x0',
              value: '0x7',
              proof: ['0xe3a120290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e56307'],
            },
          ],
        },
      },
      {
        when: 'nobody was ever there',
        params: [STRANGER, [ZERO_WORD], '0x0'],
        result: {
          address: STRANGER,
          accountProof: [
            '0xf8d1a0b91a8b7a7e9d3eab90afd81da3725030742f663c6ed8c26657bf00d842a9f4aaa098a168a1241f44384302bc15441fecbd7d04628260e074ebe47cb086ab70932b8080a0ec0f2687c2a41c76dba4c23524443dd26d0472b3d7a3295097d054f0f97b31178080a013c0957e637e2686a4bd4f862f3dbf8ff6386ddfe80a6fc945948cc35533d8baa0cd73c76a3754eace5e10a65062a69be43048075723224b2612a169da6898e6558080808080a014cadfc96621473bf77f6151d53e88dee1405e6348cdab06ecde18f9bddfa7a28080',
          ],
          balance: '0x0',
          codeHash: NO_CODE_HASH,
          nonce: '0x0',
          storageHash: EMPTY_ROOT,
          storageProof: [{ key: ZERO_WORD, value: '0x0', proof: [] }],
        },
      },
    ],
    fails: [
      {
        params: [STORE],
        error: {
          code: -32602,
          message: 'missing value for required argument 1: params[1] (storageKeys): expected an array of storage slots',
        },
      },
      {
        params: [STORE, '0x0'],
        error: {
          code: -32602,
          message:
            'params[1] (storageKeys): expected an array of: a storage slot of at most 32 bytes, in hex, got "0x0"',
        },
      },
      { params: [STORE, ['0x0'], '0x9'], error: NO_BLOCK_9 },
      {
        params: [STORE, ['0x000000000000000000000000000000000000000000000000000000000000000000']],
        error: {
          code: -32602,
          message: 'params[1] (storageKeys)[0]: storage slot is too long: 66 hex digits, at most 64',
        },
      },
      {
        params: [STORE, Array(1025).fill('0x0')],
        error: { code: -32602, message: 'params[1] (storageKeys): too many keys (max 1024)' },
      },
    ],
  },
  eth_getAccount: {
    succeeds: [
      {
        params: [STORE, 'latest'],
        result: {
          nonce: '0x0',
          balance: '0x0',
          codeHash: '0x5383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
          storageRoot: '0xf258b1c6d5ee7f6f3549117fb0ac79118d5ad19b9c027f9b8e1471ca519b3b6c',
        },
      },
      {
        when: 'nobody was ever there',
        params: [STRANGER],
        result: { nonce: '0x0', balance: '0x0', codeHash: NO_CODE_HASH, storageRoot: EMPTY_ROOT },
      },
    ],
    fails: [
      { params: [ALICE, '0x9'], error: NO_BLOCK_9 },
      { params: [ALICE, { blockHash: NOWHERE }], error: NO_BLOCK_NOWHERE },
    ],
  },
  eth_getAccountInfo: {
    succeeds: [{ params: [ECHO, 'latest'], result: { balance: '0x0', nonce: '0x0', code: '0x365f5f37365ff3' } }],
    fails: [
      { params: [ALICE, '0x9'], error: NO_BLOCK_9 },
      { params: [ALICE, { blockHash: NOWHERE }], error: NO_BLOCK_NOWHERE },
    ],
  },
} satisfies Vectors<typeof state>;
