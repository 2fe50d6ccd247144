import { BOB, CAROL, NOWHERE, STRANGER, TELL_RANDAO, TELL_TIME, UNWANTED, type Vectors } from '../../world.vectors.ts';
import type { mining } from './mining.ts';

const setAutomine = <const W>(answer: W) =>
  ({
    succeeds: [
      {
        params: [false],
        result: answer,
        after: [
          ['hardhat_getAutomine', [], false],
          [
            'eth_sendTransaction',
            [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }],
            '0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606',
          ],
          ['eth_blockNumber', [], '0x3'],
        ],
      },
      {
        when: 'a transaction waits',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
        ],
        params: [true],
        result: answer,
        after: [
          ['eth_blockNumber', [], '0x4'],
          ['txpool_status', [], { pending: '0x0', queued: '0x0' }],
        ],
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (enabled): expected true or false',
        },
      },
      { params: ['true'], error: { code: -32602, message: 'params[0] (enabled): expected true or false, got "true"' } },
    ],
  }) as const;

const setIntervalMining = <const W>(answer: W) =>
  ({
    succeeds: [
      {
        params: [3600],
        result: answer,
        after: [
          ['anvil_getIntervalMining', [], 3600],
          ['hardhat_getAutomine', [], true],
        ],
      },
      {
        when: 'the interval has a fraction',
        params: [3600.5],
        result: answer,
        after: [['anvil_getIntervalMining', [], 3600.5]],
      },
      {
        when: 'it is a range of milliseconds, as Hardhat has it',
        params: [[3000000, 5000000]],
        result: answer,
        after: [['anvil_getIntervalMining', [], 4000]],
      },
      {
        when: 'it is switched off',
        before: [['evm_setIntervalMining', ['0xe10']]],
        params: [0],
        result: answer,
        after: [
          ['anvil_getIntervalMining', [], null],
          ['hardhat_getAutomine', [], true],
        ],
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (interval): expected an interval in seconds, or [min, max] in milliseconds',
        },
      },
      {
        params: ['soon'],
        error: {
          code: -32602,
          message:
            'params[0] (interval): expected a non-negative number: hex quantity, decimal string or integer, got "soon"',
        },
      },
      {
        params: [-1],
        error: {
          code: -32602,
          message: 'params[0] (interval): expected an interval in seconds, or [min, max] in milliseconds, got -1',
        },
      },
      {
        params: [[5, 3]],
        error: {
          code: -32602,
          message: 'params[0] (interval): expected an interval in seconds, or [min, max] in milliseconds, got an array',
        },
      },
      {
        params: [2147484],
        error: {
          code: -32602,
          message: 'params[0] (interval): an interval of 2147484 seconds is too long (at most 24 days)',
        },
      },
    ],
  }) as const;

const setBlockGasLimit = {
  succeeds: [
    {
      params: ['0x2dc6c00'],
      result: true,
      after: [
        ['evm_mine', [], '0'],
        [
          'anvil_nodeInfo',
          [],
          {
            currentBlockNumber: '0x4',
            currentBlockTimestamp: 1700000004,
            currentBlockHash: '0x1774c9ae87e599674296f0d778f2613c7bb85a8c09d0ef7d10ef7effcbaf7f80',
            hardFork: 'osaka',
            transactionOrder: 'fees',
            environment: { baseFee: '0x1e98f38a', chainId: 31337, gasLimit: '0x2dc6c00', gasPrice: '0x5a33bd8a' },
            forkConfig: { forkUrl: null, forkBlockNumber: null, forkRetryBackoff: null },
          },
        ],
      ],
    },
  ],
  fails: [
    {
      params: [],
      error: {
        code: -32602,
        message:
          'missing value for required argument 0: params[0] (gasLimit): expected a gas limit: a number from 1 to 2^63 - 1',
      },
    },
    {
      params: ['0x0'],
      error: {
        code: -32602,
        message: 'params[0] (gasLimit): expected a gas limit: a number from 1 to 2^63 - 1, got 0',
      },
    },
  ],
} as const;

const setCoinbase = <const W>(answer: W) =>
  ({
    succeeds: [{ params: [CAROL], result: answer, after: [['eth_coinbase', [], CAROL]] }],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (address): expected an address (20 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: ['0x12'],
        error: {
          code: -32602,
          message: 'params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  }) as const;

const setPrevRandao = {
  succeeds: [
    {
      params: [NOWHERE],
      result: true,
      after: [
        ['eth_call', [{ to: STRANGER }, 'pending', { [STRANGER]: { code: TELL_RANDAO } }], NOWHERE],
        ['evm_mine', [], '0'],
        ['eth_call', [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_RANDAO } }], NOWHERE],
        ['evm_mine', [], '0'],
        [
          'eth_call',
          [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_RANDAO } }],
          '0x8811ad09742c32414826b05c41ea7a90cb3e7ada6792b0c6deba7a6e2d946027',
        ],
      ],
    },
  ],
  fails: [
    {
      params: [],
      error: {
        code: -32602,
        message:
          'missing value for required argument 0: params[0] (prevRandao): expected a 32-byte value (32 bytes of 0x-prefixed hex)',
      },
    },
    {
      params: ['0x1'],
      error: {
        code: -32602,
        message:
          'params[0] (prevRandao): expected a 32-byte value (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
      },
    },
    {
      params: ['0x01'],
      error: {
        code: -32602,
        message: 'params[0] (prevRandao): expected a 32-byte value (32 bytes of 0x-prefixed hex), got 1 bytes',
      },
    },
  ],
} as const;

