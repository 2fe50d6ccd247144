import {
  ALICE,
  BLOCK_1,
  BLOCK_2,
  BLOCK_3,
  BOB,
  CAROL,
  EMPTY_BLOOM,
  LOG_BLOOM,
  LOGGER,
  NOWHERE,
  ONE_ETH,
  STORE,
  TOPIC,
  TX_LOG,
  TX_STORE,
  TX_TRANSFER,
  type Vectors,
  WORD_7,
  ZERO_WORD,
} from '../../world.vectors.ts';
import type { transaction } from './transaction.ts';

export const transfer = {
  type: '0x2',
  hash: TX_TRANSFER,
  nonce: '0x0',
  blockHash: BLOCK_1,
  blockNumber: '0x1',
  blockTimestamp: '0x6553f101',
  transactionIndex: '0x0',
  from: ALICE,
  to: BOB,
  value: ONE_ETH,
  gas: '0x5208',
  input: '0x',
  chainId: '0x7a69',
  gasPrice: '0x6fc23ac0',
  maxFeePerGas: '0xb2d05e00',
  maxPriorityFeePerGas: '0x3b9aca00',
  accessList: [],
  v: '0x1',
  r: '0x327b671398e480b9ae2a3b89650723c01d64f3dff2d3acfc13a13a6c0ee30da2',
  s: '0x1381fa02803f87cc7ec266fff399d884f155d2cf803912fecccf8a867c3b7b35',
  yParity: '0x1',
} as const;

const legacy = {
  type: '0x0',
  hash: TX_LOG,
  nonce: '0x1',
  blockHash: BLOCK_2,
  blockNumber: '0x2',
  blockTimestamp: '0x6553f102',
  transactionIndex: '0x0',
  from: ALICE,
  to: LOGGER,
  value: '0x0',
  gas: '0xc350',
  input: '0xbeef',
  chainId: '0x7a69',
  gasPrice: '0x77359400',
  v: '0xf4f6',
  r: '0x7dad0dd06327f8160f4bd9522ea0f24102c1a7abdb695de8834cd79b47ef46c6',
  s: '0x352054c3e928bcfb75b202d0dec5cc25350914db346b19115217a4120587f776',
} as const;

export const transferReceipt = {
  type: '0x2',
  status: '0x1',
  cumulativeGasUsed: '0x5208',
  logs: [],
  logsBloom: EMPTY_BLOOM,
  transactionHash: TX_TRANSFER,
  transactionIndex: '0x0',
  blockHash: BLOCK_1,
  blockNumber: '0x1',
  gasUsed: '0x5208',
  effectiveGasPrice: '0x6fc23ac0',
  from: ALICE,
  to: BOB,
  contractAddress: null,
} as const;

