import type { Hex } from '@minichain/protocol';
import {
  ALICE,
  BOB,
  CODE,
  ECHO,
  NOWHERE,
  ONE_ETH,
  STORE,
  STRANGER,
  TELL_TIME,
  TX_LOG,
  type Vectors,
  WORD_7,
  ZERO_WORD,
} from '../../world.vectors.ts';
import type { devState } from './state.ts';

const setBalance = <const W>(answer: W) =>
  ({
    succeeds: [
      { params: [STRANGER, ONE_ETH], result: answer, after: [['eth_getBalance', [STRANGER], ONE_ETH]] },
      {
        when: 'the number is decimal',
        params: [STRANGER, '1000'],
        result: answer,
        after: [
          ['eth_getBalance', [STRANGER], '0x3e8'],
          ['evm_mine', [], '0'],
          ['eth_getBalance', [STRANGER], '0x3e8'],
        ],
      },
    ],
    fails: [
      {
        params: [STRANGER],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (balance): expected a non-negative number: hex quantity, decimal string or integer',
        },
      },
      {
        params: ['0x12', '0x1'],
        error: {
          code: -32602,
          message: 'params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        params: [STRANGER, 'rich'],
        error: {
          code: -32602,
          message:
            'params[1] (balance): expected a non-negative number: hex quantity, decimal string or integer, got "rich"',
        },
      },
      {
        params: [STRANGER, '0x10000000000000000000000000000000000000000000000000000000000000000'],
        error: { code: -32602, message: 'params[1] (balance): hex number > 256 bits' },
      },
    ],
  }) as const;

const addBalance = {
  succeeds: [
    {
      before: [['anvil_setBalance', [STRANGER, '0x2']]],
      params: [STRANGER, '0x3'],
      result: null,
      after: [['eth_getBalance', [STRANGER], '0x5']],
    },
  ],
  fails: [
    {
      when: 'there cannot be that much',
      before: [['anvil_setBalance', [STRANGER, '0x1']]],
      params: [STRANGER, '0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
      error: {
        code: -32000,
        message: 'the balance of 0x00000000000000000000000000000000000a11ce would exceed 2^256 - 1',
      },
    },
    {
      params: [STRANGER],
      error: {
        code: -32602,
        message:
          'missing value for required argument 1: params[1] (amount): expected a non-negative number: hex quantity, decimal string or integer',
      },
    },
  ],
} as const;

const setNonce = <const W>(answer: W) =>
  ({
    succeeds: [
      { params: [STRANGER, '0x7'], result: answer, after: [['eth_getTransactionCount', [STRANGER], '0x7']] },
      {
        when: 'it becomes lower',
        params: [ALICE, 0],
        result: answer,
        after: [['eth_getTransactionCount', [ALICE], '0x0']],
      },
    ],
    fails: [
      {
        params: [STRANGER],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (nonce): expected a nonce: a number from 0 to 2^64 - 1',
        },
      },
      {
        params: [STRANGER, '0x10000000000000000'],
        error: {
          code: -32602,
          message: 'params[1] (nonce): expected a nonce: a number from 0 to 2^64 - 1, got 18446744073709551616',
        },
      },
      {
        params: [STRANGER, -1],
        error: {
          code: -32602,
          message: 'params[1] (nonce): expected a non-negative number: hex quantity, decimal string or integer, got -1',
        },
      },
    ],
  }) as const;

const setCode = <const W>(answer: W) =>
  ({
    succeeds: [
      {
        params: [STRANGER, '0x365f5f37365ff3'],
        result: answer,
        after: [
          ['eth_getCode', [STRANGER], '0x365f5f37365ff3'],
          ['eth_call', [{ to: STRANGER, data: '0x07' }], '0x07'],
        ],
      },
      { when: 'it is taken away', params: [ECHO, '0x'], result: answer, after: [['eth_getCode', [ECHO], '0x']] },
    ],
    fails: [
      {
        params: [STRANGER],
        error: {
          code: -32602,
          message: 'missing value for required argument 1: params[1] (code): expected 0x-prefixed hex bytes',
        },
      },
      {
        params: [STRANGER, 'code'],
        error: { code: -32602, message: 'params[1] (code): expected 0x-prefixed hex bytes, got "code"' },
      },
      {
        params: [STRANGER, '0x123'],
        error: {
          code: -32602,
          message: 'params[1] (code): expected 0x-prefixed hex bytes, got an odd number of hex digits',
        },
      },
    ],
  }) as const;

