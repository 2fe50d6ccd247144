import { STRANGER, TELL_TIME, UNWANTED, type Vectors } from '../../world.vectors.ts';
import type { time } from './time.ts';

const setTime = {
  succeeds: [
    {
      params: [1700000600],
      result: 600,
      after: [
        ['evm_mine', [], '0'],
        [
          'eth_call',
          [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
          '0x000000000000000000000000000000000000000000000000000000006553f358',
        ],
      ],
    },
    {
      when: 'it is in milliseconds',
      params: [1700000600000],
      result: 600,
      after: [
        ['evm_mine', [], '0'],
        [
          'eth_call',
          [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
          '0x000000000000000000000000000000000000000000000000000000006553f358',
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
          'missing value for required argument 0: params[0] (timestamp): expected a non-negative number: hex quantity, decimal string or integer',
      },
    },
    {
      when: 'it is past',
      params: [1],
      error: { code: -32000, message: "timestamp 1 is not after the previous block's timestamp 1700000003" },
    },
    {
      params: ['now'],
      error: {
        code: -32602,
        message:
          'params[0] (timestamp): expected a non-negative number: hex quantity, decimal string or integer, got "now"',
      },
    },
  ],
} as const;

export const timeVectors = {
  // The world's third block is three seconds ahead of its wall clock, and time is moved on from there.
  evm_increaseTime: {
    succeeds: [
      {
        params: [60],
        result: '63',
        after: [
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f13f',
          ],
        ],
      },
      { when: 'it is hex', params: ['0x3c'], result: '63' },
      { when: 'it comes to what went before', before: [['evm_increaseTime', [40]]], params: [2], result: '45' },
      { when: 'nothing is added', params: [0], result: '0' },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (seconds): expected seconds: a number from 0 to 2^53 - 1',
        },
      },
      {
        params: [-1],
        error: {
          code: -32602,
          message:
            'params[0] (seconds): expected a non-negative number: hex quantity, decimal string or integer, got -1',
        },
      },
      {
        params: [1.5],
        error: {
          code: -32602,
          message:
            'params[0] (seconds): expected a non-negative number: hex quantity, decimal string or integer, got 1.5',
        },
      },
      {
        params: ['0x20000000000000'],
        error: {
          code: -32602,
          message: 'params[0] (seconds): expected seconds: a number from 0 to 2^53 - 1, got 9007199254740992',
        },
      },
    ],
  },
  anvil_increaseTime: {
    succeeds: [
      {
        params: [60],
        result: 63,
        after: [
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f13f',
          ],
        ],
      },
      { when: 'it is hex', params: ['0x3c'], result: 63 },
      { when: 'it comes to what went before', before: [['evm_increaseTime', [40]]], params: [2], result: 45 },
      { when: 'nothing is added', params: [0], result: 0 },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (seconds): expected seconds: a number from 0 to 2^53 - 1',
        },
      },
      {
        params: [-1],
        error: {
          code: -32602,
          message:
            'params[0] (seconds): expected a non-negative number: hex quantity, decimal string or integer, got -1',
        },
      },
      {
        params: [1.5],
        error: {
          code: -32602,
          message:
            'params[0] (seconds): expected a non-negative number: hex quantity, decimal string or integer, got 1.5',
        },
      },
      {
        params: ['0x20000000000000'],
        error: {
          code: -32602,
          message: 'params[0] (seconds): expected seconds: a number from 0 to 2^53 - 1, got 9007199254740992',
        },
      },
    ],
  },
  evm_setNextBlockTimestamp: {
    succeeds: [
      {
        params: [1700000600],
        result: '1700000600',
        after: [
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f358',
          ],
        ],
      },
      {
        when: 'it is hex',
        params: ['0x6553f200'],
        result: '1700000256',
        after: [
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f200',
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
            'missing value for required argument 0: params[0] (timestamp): expected seconds: a number from 0 to 2^53 - 1',
        },
      },
      {
        when: 'it is past',
        params: [1],
        error: { code: -32000, message: "timestamp 1 is not after the previous block's timestamp 1700000003" },
      },
      {
        when: "it is the head's own",
        params: [1700000003],
        error: {
          code: -32000,
          message:
            "timestamp 1700000003 is not after the previous block's timestamp 1700000003; equal ones are let pass by --allow-blocks-with-same-timestamp",
        },
      },
      {
        params: ['tomorrow'],
        error: {
          code: -32602,
          message:
            'params[0] (timestamp): expected a non-negative number: hex quantity, decimal string or integer, got "tomorrow"',
        },
      },
    ],
  },
  anvil_setNextBlockTimestamp: {
    succeeds: [
      {
        params: [1700000600],
        result: null,
        after: [
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f358',
          ],
        ],
      },
      {
        when: 'it is hex',
        params: ['0x6553f200'],
        result: null,
        after: [
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f200',
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
            'missing value for required argument 0: params[0] (timestamp): expected seconds: a number from 0 to 2^53 - 1',
        },
      },
      {
        when: 'it is past',
        params: [1],
        error: { code: -32000, message: "timestamp 1 is not after the previous block's timestamp 1700000003" },
      },
      {
        when: "it is the head's own",
        params: [1700000003],
        error: {
          code: -32000,
          message:
            "timestamp 1700000003 is not after the previous block's timestamp 1700000003; equal ones are let pass by --allow-blocks-with-same-timestamp",
        },
      },
      {
        params: ['tomorrow'],
        error: {
          code: -32602,
          message:
            'params[0] (timestamp): expected a non-negative number: hex quantity, decimal string or integer, got "tomorrow"',
        },
      },
    ],
  },
  evm_setTime: setTime,
  anvil_setTime: setTime,
  anvil_setBlockTimestampInterval: {
    succeeds: [
      {
        params: [10],
        result: null,
        after: [
          ['evm_mine', [], '0'],
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f117',
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
            'missing value for required argument 0: params[0] (seconds): expected seconds between two blocks: a number from 1 to 2^32',
        },
      },
      {
        params: [0],
        error: {
          code: -32602,
          message: 'params[0] (seconds): expected seconds between two blocks: a number from 1 to 2^32, got 0',
        },
      },
      {
        params: ['often'],
        error: {
          code: -32602,
          message:
            'params[0] (seconds): expected a non-negative number: hex quantity, decimal string or integer, got "often"',
        },
      },
    ],
  },
  anvil_removeBlockTimestampInterval: {
    succeeds: [
      { before: [['anvil_setBlockTimestampInterval', [10]]], params: [], result: true },
      { when: 'there was none', params: [], result: false },
    ],
    fails: [UNWANTED],
  },
  hardhat_setBlockTimestampInterval: {
    succeeds: [
      {
        params: [10000],
        result: null,
        after: [
          ['evm_mine', [], '0'],
          ['evm_mine', [], '0'],
          [
            'eth_call',
            [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
            '0x000000000000000000000000000000000000000000000000000000006553f117',
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
            'missing value for required argument 0: params[0] (ms): expected an interval in milliseconds, of whole seconds',
        },
      },
      {
        params: [1500],
        error: {
          code: -32602,
          message: 'params[0] (ms): expected an interval in milliseconds, of whole seconds, got 1500',
        },
      },
      {
        params: [0],
        error: {
          code: -32602,
          message: 'params[0] (ms): expected an interval in milliseconds, of whole seconds, got 0',
        },
      },
    ],
  },
  hardhat_removeBlockTimestampInterval: {
    succeeds: [
      { before: [['anvil_setBlockTimestampInterval', [10]]], params: [], result: true },
      { when: 'there was none', params: [], result: false },
    ],
    fails: [UNWANTED],
  },
} satisfies Vectors<typeof time>;
