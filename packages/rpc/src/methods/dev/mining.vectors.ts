import {
  ALICE,
  BLOCK_3,
  BOB,
  CAROL,
  EMPTY_BLOOM,
  EMPTY_ROOT,
  NO_REQUESTS,
  NO_UNCLES,
  NOWHERE,
  STRANGER,
  TELL_RANDAO,
  TELL_TIME,
  UNWANTED,
  type Vectors,
  ZERO_WORD,
} from '../../world.vectors.ts';
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

const emptyBlock4 = {
  hash: '0xe8f66639f9ae8567720aaefc4d9eb8d97a31c2ef046bf54934c553667d2ebbef',
  parentHash: BLOCK_3,
  sha3Uncles: NO_UNCLES,
  miner: '0x0000000000000000000000000000000000000000',
  stateRoot: '0x2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1',
  transactionsRoot: EMPTY_ROOT,
  receiptsRoot: EMPTY_ROOT,
  logsBloom: EMPTY_BLOOM,
  difficulty: '0x0',
  number: '0x4',
  gasLimit: '0x1c9c380',
  gasUsed: '0x0',
  timestamp: '0x6553f104',
  extraData: '0x',
  mixHash: '0xf3d4e31b0c27a4a259554fe20b334c618d71ed770262655e4d909c83ed055319',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x22f7f1c2',
  withdrawalsRoot: EMPTY_ROOT,
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZERO_WORD,
  requestsHash: NO_REQUESTS,
  size: '0x268',
  uncles: [],
  transactions: [],
  withdrawals: [],
} as const;

/** Creation code that reverts with 0xdeadbeef. */
const UNWILLING = '0x63deadbeef5f526004601cfd';
const FEES = { maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1' } as const;
const UNWILLING_HASH = '0x4fdc759ddb0e8c883629398245084b6aa9b24b22c4fef67f3b09e9b381b2ea02';
const BLOCK_4 = '0xcf7bf2585a600bb6a379e9d0eca45c12cd7eb19c95f50bc68ee24ba7a01a6e2f';

/** Of the empty block 4 with 0x1234 in it. */
const EXTRA_HEADER =
  '0xf90261a092ef97833f286d641a8d7fa39f79b112fddaccc553916c0dcf57d59d37a2c1d7a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a02b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421b901000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080048401c9c38080846553f104821234a0f3d4e31b0c27a4a259554fe20b334c618d71ed770262655e4d909c83ed0553198800000000000000008422f7f1c2a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b4218080a00000000000000000000000000000000000000000000000000000000000000000a0e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const mineDetailed = {
  succeeds: [
    { params: [], result: [emptyBlock4] },
    { when: 'none are asked for', params: [{ blocks: 0 }], result: [] },
    {
      when: 'a transaction fails',
      before: [
        ['evm_setAutomine', [false]],
        ['eth_sendTransaction', [{ from: ALICE, data: UNWILLING, gas: '0x15208', ...FEES }]],
      ],
      params: [],
      result: [
        {
          ...emptyBlock4,
          hash: BLOCK_4,
          stateRoot: '0x0854b184901034301c3b241ec66c9b5bee5cd2426e8f69ab8c7eb3445910c919',
          transactionsRoot: '0x099939c3121afd56d902495c44b328197e94d7ee30a0fed17bcff5317a30f77d',
          receiptsRoot: '0xfe7985ffe0e0be1ba1ffdf4b71cda6c8a57c178a6d0ffa1e45da3db9fa7d4911',
          gasUsed: '0xcfdb',
          size: '0x2d1',
          transactions: [
            {
              type: '0x2',
              hash: UNWILLING_HASH,
              nonce: '0x2',
              blockHash: BLOCK_4,
              blockNumber: '0x4',
              blockTimestamp: '0x6553f104',
              transactionIndex: '0x0',
              from: ALICE,
              to: null,
              value: '0x0',
              gas: '0x15208',
              input: UNWILLING,
              chainId: '0x7a69',
              gasPrice: '0x22f7f1c3',
              maxFeePerGas: '0x77359400',
              maxPriorityFeePerGas: '0x1',
              accessList: [],
              v: '0x1',
              r: '0xd8edb7f43380a550403a66572356e3b114f03cd760b6130c508f598e0a20dd04',
              s: '0x1fd13c000e88a767c220a3520d76b61a4bbcad14e28b2c69c79d59f5956525f4',
              yParity: '0x1',
              output: '0xdeadbeef',
              revertReason: 'execution reverted',
            },
          ],
        },
      ],
    },
  ],
  fails: [
    {
      params: [{ blocks: 1001 }],
      error: {
        code: -32602,
        message: 'params[0] (options).blocks: at most 1000 blocks can be mined in detail, got 1001',
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
        when: 'there would be no end of it',
        params: ['0x989681'],
        error: {
          code: -32602,
          message: 'params[0] (blocks): at most 10000000 blocks can be mined at once, got 10000001',
        },
      },
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
  evm_mine_detailed: mineDetailed,
  anvil_mine_detailed: mineDetailed,
  miner_stop: {
    succeeds: [
      {
        params: [],
        result: true,
        after: [
          ['hardhat_getAutomine', [], false],
          ['eth_mining', [], false],
        ],
      },
    ],
    fails: [UNWANTED],
  },
  miner_start: {
    succeeds: [
      {
        when: 'a timer was stopped',
        before: [
          ['anvil_setIntervalMining', [3600]],
          ['evm_setAutomine', [false]],
          ['miner_stop', []],
        ],
        params: [1],
        result: true,
        after: [
          ['anvil_getIntervalMining', [], 3600],
          ['hardhat_getAutomine', [], false],
        ],
      },
      {
        when: 'a transaction waits',
        before: [
          ['miner_stop', []],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
        ],
        params: [],
        result: true,
        after: [
          ['eth_blockNumber', [], '0x4'],
          ['hardhat_getAutomine', [], true],
        ],
      },
      {
        when: 'nothing was stopped',
        params: [],
        result: true,
        after: [['hardhat_getAutomine', [], true]],
      },
    ],
    fails: [
      {
        params: ['many'],
        error: {
          code: -32602,
          message:
            'params[0] (threads): expected a non-negative number: hex quantity, decimal string or integer, got "many"',
        },
      },
    ],
  },
  miner_setEtherbase: setCoinbase(true),
  miner_setExtra: {
    succeeds: [
      {
        params: ['0x1234'],
        result: true,
        after: [
          ['evm_mine', [], '0'],
          ['debug_getRawHeader', ['latest'], EXTRA_HEADER],
        ],
      },
    ],
    fails: [
      {
        params: [`0x${'12'.repeat(33)}`],
        error: {
          code: -32602,
          message: 'params[0] (extraData): expected at most 32 bytes of extra data, got 33 bytes',
        },
      },
    ],
  },
  miner_setGasPrice: {
    succeeds: [{ world: 'fresh', params: ['0x77359400'], result: true, after: [['eth_gasPrice', [], '0x77359400']] }],
    fails: [
      {
        params: ['cheap'],
        error: {
          code: -32602,
          message:
            'params[0] (gasPrice): expected a non-negative number: hex quantity, decimal string or integer, got "cheap"',
        },
      },
    ],
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
