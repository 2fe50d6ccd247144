import { ALICE, BOB, CAROL, STRANGER, UNWANTED, type Vectors } from '../world.vectors.ts';
import type { personal } from './personal.ts';

const KEY = '0x0707070707070707070707070707070707070707070707070707070707070707';
const KEY_OWNER = '0x4a62316623ad457f02cdc5d997ded67a383ec569';
const NOBODY = '0x00000000000000000000000000000000000a11cf';
const RICH = '0xde0b6b3a7640000';

const toAlice = { to: ALICE, gas: '0x5208', gasPrice: '0x77359400' } as const;
const HELLO_SIGNED =
  '0xf16ea9a3478698f695fd1401bfe27e9e4a7e8e3da94aa72b021125e31fa899cc573c48ea3fe1d4ab61a9db10c19032026e3ed2dbccba5a178235ac27f94504311c';

const wrongFor = (who: string) => ({
  code: -32003,
  message: `could not decrypt key with given password: account ${who}`,
});
const unknown = (who: string) => ({
  code: -32003,
  message: `unknown account ${who}: this node has no key of it to sign with`,
});
const NOT_AN_ADDRESS = {
  params: ['0x12'],
  error: {
    code: -32602,
    message: 'params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
  },
} as const;
const NOT_A_PASSPHRASE = {
  code: -32602,
  message: 'params[1] (passphrase): expected a string, got 1',
} as const;

