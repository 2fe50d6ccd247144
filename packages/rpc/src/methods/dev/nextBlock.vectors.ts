import { BOB, NOWHERE, ONE_ETH, STRANGER, type Vectors } from '../../world.vectors.ts';
import type { nextBlock } from './nextBlock.ts';

/** Code that returns the fee recipient, the gas limit, the price of blob gas. */
const TELL_COINBASE = '0x415f5260205ff3';
const TELL_GAS_LIMIT = '0x455f5260205ff3';
const TELL_BLOB_FEE = '0x4a5f5260205ff3';
const tells = (code: string, word: string) =>
  ['eth_call', [{ to: STRANGER }, 'latest', { [STRANGER]: { code } }], word] as const;
const word = (hex: string) => `0x${hex.replace('0x', '').padStart(64, '0')}`;

const missing = (name: string, expected: string) => ({
  params: [],
  error: {
    code: -32602,
    message: `missing value for required argument 0: params[0] (${name}): expected ${expected}`,
  },
});
const NUMBER = 'a non-negative number: hex quantity, decimal string or integer';
const tooEarly = (params: readonly unknown[], what: string, eip: number) => ({
  when: 'the fork that brought it is not yet there',
  world: 'old' as const,
  params,
  error: { code: -32000, message: `the next block has no ${what}: EIP-${eip} is not active under berlin` },
});

export const nextBlockVectors = {
  minichain_setNextBlockCoinbase: {
    succeeds: [
      {
        params: [BOB],
        result: true,
        after: [
          ['evm_mine', [], '0'],
          tells(TELL_COINBASE, word(BOB)),
          ['evm_mine', [], '0'],
          tells(TELL_COINBASE, word('0x0')),
        ],
      },
    ],
    fails: [missing('address', 'an address (20 bytes of 0x-prefixed hex)')],
  },
  minichain_setNextBlockGasLimit: {
    succeeds: [
      {
        params: ['0x1312d00'],
        result: true,
        after: [
          ['evm_mine', [], '0'],
          tells(TELL_GAS_LIMIT, word('0x1312d00')),
          ['evm_mine', [], '0'],
          tells(TELL_GAS_LIMIT, word('0x1c9c380')),
        ],
      },
    ],
    fails: [missing('gasLimit', 'a gas limit: a number from 1 to 2^63 - 1')],
  },
  minichain_setNextBlockExtraData: {
    succeeds: [{ params: ['0xc0ffee'], result: true }],
    fails: [missing('extraData', 'at most 32 bytes of extra data')],
  },
  minichain_setNextBlockParentBeaconRoot: {
    succeeds: [{ params: [NOWHERE], result: true }],
    fails: [
      missing('root', 'a 32-byte value (32 bytes of 0x-prefixed hex)'),
      tooEarly([NOWHERE], 'parent beacon block root', 4788),
    ],
  },
  minichain_setNextBlockBlobBaseFee: {
    succeeds: [
      {
        params: ['0x2a'],
        result: '0x2a',
        after: [['eth_blobBaseFee', [], '0x2a'], ['evm_mine', [], '0'], tells(TELL_BLOB_FEE, word('0x2a'))],
      },
    ],
    fails: [missing('blobBaseFee', NUMBER), tooEarly(['0x2a'], 'blob base fee', 4844)],
  },
  minichain_setNextBlockExcessBlobGas: {
    succeeds: [{ params: ['0x0'], result: true, after: [['eth_blobBaseFee', [], '0x1']] }],
    fails: [missing('excessBlobGas', NUMBER), tooEarly(['0x0'], 'excess blob gas', 4844)],
  },
  minichain_setNextBlockWithdrawals: {
    succeeds: [
      {
        params: [[{ index: '0x0', validatorIndex: '0x7', address: STRANGER, amount: '0x3b9aca00' }]],
        result: true,
        after: [
          ['evm_mine', [], '0'],
          ['eth_getBalance', [STRANGER, 'latest'], ONE_ETH],
        ],
      },
    ],
    fails: [tooEarly([[]], 'withdrawals', 4895)],
  },
} satisfies Vectors<typeof nextBlock>;