export const miningVectors = {
  evm_mine: {
    succeeds: [
      { params: [], result: '0', after: [['eth_blockNumber', [], '0x4']] },
      {
        when: 'a timestamp is given',
        params: ['0x6553f200'],
        result: '0',
        after: [
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f200',
          ],
        ],
      },
      {
        when: 'it is a number',
        params: [1700000600],
        result: '0',
        after: [
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f358',
          ],
        ],
      },
      {
        when: 'several blocks are wanted, as Ganache has it',
        params: [{ blocks: '0x3', timestamp: 1700000600 }],
        result: '0',
        after: [['eth_blockNumber', [], '0x6']],
      },
    ],
    fails: [
      {
        when: 'the timestamp is past',
        params: [1],
        error: { code: -32000, message: "timestamp 1 is not after the previous block's timestamp 1700000003" },
      },
      {
        params: ['now'],
        error: {
          code: -32602,
          message:
            'params[0] (options): expected a non-negative number: hex quantity, decimal string or integer, got "now"',
        },
      },
      {
        params: [{ blocks: 'few' }],
        error: {
          code: -32602,
          message:
            'params[0] (options).blocks: expected a non-negative number: hex quantity, decimal string or integer, got "few"',
        },
      },
      {
        params: [{ count: 3 }],
        error: { code: -32602, message: 'params[0] (options): unknown field "count"; known are timestamp, blocks' },
      },
      {
        params: [true],
        error: {
          code: -32602,
          message: 'params[0] (options): expected a timestamp in seconds, or { timestamp, blocks }, got true',
        },
      },
    ],
  },
  hardhat_mine: {
    succeeds: [
      { params: [], result: true, after: [['eth_blockNumber', [], '0x4']] },
      {
        when: 'blocks are a minute apart',
        params: ['0x3', '0x3c'],
        result: true,
        after: [
          ['eth_blockNumber', [], '0x6'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f17c',
          ],
        ],
      },
      {
        when: 'the interval is zero, as viem sends it',
        params: ['0x2', '0x0'],
        result: true,
        after: [['eth_blockNumber', [], '0x5']],
      },
      { when: 'no block is wanted', params: ['0x0'], result: true, after: [['eth_blockNumber', [], '0x3']] },
      { when: 'numbers are decimal', params: [2, 5], result: true, after: [['eth_blockNumber', [], '0x5']] },
    ],
    fails: [
      {
        params: ['few'],
        error: {
          code: -32602,
          message:
            'params[0] (blocks): expected a non-negative number: hex quantity, decimal string or integer, got "few"',
        },
      },
      {
        params: ['0x1', -1],
        error: {
          code: -32602,
          message:
            'params[1] (interval): expected a non-negative number: hex quantity, decimal string or integer, got -1',
        },
      },
    ],
  },
  anvil_mine: {
    succeeds: [
      { params: [], result: null, after: [['eth_blockNumber', [], '0x4']] },
      {
        when: 'blocks are a minute apart, the first too',
        params: ['0x3', '0x3c'],
        result: null,
        after: [
          ['eth_blockNumber', [], '0x6'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f1b7',
          ],
        ],
      },
    ],
    fails: [
      {
        params: ['few'],
        error: {
          code: -32602,
          message:
            'params[0] (blocks): expected a non-negative number: hex quantity, decimal string or integer, got "few"',
        },
      },
    ],
  },
  evm_setAutomine: setAutomine(true),
  anvil_setAutomine: setAutomine(null),
  hardhat_getAutomine: {
    succeeds: [
      { params: [], result: true },
      { when: 'it was switched off', before: [['evm_setAutomine', [false]]], params: [], result: false },
    ],
    fails: [UNWANTED],
  },
  anvil_getAutomine: {
    succeeds: [
      { params: [], result: true },
      { when: 'it was switched off', before: [['evm_setAutomine', [false]]], params: [], result: false },
    ],
    fails: [UNWANTED],
  },
  evm_setIntervalMining: setIntervalMining(true),
  anvil_setIntervalMining: setIntervalMining(null),
  anvil_getIntervalMining: {
    succeeds: [
      { params: [], result: null },
      { when: 'a timer runs', before: [['anvil_setIntervalMining', [3600]]], params: [], result: 3600 },
    ],
    fails: [UNWANTED],
  },
  evm_setBlockGasLimit: setBlockGasLimit,
  anvil_setBlockGasLimit: setBlockGasLimit,
  hardhat_setCoinbase: setCoinbase(true),
  anvil_setCoinbase: setCoinbase(null),
  hardhat_setPrevRandao: setPrevRandao,
  anvil_setNextBlockPrevRandao: setPrevRandao,
} satisfies Vectors<typeof mining>;
