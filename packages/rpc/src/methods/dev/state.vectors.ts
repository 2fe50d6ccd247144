import { ALICE, ECHO, NOWHERE, ONE_ETH, STORE, STRANGER, type Vectors, ZERO_WORD } from '../../world.vectors.ts';
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

export const devStateVectors = {
  hardhat_setBalance: setBalance(true),
  anvil_setBalance: setBalance(null),
  tenderly_setBalance: setBalance(null),
  evm_setAccountBalance: setBalance(true),
  hardhat_addBalance: addBalance,
  anvil_addBalance: addBalance,
  tenderly_addBalance: addBalance,
  hardhat_setNonce: setNonce(true),
  anvil_setNonce: setNonce(null),
  evm_setAccountNonce: setNonce(true),
  hardhat_setCode: setCode(true),
  anvil_setCode: setCode(null),
  evm_setAccountCode: setCode(true),
  hardhat_setStorageAt: setStorageAt,
  anvil_setStorageAt: setStorageAt,
  evm_setAccountStorageAt: setStorageAt,
} satisfies Vectors<typeof devState>;
