import { BLOCK_3, UNWANTED, type Vectors } from '../../world.vectors.ts';
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
} as const satisfies Vectors<keyof typeof checkpoint>;
