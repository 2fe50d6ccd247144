import { ALICE, BOB, ECHO, NOWHERE, REVERTER, STORE, STRANGER, type Vectors, ZERO_WORD } from '../../world.vectors.ts';
import type { bundle } from './bundle.ts';

export const bundleVectors = {
  eth_callMany: {
    succeeds: [
      {
        when: 'bundles follow each other, a block apart',
        params: [
          [
            {
              transactions: [
                { to: STORE, data: '0x0000000000000000000000000000000000000000000000000000000000000009' },
                { to: STORE },
              ],
            },
            {
              transactions: [
                { to: STORE },
                { to: REVERTER, data: '0x01' },
                { data: '0x435f5260205ff3' },
                { from: STRANGER, to: BOB, value: '0x1' },
              ],
              blockOverride: { time: '0x70000000' },
            },
            { transactions: [{ data: '0x435f5260205ff3' }, { data: '0x425f5260205ff3' }] },
          ],
        ],
        result: [
          [{ value: '0x' }, { value: '0x0000000000000000000000000000000000000000000000000000000000000009' }],
          [
            { value: '0x0000000000000000000000000000000000000000000000000000000000000009' },
            { error: 'execution reverted' },
            { value: '0x0000000000000000000000000000000000000000000000000000000000000004' },
            {
              error:
                'insufficient funds for gas * price + value: address 0x00000000000000000000000000000000000a11ce have 0 want 1',
            },
          ],
          [
            { value: '0x0000000000000000000000000000000000000000000000000000000000000005' },
            { value: '0x000000000000000000000000000000000000000000000000000000007000000c' },
          ],
        ],
      },
      {
        when: 'it begins before a transaction',
        params: [[{ transactions: [{ to: STORE }] }], { blockNumber: '0x3', transactionIndex: 0 }],
        result: [[{ value: ZERO_WORD }]],
      },
      {
        when: 'a slot is overridden',
        params: [
          [{ transactions: [{ to: STORE }] }],
          { blockNumber: '0x3', transactionIndex: -1 },
          {
            [STORE]: {
              stateDiff: { [ZERO_WORD]: '0x0000000000000000000000000000000000000000000000000000000000000005' },
            },
          },
          1000,
        ],
        result: [[{ value: '0x0000000000000000000000000000000000000000000000000000000000000005' }]],
      },
      {
        when: 'a hash is overridden',
        params: [
          [
            {
              transactions: [{ data: '0x600243034060005260206000f3' }],
              blockOverride: { blockHash: { '0x1': NOWHERE } },
            },
          ],
        ],
        result: [[{ value: NOWHERE }]],
      },
    ],
    fails: [
      {
        when: 'there are fewer transactions',
        params: [[{ transactions: [{ to: STORE }] }], { blockNumber: '0x3', transactionIndex: 2 }],
        error: { code: -32000, message: 'transaction index 2 out of range: block 3 has 1' },
      },
      {
        params: [[{ txs: [] }]],
        error: {
          code: -32602,
          message: 'params[0] (bundles)[0]: unknown field "txs"; known are transactions, blockOverride',
        },
      },
      {
        when: 'nobody knows the block',
        params: [[{ transactions: [{ to: STORE }] }], { blockNumber: '0x9' }],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
  eth_callBundle: {
    succeeds: [
      {
        when: 'one of them reverts',
        params: [
          {
            txs: [
              '0xf86502847735940082c350940000000000000000000000000000000000ec4000800182f4f6a0d7902bbc4ccead6f3c036e2c7d5deb49c6e259ad6547c2a928945344d36092cea04cad4d22baa39429afb0eb86a259ce2ddaf3083fbfd44f94dd8755acad6169e9',
              '0xf86503847735940082c350940000000000000000000000000000000000badbad800282f4f6a03f6025b9ec25d8318abd62dfbd6ee3dc1ae8ff27619e540a02c553fc69f2c817a069cbded3a94bb825da12423989683f4654e56035c27833d8f4a84d4a45b1b677',
            ],
            blockNumber: '0x4',
            stateBlockNumber: 'latest',
          },
        ],
        result: {
          bundleGasPrice: '1413325374',
          bundleHash: '0xadfcbbe7fdd2c4f7f5a856caa2349d68955b84ff0663c9063aac0ea153ef9d5f',
          coinbaseDiff: '59472731737920',
          ethSentToCoinbase: '0',
          gasFees: '59472731737920',
          results: [
            {
              coinbaseDiff: '29736365868960',
              ethSentToCoinbase: '0',
              fromAddress: ALICE,
              gasFees: '29736365868960',
              gasPrice: '1413325374',
              gasUsed: 21040,
              toAddress: ECHO,
              txHash: '0x4207b4a6d3d22f7f3f9bb9d6cf81ecccdb7b5ee76875dfa56ff52a33cb2e69fe',
              value: '0x01',
            },
            {
              coinbaseDiff: '29736365868960',
              ethSentToCoinbase: '0',
              fromAddress: ALICE,
              gasFees: '29736365868960',
              gasPrice: '1413325374',
              gasUsed: 21040,
              toAddress: REVERTER,
              txHash: '0xed912edc611f4d800cb82e7a85dc3e6c3a95132a9f5e2861b2c94e4b8175eb4f',
              error: 'execution reverted',
              revert: '0x02',
            },
          ],
          stateBlockNumber: 3,
          totalGasUsed: 42080,
        },
        after: [
          ['eth_blockNumber', [], '0x3'],
          ['txpool_status', [], { pending: '0x0', queued: '0x0' }],
        ],
      },
      {
        when: 'the block is given',
        params: [
          {
            txs: [
              '0xf86502847735940082c350940000000000000000000000000000000000ec4000800182f4f6a0d7902bbc4ccead6f3c036e2c7d5deb49c6e259ad6547c2a928945344d36092cea04cad4d22baa39429afb0eb86a259ce2ddaf3083fbfd44f94dd8755acad6169e9',
            ],
            blockNumber: '0x4',
            stateBlockNumber: 'latest',
            coinbase: BOB,
            timestamp: '0x70000000',
            gasLimit: '0x1c9c380',
            baseFee: '0x1',
            timeout: 5,
          },
        ],
        result: {
          bundleGasPrice: '1999999999',
          bundleHash: '0x00788668cb06d194785b90cde96fdc81c905dbf3e57bd6abb46b41f3978a4471',
          coinbaseDiff: '42079999978960',
          ethSentToCoinbase: '0',
          gasFees: '42079999978960',
          results: [
            {
              coinbaseDiff: '42079999978960',
              ethSentToCoinbase: '0',
              fromAddress: ALICE,
              gasFees: '42079999978960',
              gasPrice: '1999999999',
              gasUsed: 21040,
              toAddress: ECHO,
              txHash: '0x4207b4a6d3d22f7f3f9bb9d6cf81ecccdb7b5ee76875dfa56ff52a33cb2e69fe',
              value: '0x01',
            },
          ],
          stateBlockNumber: 3,
          totalGasUsed: 21040,
        },
      },
    ],
    fails: [
      {
        when: 'one of them cannot be in the block',
        params: [
          {
            txs: [
              '0xf86503847735940082c350940000000000000000000000000000000000badbad800282f4f6a03f6025b9ec25d8318abd62dfbd6ee3dc1ae8ff27619e540a02c553fc69f2c817a069cbded3a94bb825da12423989683f4654e56035c27833d8f4a84d4a45b1b677',
            ],
            blockNumber: '0x4',
            stateBlockNumber: 'latest',
          },
        ],
        error: {
          code: -32000,
          message:
            'err: nonce does not follow: next nonce 2, tx nonce 3; txhash 0xed912edc611f4d800cb82e7a85dc3e6c3a95132a9f5e2861b2c94e4b8175eb4f',
        },
      },
      {
        when: 'it is empty',
        params: [{ txs: [], blockNumber: '0x4', stateBlockNumber: 'latest' }],
        error: { code: -32000, message: 'bundle missing txs' },
      },
      {
        when: 'it is no transaction',
        params: [{ txs: ['0x01'], blockNumber: '0x4', stateBlockNumber: 'latest' }],
        error: { code: -32000, message: 'failed to decode transaction: Invalid serialized tx input: must be array' },
      },
      {
        params: [
          {
            txs: [
              '0xf86502847735940082c350940000000000000000000000000000000000ec4000800182f4f6a0d7902bbc4ccead6f3c036e2c7d5deb49c6e259ad6547c2a928945344d36092cea04cad4d22baa39429afb0eb86a259ce2ddaf3083fbfd44f94dd8755acad6169e9',
            ],
            stateBlockNumber: 'latest',
          },
        ],
        error: {
          code: -32602,
          message:
            'params[0] (bundle).blockNumber: expected a non-negative number: hex quantity, decimal string or integer, got nothing',
        },
      },
      {
        when: 'nobody knows the block',
        params: [
          {
            txs: [
              '0xf86502847735940082c350940000000000000000000000000000000000ec4000800182f4f6a0d7902bbc4ccead6f3c036e2c7d5deb49c6e259ad6547c2a928945344d36092cea04cad4d22baa39429afb0eb86a259ce2ddaf3083fbfd44f94dd8755acad6169e9',
            ],
            blockNumber: '0x4',
            stateBlockNumber: '0x9',
          },
        ],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
} satisfies Vectors<typeof bundle>;
