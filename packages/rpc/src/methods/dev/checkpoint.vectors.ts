import { BLOCK_3, STRANGER, UNWANTED, type Vectors, WORD_7, ZERO_WORD } from '../../world.vectors.ts';
import type { checkpoint } from './checkpoint.ts';

const NAME_MISSING = {
  params: [],
  error: {
    code: -32602,
    message: 'missing value for required argument 0: params[0] (name): expected a string',
  },
} as const;

export const checkpointVectors = {
  minichain_saveCheckpoint: {
    succeeds: [
      {
        params: ['before the upgrade'],
        result: true,
        after: [
          ['minichain_listCheckpoints', [], [{ name: 'before the upgrade', number: '0x3', hash: BLOCK_3 }]],
          ['evm_mine', [], '0'],
          ['minichain_restoreCheckpoint', ['before the upgrade'], true],
          ['eth_blockNumber', [], '0x3'],
        ],
      },
    ],
    fails: [
      NAME_MISSING,
      { params: [''], error: { code: -32602, message: "a checkpoint's name must have 1 to 200 characters" } },
    ],
  },
  minichain_restoreCheckpoint: {
    succeeds: [
      {
        when: 'it can be gone back to more than once',
        before: [
          ['minichain_saveCheckpoint', ['a']],
          ['evm_mine', []],
          ['minichain_restoreCheckpoint', ['a']],
          ['evm_mine', []],
        ],
        params: ['a'],
        result: true,
        after: [['eth_blockNumber', [], '0x3']],
      },
      { when: 'nobody saved it', params: ['never saved'], result: false },
    ],
    fails: [NAME_MISSING],
  },
  minichain_removeCheckpoint: {
    succeeds: [
      {
        before: [['minichain_saveCheckpoint', ['a']]],
        params: ['a'],
        result: true,
        after: [['minichain_restoreCheckpoint', ['a'], false]],
      },
      { when: 'nobody saved it', params: ['never saved'], result: false },
    ],
    fails: [NAME_MISSING],
  },
  minichain_listCheckpoints: {
    succeeds: [
      {
        // Checkpoints outlive the vectors that made them.
        before: [
          ['minichain_removeCheckpoint', ['before the upgrade']],
          ['minichain_saveCheckpoint', ['a']],
        ],
        params: [],
        result: [{ name: 'a', number: '0x3', hash: BLOCK_3 }],
      },
    ],
    fails: [UNWANTED],
  },
  minichain_diffCheckpoints: {
    succeeds: [
      {
        before: [
          ['minichain_removeCheckpoint', ['before the upgrade']],
          ['minichain_saveCheckpoint', ['a']],
          ['hardhat_setBalance', [STRANGER, '0x7']],
          ['hardhat_setStorageAt', [STRANGER, '0x1', WORD_7]],
          ['minichain_saveCheckpoint', ['b']],
        ],
        params: ['a', 'b'],
        result: {
          from: { name: 'a', number: '0x3', hash: BLOCK_3 },
          to: { name: 'b', number: '0x3', hash: BLOCK_3 },
          accounts: [
            {
              address: STRANGER,
              balance: { from: '0x0', to: '0x7' },
              storage: {
                '0x0000000000000000000000000000000000000000000000000000000000000001': { from: ZERO_WORD, to: WORD_7 },
              },
            },
          ],
        },
        after: [['minichain_removeCheckpoint', ['b'], true]],
      },
      {
        when: 'with the state as it is now',
        before: [
          ['minichain_saveCheckpoint', ['a']],
          ['hardhat_setCode', [STRANGER, '0x00']],
          ['hardhat_setNonce', [STRANGER, '0x5']],
        ],
        params: ['a'],
        result: {
          from: { name: 'a', number: '0x3', hash: BLOCK_3 },
          to: { name: null, number: '0x3', hash: BLOCK_3 },
          accounts: [{ address: STRANGER, nonce: { from: '0x0', to: '0x5' }, code: { from: '0x', to: '0x00' } }],
        },
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (from): expected a string',
        },
      },
      {
        before: [
          ['minichain_removeCheckpoint', ['before the upgrade']],
          ['minichain_removeCheckpoint', ['b']],
          ['minichain_saveCheckpoint', ['a']],
        ],
        params: ['a', 'nobody'],
        error: { code: -32001, message: 'there is no checkpoint "nobody"; there are "a"' },
      },
    ],
  },
} as const satisfies Vectors<keyof typeof checkpoint>;