export const transactionVectors = {
  eth_getTransactionByHash: {
    succeeds: [
      { params: [TX_TRANSFER], result: transfer },
      { when: 'it is a legacy one', params: [TX_LOG], result: legacy },
      {
        when: 'it has an access list',
        params: [TX_STORE],
        result: {
          type: '0x1',
          hash: TX_STORE,
          nonce: '0x0',
          blockHash: BLOCK_3,
          blockNumber: '0x3',
          blockTimestamp: '0x6553f103',
          transactionIndex: '0x0',
          from: BOB,
          to: STORE,
          value: '0x0',
          gas: '0xea60',
          input: WORD_7,
          chainId: '0x7a69',
          gasPrice: '0x77359400',
          accessList: [{ address: STORE, storageKeys: [ZERO_WORD] }],
          v: '0x0',
          r: '0xf9cda9482e35bfeb98d8f0e545c6d029d23ed725e88885a29bf8700f45f566a6',
          s: '0xe7f17aa3d5d3ce574ab9ab65f7b40efbaaf951456178c3517bac45fc9627b84',
          yParity: '0x0',
        },
      },
      { when: 'nobody knows the hash', params: [NOWHERE], result: null },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: ['0x1'],
        error: {
          code: -32602,
          message:
            'params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
      {
        params: [[TX_LOG]],
        error: {
          code: -32602,
          message: 'params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex), got an array',
        },
      },
    ],
  },
  eth_getTransactionByBlockHashAndIndex: {
    succeeds: [
      { params: [BLOCK_1, '0x0'], result: transfer },
      { when: 'the block has fewer', params: [BLOCK_1, '0x1'], result: null },
      { when: 'nobody knows the block', params: [NOWHERE, '0x0'], result: null },
    ],
    fails: [
      {
        params: [BLOCK_1],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (transactionIndex): expected a non-negative number: hex quantity, decimal string or integer',
        },
      },
      {
        params: [BLOCK_1, 'first'],
        error: {
          code: -32602,
          message:
            'params[1] (transactionIndex): expected a non-negative number: hex quantity, decimal string or integer, got "first"',
        },
      },
    ],
  },
  eth_getTransactionByBlockNumberAndIndex: {
    succeeds: [
      { params: ['0x2', '0x0'], result: legacy },
      { when: 'the block has fewer', params: ['latest', 7], result: null },
      { when: 'the block is in the future', params: ['0x9', '0x0'], result: null },
    ],
    fails: [
      {
        params: ['0x1'],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (transactionIndex): expected a non-negative number: hex quantity, decimal string or integer',
        },
      },
      {
        params: ['0x1', '0x-1'],
        error: {
          code: -32602,
          message:
            'params[1] (transactionIndex): expected a non-negative number: hex quantity, decimal string or integer, got "0x-1"',
        },
      },
    ],
  },
  eth_getTransactionBySenderAndNonce: {
    succeeds: [
      { params: [ALICE, '0x1'], result: legacy },
      {
        when: 'it waits',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400', type: '0x0' }]],
        ],
        params: [CAROL, '0x0'],
        result: {
          type: '0x0',
          hash: '0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606',
          nonce: '0x0',
          blockHash: null,
          blockNumber: null,
          blockTimestamp: null,
          transactionIndex: null,
          from: CAROL,
          to: BOB,
          value: '0x0',
          gas: '0x5208',
          input: '0x',
          chainId: '0x7a69',
          gasPrice: '0x77359400',
          v: '0xf4f6',
          r: '0x2ba46d862f6c13dfa0723825713b3c077d56a5fd32a3c32c78777e5918f69869',
          s: '0x4b0741c4f350853da5c4770f5cbac1a6e601d4690a6ab97ac5381547586b1758',
        },
      },
      { when: 'the nonce was not used yet', params: [ALICE, '0x2'], result: null },
    ],
    fails: [
      {
        params: [ALICE],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (nonce): expected a non-negative number: hex quantity, decimal string or integer',
        },
      },
      {
        params: ['alice', '0x0'],
        error: {
          code: -32602,
          message: 'params[0] (sender): expected an address (20 bytes of 0x-prefixed hex), got "alice"',
        },
      },
    ],
  },
  eth_getRawTransactionByHash: {
    succeeds: [
      {
        params: [TX_LOG],
        result:
          '0xf86701847735940082c35094000000000000000000000000000000000010a9e08082beef82f4f6a07dad0dd06327f8160f4bd9522ea0f24102c1a7abdb695de8834cd79b47ef46c6a0352054c3e928bcfb75b202d0dec5cc25350914db346b19115217a4120587f776',
      },
      {
        when: 'its bytes are typed',
        params: [TX_TRANSFER],
        result:
          '0x02f874827a6980843b9aca0084b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c8880de0b6b3a764000080c001a0327b671398e480b9ae2a3b89650723c01d64f3dff2d3acfc13a13a6c0ee30da2a01381fa02803f87cc7ec266fff399d884f155d2cf803912fecccf8a867c3b7b35',
      },
      { when: 'nobody knows the hash', params: [NOWHERE], result: null },
    ],
    fails: [
      {
        params: ['0x00'],
        error: {
          code: -32602,
          message: 'params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  eth_getRawTransactionByBlockHashAndIndex: {
    succeeds: [
      {
        params: [BLOCK_2, '0x0'],
        result:
          '0xf86701847735940082c35094000000000000000000000000000000000010a9e08082beef82f4f6a07dad0dd06327f8160f4bd9522ea0f24102c1a7abdb695de8834cd79b47ef46c6a0352054c3e928bcfb75b202d0dec5cc25350914db346b19115217a4120587f776',
      },
      { when: 'the block has fewer', params: [BLOCK_2, '0x1'], result: null },
    ],
    fails: [
      {
        params: ['0x00', '0x0'],
        error: {
          code: -32602,
          message: 'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  eth_getRawTransactionByBlockNumberAndIndex: {
    succeeds: [
      {
        params: ['0x2', '0x0'],
        result:
          '0xf86701847735940082c35094000000000000000000000000000000000010a9e08082beef82f4f6a07dad0dd06327f8160f4bd9522ea0f24102c1a7abdb695de8834cd79b47ef46c6a0352054c3e928bcfb75b202d0dec5cc25350914db346b19115217a4120587f776',
      },
      { when: 'the block has fewer', params: ['0x2', '0x1'], result: null },
    ],
    fails: [
      {
        params: ['second', '0x0'],
        error: {
          code: -32602,
          message:
            'params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got "second"',
        },
      },
    ],
  },
  debug_getRawTransaction: {
    succeeds: [
      {
        params: [TX_LOG],
        result:
          '0xf86701847735940082c35094000000000000000000000000000000000010a9e08082beef82f4f6a07dad0dd06327f8160f4bd9522ea0f24102c1a7abdb695de8834cd79b47ef46c6a0352054c3e928bcfb75b202d0dec5cc25350914db346b19115217a4120587f776',
      },
      { when: 'nobody knows the hash', params: [NOWHERE], result: null },
    ],
    fails: [
      {
        params: ['0x00'],
        error: {
          code: -32602,
          message: 'params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  eth_getTransactionReceipt: {
    succeeds: [
      {
        params: [TX_TRANSFER],
        result: transferReceipt,
      },
      {
        when: 'it has a log',
        params: [TX_LOG],
        result: {
          type: '0x0',
          status: '0x1',
          cumulativeGasUsed: '0x553c',
          logs: [
            {
              address: LOGGER,
              topics: [TOPIC],
              data: '0xbeef',
              blockNumber: '0x2',
              blockHash: BLOCK_2,
              blockTimestamp: '0x6553f102',
              transactionHash: TX_LOG,
              transactionIndex: '0x0',
              logIndex: '0x0',
              removed: false,
            },
          ],
          logsBloom: LOG_BLOOM,
          transactionHash: TX_LOG,
          transactionIndex: '0x0',
          blockHash: BLOCK_2,
          blockNumber: '0x2',
          gasUsed: '0x553c',
          effectiveGasPrice: '0x77359400',
          from: ALICE,
          to: LOGGER,
          contractAddress: null,
        },
      },
      { when: 'nobody knows the hash', params: [NOWHERE], result: null },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: [1],
        error: {
          code: -32602,
          message: 'params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex), got 1',
        },
      },
    ],
  },
} satisfies Vectors<typeof transaction>;
