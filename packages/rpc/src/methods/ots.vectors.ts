import { ALICE, BOB, CAROL, ECHO, STRANGER, TX_LOG, TX_TRANSFER, type Vectors } from '../world.vectors.ts';
import { transfer, transferReceipt } from './eth/transaction.vectors.ts';
import type { ots } from './ots.ts';

const NOT_AN_ADDRESS = {
  params: ['0x12', '0x0', '0x1'],
  error: {
    code: -32602,
    message: 'params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
  },
} as const;
const NO_PAGE = {
  params: [ALICE, '0x0', '0x0'],
  error: { code: -32602, message: 'params[2] (pageSize): expected a page of 1 to 1000 transactions, got 0' },
} as const;
const NONE = { txs: [], receipts: [], firstPage: true, lastPage: true } as const;
const TRANSFER = { txs: [transfer], receipts: [{ ...transferReceipt, timestamp: transfer.blockTimestamp }] } as const;

export const otsVectors = {
  ots_getTransactionBySenderAndNonce: {
    succeeds: [
      { params: [ALICE, 1], result: TX_LOG },
      { when: 'nobody sent it', params: [ALICE, 9], result: null },
    ],
    fails: [
      {
        params: [ALICE],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (nonce): expected a nonce: a number from 0 to 2^64 - 1',
        },
      },
    ],
  },
  ots_getContractCreator: {
    succeeds: [
      { when: 'it is of the genesis', params: [ECHO], result: null },
      {
        when: 'a transaction created it',
        before: [
          ['eth_sendTransaction', [{ from: CAROL, gas: '0xd062', data: '0x60015f5360015ff3', gasPrice: '0x77359400' }]],
        ],
        params: ['0x663f3ad617193148711d28f5334ee4ed07016602'],
        result: { hash: '0xf8e01ab28b6c3cee5d1847935f89a441aa3368b63a954acdd88e4a1bd57b2061', creator: CAROL },
      },
    ],
    fails: [{ ...NOT_AN_ADDRESS, params: ['0x12'] }],
  },
  ots_searchTransactionsBefore: {
    succeeds: [
      {
        when: 'nothing is newer than the page',
        params: [BOB, 2, 5],
        result: { ...TRANSFER, firstPage: false, lastPage: true },
      },
      { when: 'it never took part', params: [STRANGER, 0, 5], result: NONE },
    ],
    fails: [NOT_AN_ADDRESS, NO_PAGE],
  },
  ots_searchTransactionsAfter: {
    succeeds: [
      {
        when: 'there is more than a page',
        params: [ALICE, 0, 1],
        result: { ...TRANSFER, firstPage: false, lastPage: true },
        after: [['ots_getTransactionBySenderAndNonce', [ALICE, 0], TX_TRANSFER]],
      },
      { when: 'it never took part', params: [STRANGER, 0, 5], result: NONE },
    ],
    fails: [NOT_AN_ADDRESS, NO_PAGE],
  },
} as const satisfies Vectors<typeof ots>;
