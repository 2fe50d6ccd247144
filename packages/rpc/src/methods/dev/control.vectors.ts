import {
  ALICE,
  BLOCK_3,
  BOB,
  CAROL,
  NOWHERE,
  ONE_ETH,
  STRANGER,
  TX_LOG,
  UNWANTED,
  type Vectors,
} from '../../world.vectors.ts';
import type { control } from './control.ts';

const impersonateAccount = <const W>(answer: W) =>
  ({
    succeeds: [
      {
        before: [['hardhat_setBalance', [STRANGER, ONE_ETH]]],
        params: [STRANGER],
        result: answer,
        after: [
          [
            'eth_sendTransaction',
            [{ from: STRANGER, to: BOB }],
            '0x38e570c9bbcd404267530aafa375576cad83ef0c331f76b898ce52ae3783af5a',
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

const autoImpersonateAccount = {
  succeeds: [
    {
      before: [['hardhat_setBalance', [STRANGER, ONE_ETH]]],
      params: [true],
      result: null,
      after: [
        [
          'eth_sendTransaction',
          [{ from: STRANGER, to: BOB }],
          '0x38e570c9bbcd404267530aafa375576cad83ef0c331f76b898ce52ae3783af5a',
        ],
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
} as const;

const setNextBlockBaseFeePerGas = <const W>(answer: W) =>
  ({
    succeeds: [
      {
        params: ['0x3b9aca00'],
        result: answer,
        after: [
          ['eth_baseFee', [], '0x3b9aca00'],
          ['evm_mine', [], '0'],
          ['eth_baseFee', [], '0x342770c0'],
        ],
      },
      { when: 'the number is decimal', params: [7], result: answer, after: [['eth_baseFee', [], '0x7']] },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (baseFeePerGas): expected a non-negative number: hex quantity, decimal string or integer',
        },
      },
      {
        params: ['0.1'],
        error: {
          code: -32602,
          message:
            'params[0] (baseFeePerGas): expected a non-negative number: hex quantity, decimal string or integer, got "0.1"',
        },
      },
      {
        when: 'EIP-1559 is not yet there',
        world: 'old',
        params: ['0x1'],
        error: { code: -32000, message: 'a base fee cannot be set before the London hardfork' },
      },
    ],
  }) as const;

const dropAllTransactions = {
  succeeds: [
    {
      before: [
        ['evm_setAutomine', [false]],
        ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
      ],
      params: [],
      result: null,
      after: [['txpool_status', [], { pending: '0x0', queued: '0x0' }]],
    },
  ],
  fails: [UNWANTED],
} as const;

const revert = {
  succeeds: [
    {
      world: 'fresh',
      before: [
        ['evm_snapshot', []],
        ['hardhat_setBalance', [STRANGER, ONE_ETH]],
        ['evm_mine', []],
      ],
      params: ['0x1'],
      result: true,
      after: [
        ['eth_blockNumber', [], '0x3'],
        ['eth_getBalance', [STRANGER], '0x0'],
        ['evm_revert', ['0x1'], false],
      ],
    },
    {
      when: 'it goes behind a later one',
      world: 'fresh',
      before: [
        ['evm_snapshot', []],
        ['evm_mine', []],
        ['evm_snapshot', []],
      ],
      params: [1],
      result: true,
      after: [
        ['eth_blockNumber', [], '0x3'],
        ['evm_revert', ['0x2'], false],
      ],
    },
    { when: 'nobody took it', params: ['0x63'], result: false },
  ],
  fails: [
    {
      params: [],
      error: {
        code: -32602,
        message:
          'missing value for required argument 0: params[0] (snapshotId): expected a non-negative number: hex quantity, decimal string or integer',
      },
    },
    {
      params: ['one'],
      error: {
        code: -32602,
        message:
          'params[0] (snapshotId): expected a non-negative number: hex quantity, decimal string or integer, got "one"',
      },
    },
  ],
} as const;

const reset = <const W>(answer: W) =>
  ({
    succeeds: [
      {
        world: 'fresh',
        params: [],
        result: answer,
        after: [
          ['eth_blockNumber', [], '0x0'],
          ['eth_getTransactionCount', [ALICE], '0x0'],
        ],
      },
      {
        when: 'forking is empty, as viem sends it',
        world: 'fresh',
        params: [{ forking: { blockNumber: null } }],
        result: answer,
        after: [['eth_blockNumber', [], '0x0']],
      },
    ],
    fails: [
      {
        when: 'another chain is to be forked',
        params: [{ forking: { jsonRpcUrl: 'http://127.0.0.1:1', blockNumber: 1 } }],
        error: { code: -32004, message: 'params[0] (options).forking: this node does not fork another chain' },
      },
      {
        params: ['all'],
        error: {
          code: -32602,
          message: 'params[0] (options): expected an object, which may hold "forking", got "all"',
        },
      },
      {
        params: [{ fork: {} }],
        error: { code: -32602, message: 'params[0] (options): unknown field "fork"; known are forking' },
      },
    ],
  }) as const;

const setRpcUrl = {
  succeeds: [],
  fails: [
    {
      params: ['http://127.0.0.1:1'],
      error: { code: -32004, message: 'this node does not fork another chain, so it has no RPC URL to change' },
    },
    {
      params: [],
      error: { code: -32602, message: 'missing value for required argument 0: params[0] (url): expected a string' },
    },
  ],
} as const;

const setLoggingEnabled = <const W>(answer: W) =>
  ({
    succeeds: [{ params: [false], result: answer }],
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

const ECRECOVER = '0x0000000000000000000000000000000000000001';
const SIGNATURE = `0x${'0a'.repeat(32)}${'0b'.repeat(32)}1b` as const;
/** The same as ECRECOVER takes it. */
const V_R_S = `${'1b'.padStart(64, '0')}${'0a'.repeat(32)}${'0b'.repeat(32)}`;

export const controlVectors = {
  anvil_impersonateSignature: {
    succeeds: [
      {
        world: 'fresh',
        params: [SIGNATURE, STRANGER],
        result: null,
        after: [
          [
            'eth_call',
            [{ to: ECRECOVER, data: `0x${'11'.repeat(32)}${V_R_S}` }],
            `0x${STRANGER.slice(2).padStart(64, '0')}`,
          ],
          [
            'eth_call',
            [{ to: ECRECOVER, data: `0x${'22'.repeat(32)}${V_R_S}` }],
            `0x${STRANGER.slice(2).padStart(64, '0')}`,
          ],
          ['eth_call', [{ to: ECRECOVER, data: `0x${'22'.repeat(32)}${V_R_S.replace('1b', '1a')}` }], '0x'],
        ],
      },
    ],
    fails: [
      {
        params: ['0x1234', STRANGER],
        error: {
          code: -32602,
          message: 'params[0] (signature): expected a signature (65 bytes of 0x-prefixed hex), got 2 bytes',
        },
      },
    ],
  },
  hardhat_impersonateAccount: impersonateAccount(true),
  anvil_impersonateAccount: impersonateAccount(null),
  hardhat_stopImpersonatingAccount: {
    succeeds: [
      {
        before: [['hardhat_impersonateAccount', [STRANGER]]],
        params: [STRANGER],
        result: true,
        after: [['eth_accounts', [], [ALICE, BOB, CAROL]]],
      },
      { when: 'it was not impersonated', params: [STRANGER], result: false },
    ],
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
  },
  anvil_stopImpersonatingAccount: {
    succeeds: [
      {
        before: [['hardhat_impersonateAccount', [STRANGER]]],
        params: [STRANGER],
        result: null,
        after: [['eth_accounts', [], [ALICE, BOB, CAROL]]],
      },
      { when: 'it was not impersonated', params: [STRANGER], result: null },
    ],
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
  },
  hardhat_autoImpersonateAccount: autoImpersonateAccount,
  anvil_autoImpersonateAccount: autoImpersonateAccount,
  hardhat_setNextBlockBaseFeePerGas: setNextBlockBaseFeePerGas(true),
  anvil_setNextBlockBaseFeePerGas: setNextBlockBaseFeePerGas(null),
  hardhat_setMinGasPrice: {
    succeeds: [
      {
        when: 'EIP-1559 is not yet there',
        world: 'old',
        params: ['0x1'],
        result: true,
        after: [['eth_gasPrice', [], '0x3b9aca00']],
      },
    ],
    fails: [
      {
        when: 'EIP-1559 is active',
        params: ['0x1'],
        error: {
          code: -32000,
          message: 'a minimum gas price has no meaning once EIP-1559 is active; set the next base fee instead',
        },
      },
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (gasPrice): expected a non-negative number: hex quantity, decimal string or integer',
        },
      },
    ],
  },
  anvil_setMinGasPrice: {
    succeeds: [
      {
        when: 'EIP-1559 is not yet there',
        world: 'old',
        params: ['0x1'],
        result: null,
        after: [['eth_gasPrice', [], '0x3b9aca00']],
      },
    ],
    fails: [
      {
        when: 'EIP-1559 is active',
        params: ['0x1'],
        error: {
          code: -32000,
          message: 'a minimum gas price has no meaning once EIP-1559 is active; set the next base fee instead',
        },
      },
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
  hardhat_dropTransaction: {
    succeeds: [
      {
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
        ],
        params: ['0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606'],
        result: true,
        after: [['txpool_status', [], { pending: '0x0', queued: '0x0' }]],
      },
      { when: 'nobody knows the hash', params: [NOWHERE], result: false },
    ],
    fails: [
      {
        when: 'it was mined',
        params: [TX_LOG],
        error: {
          code: -32602,
          message:
            "params[0] (transactionHash): Transaction 0x84ce847a8dff412eb6a3a3f5d49a9df1a6ce0307721bf6e162cbbb42952d78ff cannot be dropped because it's already mined",
        },
      },
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
    ],
  },
  anvil_dropTransaction: {
    succeeds: [
      {
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
        ],
        params: ['0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606'],
        result: '0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606',
        after: [['txpool_status', [], { pending: '0x0', queued: '0x0' }]],
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
    ],
  },
  hardhat_dropAllTransactions: dropAllTransactions,
  anvil_dropAllTransactions: dropAllTransactions,
  anvil_removePoolTransactions: {
    succeeds: [
      {
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
          ['eth_sendTransaction', [{ from: ALICE, to: BOB, gas: '0x5208' }]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', nonce: '0x9' }]],
        ],
        params: [CAROL],
        result: null,
        after: [['txpool_status', [], { pending: '0x1', queued: '0x0' }]],
      },
    ],
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
  },
  evm_snapshot: {
    succeeds: [
      { world: 'fresh', params: [], result: '0x1' },
      { when: 'it is not the first', world: 'fresh', before: [['evm_snapshot', []]], params: [], result: '0x2' },
    ],
    fails: [UNWANTED],
  },
  anvil_snapshot: {
    succeeds: [
      { world: 'fresh', params: [], result: '0x1' },
      { when: 'it is not the first', world: 'fresh', before: [['evm_snapshot', []]], params: [], result: '0x2' },
    ],
    fails: [UNWANTED],
  },
  evm_revert: revert,
  anvil_revert: revert,
  anvil_reorg: {
    succeeds: [
      {
        params: [1],
        result: null,
        after: [
          ['eth_blockNumber', [], '0x3'],
          ['eth_getBlockTransactionCountByNumber', ['latest'], '0x0'],
          ['eth_getBlockTransactionCountByHash', [BLOCK_3], '0x1'],
          ['txpool_status', [], { pending: '0x1', queued: '0x0' }],
        ],
      },
      {
        when: 'another transaction is wanted there',
        params: [2, [[{ from: ALICE, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }, 0]]],
        result: null,
        after: [
          ['eth_blockNumber', [], '0x3'],
          ['eth_getBlockTransactionCountByNumber', ['0x2'], '0x1'],
          ['eth_getTransactionReceipt', [TX_LOG], null],
        ],
      },
    ],
    fails: [
      {
        params: [9],
        error: { code: -32602, message: 'depth 9 is too large: at most 3 blocks can be taken off the chain here' },
      },
      {
        params: [0],
        error: { code: -32602, message: 'params[0] (depth): expected a number of blocks, at least 1, got 0' },
      },
      {
        params: [1, [3]],
        error: {
          code: -32602,
          message:
            'params[1] (transactions)[0]: expected a pair of a transaction (an object, or raw bytes) and the number of its block in the new branch, from 0, got 3',
        },
      },
      {
        params: [1, [[{ from: ALICE, to: BOB, gas: '0x5208' }, 1]]],
        error: {
          code: -32000,
          message: 'block 1 of the new branch is asked for, which has 1, counted from 0',
        },
      },
    ],
  },
  anvil_rollback: {
    succeeds: [
      {
        params: [],
        result: null,
        after: [
          ['eth_blockNumber', [], '0x2'],
          ['eth_getBlockTransactionCountByHash', [BLOCK_3], '0x1'],
          ['txpool_status', [], { pending: '0x1', queued: '0x0' }],
        ],
      },
      {
        when: 'nothing is left but the genesis',
        params: ['0x3'],
        result: null,
        after: [['eth_blockNumber', [], '0x0']],
      },
    ],
    fails: [
      {
        params: [4],
        error: { code: -32602, message: 'depth 4 is too large: at most 3 blocks can be taken off the chain here' },
      },
    ],
  },
  hardhat_reset: reset(true),
  anvil_reset: reset(null),
  hardhat_setRpcUrl: setRpcUrl,
  anvil_setRpcUrl: setRpcUrl,
  hardhat_setLoggingEnabled: setLoggingEnabled(true),
  anvil_setLoggingEnabled: setLoggingEnabled(null),
  anvil_setChainId: {
    succeeds: [
      {
        world: 'fresh',
        params: [1337],
        result: null,
        after: [
          ['eth_chainId', [], '0x539'],
          ['net_version', [], '1337'],
          [
            'hardhat_metadata',
            [],
            {
              clientVersion: 'anvil/minichain-v1.2.3',
              chainId: 1337,
              instanceId: '0x0000000000000000000000000000000000000000000000000000000000000001',
              latestBlockNumber: 3,
              latestBlockHash: BLOCK_3,
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
          message: 'missing value for required argument 0: params[0] (chainId): expected a chain id from 1 to 2^53 - 1',
        },
      },
      {
        params: ['0x0'],
        error: { code: -32602, message: 'params[0] (chainId): expected a chain id from 1 to 2^53 - 1, got 0' },
      },
      {
        params: ['0x20000000000000'],
        error: {
          code: -32602,
          message: 'params[0] (chainId): expected a chain id from 1 to 2^53 - 1, got 9007199254740992',
        },
      },
    ],
  },
} satisfies Vectors<typeof control>;