const setStorageAt = {
  succeeds: [
    {
      params: [STORE, '0x0', NOWHERE],
      result: true,
      after: [
        ['eth_getStorageAt', [STORE, '0x0'], NOWHERE],
        ['eth_call', [{ to: STORE }], NOWHERE],
      ],
    },
    {
      when: 'the slot is a number',
      params: [STORE, 5, NOWHERE],
      result: true,
      after: [['eth_getStorageAt', [STORE, '0x5'], NOWHERE]],
    },
    {
      when: 'it is emptied',
      params: [STORE, ZERO_WORD, ZERO_WORD],
      result: true,
      after: [['eth_getStorageAt', [STORE, '0x0'], ZERO_WORD]],
    },
  ],
  fails: [
    {
      params: [STORE, '0x0'],
      error: {
        code: -32602,
        message:
          'missing value for required argument 2: params[2] (value): expected a storage value of exactly 32 bytes',
      },
    },
    {
      when: 'the value is short',
      params: [STORE, '0x0', '0x01'],
      error: {
        code: -32602,
        message:
          'params[2] (value): Storage value must be exactly 32 bytes long. Received 0x01, which is 1 bytes long.',
      },
    },
    {
      params: [STORE, 'zero', ZERO_WORD],
      error: {
        code: -32602,
        message: 'params[1] (slot): expected a storage slot of at most 32 bytes, in hex, got "zero"',
      },
    },
    {
      params: [STORE, '0x000000000000000000000000000000000000000000000000000000000000000000', ZERO_WORD],
      error: { code: -32602, message: 'params[1] (slot): storage slot is too long: 66 hex digits, at most 64' },
    },
  ],
} as const;

/** As `anvil --dump-state` writes it, with the least that a dump can hold. */
const dumpOf = (dump: unknown): Hex => `0x${Buffer.from(JSON.stringify(dump)).toString('hex')}`;
const DUMP = dumpOf({
  block: { number: '0x5', timestamp: '0x6553f200' },
  accounts: {
    [STRANGER]: { nonce: 3, balance: '0x7', code: '0x', storage: {} },
    [STORE]: { nonce: 0, balance: '0x0', code: CODE[STORE], storage: { [ZERO_WORD]: NOWHERE } },
  },
  best_block_number: 5,
  blocks: [],
  transactions: [],
  historical_states: null,
});

const dumpState = {
  succeeds: [
    // As long as it is, a dump is shown by how one begins and ends.
    { params: [], result: /^0x1f8b08[0-9a-f]{2000,}$/, shown: '0x1f8b0800000000000003abae050043bfa6a302000000' },
    { when: 'historical states are not wanted', params: [false], result: /^0x1f8b08/ },
    { when: 'they are', params: [true], result: /^0x1f8b08[0-9a-f]{4000,}$/ },
  ],
  fails: [
    {
      params: ['all'],
      error: { code: -32602, message: 'params[0] (preserveHistoricalStates): expected true or false, got "all"' },
    },
  ],
} as const satisfies Vectors<{ anvil_dumpState: unknown }>['anvil_dumpState'];

const loadState = {
  succeeds: [
    {
      params: [DUMP],
      result: true,
      after: [
        ['eth_blockNumber', [], '0x5'],
        ['eth_getBalance', [STRANGER], '0x7'],
        ['eth_getTransactionCount', [STRANGER], '0x3'],
        ['eth_call', [{ to: STORE }], NOWHERE],
        [
          'eth_call',
          [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_TIME } }],
          '0x000000000000000000000000000000000000000000000000000000006553f200',
        ],
      ],
    },
    {
      when: 'the chain is higher already',
      params: [dumpOf({ accounts: { [STRANGER]: { nonce: 0, balance: '0x9' } }, best_block_number: 1 })],
      result: true,
      after: [
        ['eth_blockNumber', [], '0x3'],
        ['eth_getBalance', [STRANGER], '0x9'],
      ],
    },
  ],
  fails: [
    {
      params: [],
      error: {
        code: -32602,
        message:
          'missing value for required argument 0: params[0] (state): expected a state dump as anvil_dumpState makes it: JSON, gzipped or not, in hex',
      },
    },
    {
      when: 'it is no JSON',
      params: [`0x${Buffer.from('{"accounts":').toString('hex')}`],
      error: {
        code: -32602,
        message:
          'params[0] (state): expected a state dump as anvil_dumpState makes it: JSON, gzipped or not; Unexpected end of JSON input',
      },
    },
    {
      when: 'it ends before its time',
      params: ['0x1f8b0800'],
      error: {
        code: -32602,
        message:
          'params[0] (state): expected a state dump as anvil_dumpState makes it: JSON, gzipped or not; it cannot be unpacked: unexpected end of file',
      },
    },
    {
      when: 'a balance is none',
      params: [dumpOf({ accounts: { [STRANGER]: { nonce: 0, balance: 'rich' } } })],
      error: {
        code: -32602,
        message: `params[0] (state).accounts.${STRANGER}.balance: expected a non-negative number: hex quantity, decimal string or integer, got "rich"`,
      },
    },
    {
      when: 'it is of a block far ahead',
      params: [dumpOf({ accounts: {}, best_block_number: 2_000_000 })],
      error: {
        code: -32000,
        message:
          'the state is that of block 2000000; empty blocks are mined to reach its height, but only up to 1000003',
      },
    },
  ],
} as const satisfies Vectors<{ anvil_loadState: unknown }>['anvil_loadState'];

