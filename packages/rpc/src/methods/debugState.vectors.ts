import {
  BLOCK_1,
  BLOCK_2,
  BLOCK_3,
  BOB,
  NO_BLOCK_9,
  NO_BLOCK_NOWHERE,
  NOWHERE,
  STORE,
  type Vectors,
  WORD_7,
  ZERO_WORD,
} from '../world.vectors.ts';
import type { debugState } from './debugState.ts';

const STATE_3 = '2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1';
const ZERO_HASH = '0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563';

export const debugStateVectors = {
  debug_storageRangeAt: {
    succeeds: [
      {
        params: [BLOCK_3, 1, STORE, '0x', 10],
        result: { storage: { [ZERO_HASH]: { key: ZERO_WORD, value: WORD_7 } }, nextKey: null },
      },
      {
        when: 'it is before the transaction',
        params: [BLOCK_3, 0, STORE, '0x', 10],
        result: { storage: {}, nextKey: null },
      },
      { when: 'none are wanted', params: [BLOCK_3, 1, STORE, '0x', 0], result: { storage: {}, nextKey: ZERO_HASH } },
      { when: 'it starts behind', params: [BLOCK_3, 1, STORE, '0xff', 10], result: { storage: {}, nextKey: null } },
    ],
    fails: [
      { when: 'nobody knows the block', params: [NOWHERE, 0, STORE, '0x', 1], error: NO_BLOCK_NOWHERE },
      {
        when: 'there are fewer transactions',
        params: [BLOCK_3, 5, STORE, '0x', 1],
        error: { code: -32000, message: `transaction index 5 out of range for block ${BLOCK_3}` },
      },
    ],
  },
  debug_accountRange: {
    succeeds: [
      {
        params: ['latest', '0x', 1, true, true],
        result: {
          root: STATE_3,
          accounts: {
            [BOB]: {
              balance: '10000999909074000000000',
              nonce: 1,
              root: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
              codeHash: '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
              address: BOB,
              key: '0x00314e565e0574cb412563df634608d76f5c59d9f817e85966100ec1d48005c0',
            },
          },
          next: 'EUkGNxmcWak7ukd5JRyI9rq70Mw0ww0k5xQTUbrkQts=',
        },
      },
      {
        when: 'none are wanted',
        params: ['latest', '0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 0],
        result: { root: STATE_3, accounts: {} },
      },
    ],
    fails: [{ when: 'nobody knows the block', params: ['0x9', '0x', 1], error: NO_BLOCK_9 }],
  },
  debug_getModifiedAccountsByNumber: {
    succeeds: [{ params: [3], result: ['0x0000000000000000000000000000000000000000', STORE, BOB] }],
    fails: [
      { when: 'nobody knows the block', params: [9], error: NO_BLOCK_9 },
      { when: 'it has no parent', params: [0], error: { code: -32000, message: 'the genesis block has no parent' } },
      {
        when: 'the end is not later',
        params: [2, 2],
        error: { code: -32000, message: 'start block height (2) must be less than end block height (2)' },
      },
    ],
  },
  debug_getModifiedAccountsByHash: {
    succeeds: [{ params: [BLOCK_2, BLOCK_3], result: ['0x0000000000000000000000000000000000000000', STORE, BOB] }],
    fails: [{ when: 'nobody knows the block', params: [BLOCK_1, NOWHERE], error: NO_BLOCK_NOWHERE }],
  },
  debug_getRawTransactions: {
    succeeds: [{ when: 'there are none', params: ['0x0'], result: [] }],
    fails: [{ when: 'nobody knows the block', params: ['0x9'], error: NO_BLOCK_9 }],
  },
} satisfies Vectors<typeof debugState>;