export const personalVectors = {
  personal_sign: {
    succeeds: [
      {
        params: ['0xdeadbeef', ALICE],
        result:
          '0xa114c834af73872c6c9efe918d85b0b1b34a486d10f9011e2630e28417c828c060dbd65cda67e73d52ebb7c555260621dbc1b0b4036acb61086bba091ac3f1641b',
      },
      {
        when: 'a password comes with it',
        params: ['hello', BOB, ''],
        result:
          '0x76930d64d2e5eb4b3f4572ce806eda50e1e2329d51d9ca5a713a9befcb9d20883e3d4885c3c5eaf775fc8c9fcf4882a28b582b427bc0270565f3294d935549221b',
      },
    ],
    fails: [
      {
        when: 'nobody here has the key',
        params: ['0x', STRANGER],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: this node has no key of it to sign with',
        },
      },
      {
        when: 'the order is that of eth_sign',
        params: [ALICE, '0xdeadbeef'],
        error: {
          code: -32602,
          message: 'params[1] (address): expected an address (20 bytes of 0x-prefixed hex), got 4 bytes',
        },
      },
    ],
  },
  personal_ecRecover: {
    succeeds: [{ params: ['0x68656c6c6f', HELLO_SIGNED], result: ALICE }],
    fails: [
      {
        params: ['hello', '0x12'],
        error: {
          code: -32602,
          message: 'params[1] (signature): expected a signature (65 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        when: 'nobody can have made it',
        params: ['hello', `0x${'ff'.repeat(65)}`],
        error: {
          code: -32602,
          message: 'invalid signature: no public key can have made it (v must be 0, 1, 27 or 28)',
        },
      },
    ],
  },
  personal_listAccounts: { succeeds: [{ params: [], result: [ALICE, BOB, CAROL] }], fails: [UNWANTED] },
  personal_newAccount: {
    succeeds: [
      {
        world: 'fresh',
        params: ['secret'],
        result: '0x2b5ad5c4795c026514f8317c7a215e218dccd6cf',
        after: [
          ['personal_listAccounts', [], [ALICE, BOB, CAROL, '0x2b5ad5c4795c026514f8317c7a215e218dccd6cf']],
          ['personal_unlockAccount', ['0x2b5ad5c4795c026514f8317c7a215e218dccd6cf', 'secret'], true],
        ],
      },
    ],
    fails: [{ params: [1], error: { code: -32602, message: 'params[0] (passphrase): expected a string, got 1' } }],
  },
  personal_importRawKey: {
    succeeds: [
      {
        world: 'fresh',
        params: [KEY, 'secret'],
        result: KEY_OWNER,
        after: [['eth_accounts', [], [ALICE, BOB, CAROL, KEY_OWNER]]],
      },
      { when: 'there is no 0x', world: 'fresh', params: [KEY.slice(2)], result: KEY_OWNER },
    ],
    fails: [
      {
        params: ['12'],
        error: { code: -32602, message: 'params[0] (privateKey): expected a private key of 32 bytes in hex' },
      },
      {
        when: 'it is too small',
        params: [`0x${'00'.repeat(32)}`],
        error: {
          code: -32602,
          message: 'invalid private key: expected 32 bytes, a number from 1 to the order of secp256k1',
        },
      },
      {
        when: 'it is there already',
        params: ['0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'],
        error: { code: -32000, message: `account already exists: ${ALICE}` },
      },
    ],
  },
  personal_lockAccount: {
    succeeds: [
      { world: 'fresh', params: [ALICE], result: true },
      { when: 'there is none', params: [STRANGER], result: false },
    ],
    fails: [NOT_AN_ADDRESS],
  },
  personal_unlockAccount: {
    succeeds: [
      {
        world: 'fresh',
        before: [
          ['personal_importRawKey', [KEY, 'secret']],
          ['hardhat_setBalance', [KEY_OWNER, RICH]],
        ],
        params: [KEY_OWNER, 'secret', 0],
        result: true,
        after: [['personal_lockAccount', [KEY_OWNER], true]],
      },
      {
        when: 'it is a dev account',
        world: 'fresh',
        before: [['personal_lockAccount', [ALICE]]],
        params: [ALICE],
        result: true,
      },
    ],
    fails: [
      { params: [ALICE, 'secret'], error: wrongFor(ALICE) },
      { when: 'there is none', params: [NOBODY, 'secret'], error: unknown(NOBODY) },
      { params: [ALICE, 1], error: NOT_A_PASSPHRASE },
    ],
  },
  personal_sendTransaction: {
    succeeds: [
      {
        when: 'it is locked',
        world: 'fresh',
        before: [['personal_lockAccount', [ALICE]]],
        params: [{ from: ALICE, ...toAlice }, ''],
        result: '0xe87e3e5019266cb9283f9124e75ab940872610902e7778e507249cdbee16b6d9',
        after: [['eth_blockNumber', [], '0x4']],
      },
    ],
    fails: [
      { params: [{ from: ALICE, ...toAlice }, 'secret'], error: wrongFor(ALICE) },
      { when: 'there is none', params: [{ from: NOBODY, ...toAlice }], error: unknown(NOBODY) },
    ],
  },
  personal_signTransaction: {
    succeeds: [
      {
        params: [{ from: ALICE, ...toAlice, nonce: '0x9' }, ''],
        result: {
          raw: '0xf86509847735940082520894f39fd6e51aad88f6f4ce6ab8827279cfffb92266808082f4f6a028a157d257cfbf8fa9ad0eebc9b229ef78d1e6052d74dc7f4395673c2025458ca05235514de07838942b53c7d2dbaf5834e48640e34cc4b26a3c1219579121d21e',
          tx: {
            type: '0x0',
            hash: '0x8cdc35823506674324cfd6eaa01d37fe6f8c9abbacf0d62b66c3ca580f7d08ac',
            nonce: '0x9',
            blockHash: null,
            blockNumber: null,
            blockTimestamp: null,
            transactionIndex: null,
            from: ALICE,
            to: ALICE,
            value: '0x0',
            gas: '0x5208',
            input: '0x',
            chainId: '0x7a69',
            gasPrice: '0x77359400',
            v: '0xf4f6',
            r: '0x28a157d257cfbf8fa9ad0eebc9b229ef78d1e6052d74dc7f4395673c2025458c',
            s: '0x5235514de07838942b53c7d2dbaf5834e48640e34cc4b26a3c1219579121d21e',
          },
        },
      },
    ],
    fails: [{ params: [{ from: BOB, ...toAlice }, 'secret'], error: wrongFor(BOB) }],
  },
  evm_addAccount: {
    succeeds: [
      {
        world: 'fresh',
        params: [STRANGER, 'secret'],
        result: true,
        after: [
          ['hardhat_setBalance', [STRANGER, RICH], true],
          ['personal_unlockAccount', [STRANGER, 'secret'], true],
          [
            'eth_sendTransaction',
            [{ from: STRANGER, ...toAlice }],
            '0x97fe8a74351ee05fe6a7b1d18be12086aeb675e66f92bd21e22817f353bd7987',
          ],
        ],
      },
      { when: 'it is there already', params: [ALICE, 'secret'], result: false },
    ],
    fails: [NOT_AN_ADDRESS],
  },
  evm_removeAccount: {
    succeeds: [
      {
        world: 'fresh',
        before: [['evm_addAccount', [STRANGER, 'secret']]],
        params: [STRANGER, 'secret'],
        result: true,
        after: [['eth_accounts', [], [ALICE, BOB, CAROL]]],
      },
      { when: 'it is not there', params: [STRANGER, 'secret'], result: false },
    ],
    fails: [{ params: [ALICE, 'secret'], error: wrongFor(ALICE) }],
  },
} satisfies Vectors<typeof personal>;