/** Answers with the word of a mapping in slot 1, at the argument at a place of the calldata. */
const mapped = (place: string) => `0x60${place}355f52600160205260405f20545f5260205ff3` as const;
const argument = (who: string) => who.slice(2).padStart(64, '0');

const setTokens = {
  succeeds: [
    {
      before: [['hardhat_setCode', [STRANGER, mapped('04')]]],
      params: [ALICE, STRANGER, '0x7'],
      result: null,
      after: [['eth_call', [{ to: STRANGER, data: `0x70a08231${argument(ALICE)}` }], WORD_7]],
    },
  ],
  fails: [
    {
      when: 'it is no token',
      params: [ALICE, ECHO, '0x7'],
      error: {
        code: -32000,
        message: `unable to set it: no slot found, no single word of storage decides what balanceOf of ${ECHO} answers`,
      },
    },
    {
      params: [ALICE, STRANGER],
      error: {
        code: -32602,
        message:
          'missing value for required argument 2: params[2] (amount): expected a non-negative number: hex quantity, decimal string or integer',
      },
    },
  ],
} as const satisfies Vectors<typeof devState>['anvil_dealERC20'];

export const devStateVectors = {
  hardhat_setBalance: setBalance(true),
  anvil_setBalance: setBalance(null),
  tenderly_setBalance: setBalance(null),
  evm_setAccountBalance: setBalance(true),
  hardhat_addBalance: addBalance,
  anvil_addBalance: addBalance,
  tenderly_addBalance: addBalance,
  hardhat_dealERC20: setTokens,
  anvil_dealERC20: setTokens,
  anvil_setERC20Balance: setTokens,
  anvil_setERC20Allowance: {
    succeeds: [
      {
        before: [['hardhat_setCode', [STRANGER, mapped('24')]]],
        params: [ALICE, BOB, STRANGER, 7],
        result: null,
        after: [['eth_call', [{ to: STRANGER, data: `0xdd62ed3e${argument(ALICE)}${argument(BOB)}` }], WORD_7]],
      },
    ],
    fails: [
      {
        params: [ALICE, BOB, BOB, 7],
        error: {
          code: -32000,
          message: `unable to set it: no slot found, no single word of storage decides what allowance of ${BOB} answers`,
        },
      },
    ],
  },
  anvil_getBlobByHash: {
    succeeds: [{ when: 'nobody sent it', params: [NOWHERE], result: null }],
    fails: [
      {
        params: ['0x12'],
        error: {
          code: -32602,
          message: 'params[0] (versionedHash): expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  anvil_getBlobsByTransactionHash: {
    succeeds: [{ when: 'it has none', params: [TX_LOG], result: null }],
    fails: [
      {
        params: ['0x12'],
        error: {
          code: -32602,
          message: 'params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  hardhat_setNonce: setNonce(true),
  anvil_setNonce: setNonce(null),
  evm_setAccountNonce: setNonce(true),
  hardhat_setCode: setCode(true),
  anvil_setCode: setCode(null),
  evm_setAccountCode: setCode(true),
  hardhat_setStorageAt: setStorageAt,
  anvil_setStorageAt: setStorageAt,
  evm_setAccountStorageAt: setStorageAt,
  hardhat_dumpState: dumpState,
  anvil_dumpState: dumpState,
  hardhat_loadState: loadState,
  anvil_loadState: loadState,
} satisfies Vectors<typeof devState>;
