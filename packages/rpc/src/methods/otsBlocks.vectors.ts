import {
  ALICE,
  BLOCK_2,
  ECHO,
  LOGGER,
  NOWHERE,
  TX_LOG,
  TX_TRANSFER,
  UNWANTED,
  type Vectors,
} from '../world.vectors.ts';
import { block1Whole, block2 } from './eth/block.vectors.ts';
import { transfer, transferReceipt } from './eth/transaction.vectors.ts';
import type { otsBlocks } from './otsBlocks.ts';

const { transactions: _, ...slim2 } = block2;
const details = {
  block: { ...slim2, transactionCount: 1 },
  issuance: { blockReward: '0x0', uncleReward: '0x0', issuance: '0x0' },
  totalFees: '0x27b0bab2b000',
} as const;

const UNKNOWN = {
  params: [NOWHERE],
  error: { code: -32000, message: `transaction not found: ${NOWHERE}` },
} as const;
const NOT_A_BLOCK = {
  params: ['last', 0, 1],
  error: {
    code: -32602,
    message:
      'params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got "last"',
  },
} as const;
const NOT_A_HASH = {
  params: ['0x12'],
  error: { code: -32602, message: 'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes' },
} as const;

const FEES = { maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1' } as const;
/** Creation code that reverts with 0xdeadbeef. */
const UNWILLING = '0x63deadbeef5f526004601cfd';
const UNWILLING_HASH = '0x4fdc759ddb0e8c883629398245084b6aa9b24b22c4fef67f3b09e9b381b2ea02';
/** Creation code that sends one wei to who calls it, creates an empty contract and destroys itself. */
const BUSY = '0x5f5f5f5f6001335af15f5f5ff033ff';
const BUSY_HASH = '0x1bc132244e2465d70471f6933ee04493492325fa8b3f229834d28c3b9a741bac';
const BUSY_ADDRESS = '0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0';
const CHILD = '0x75537828f2ce51be7289709686a69cbfdbb714f1';

const unwilling = ['eth_sendTransaction', [{ from: ALICE, data: UNWILLING, gas: '0x15208', ...FEES }]] as const;
const busy = ['eth_sendTransaction', [{ from: ALICE, data: BUSY, value: '0x5', gas: '0x35208', ...FEES }]] as const;

export const otsBlocksVectors = {
  ots_getApiLevel: { succeeds: [{ params: [], result: 8 }], fails: [UNWANTED] },
  ots_hasCode: {
    succeeds: [
      { params: [ECHO], result: true },
      { when: 'it has none', params: [ALICE, 'latest'], result: false },
      { when: 'the block is a JSON number', params: [ECHO, 1], result: true },
    ],
    fails: [
      {
        params: [ECHO, 9],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
  ots_getTransactionError: {
    succeeds: [
      { params: [TX_LOG], result: '0x' },
      { when: 'it reverted', before: [unwilling], params: [UNWILLING_HASH], result: '0xdeadbeef' },
    ],
    fails: [UNKNOWN],
  },
  ots_getBlockDetails: {
    succeeds: [
      { params: [2], result: details },
      { when: 'the number is hex', params: ['0x2'], result: details },
      { when: 'there is no such block', params: [9], result: null },
    ],
    fails: [{ ...NOT_A_BLOCK, params: ['last'] }],
  },
  ots_getBlockDetailsByHash: {
    succeeds: [
      { params: [BLOCK_2], result: details },
      { when: 'there is no such block', params: [NOWHERE], result: null },
    ],
    fails: [NOT_A_HASH],
  },
  ots_getBlockTransactions: {
    succeeds: [
      {
        params: [1, 0, 5],
        result: {
          fullblock: { ...block1Whole, transactions: [transfer], transactionCount: 1 },
          receipts: [{ ...transferReceipt, logs: null, logsBloom: null, timestamp: transfer.blockTimestamp }],
        },
      },
      {
        when: 'the page is beyond the last',
        params: ['0x1', 1, 5],
        result: { fullblock: { ...block1Whole, transactions: [], transactionCount: 1 }, receipts: [] },
      },
      { when: 'there is no such block', params: [9, 0, 5], result: null },
    ],
    fails: [
      NOT_A_BLOCK,
      {
        params: [1, 0, 0],
        error: { code: -32602, message: 'params[2] (pageSize): expected a page of 1 to 1000 transactions, got 0' },
      },
    ],
  },
  ots_traceTransaction: {
    succeeds: [
      {
        params: [TX_LOG],
        result: [{ type: 'CALL', depth: 0, from: ALICE, to: LOGGER, value: '0x0', input: '0xbeef', output: '0x' }],
      },
      {
        when: 'there are messages inside',
        before: [busy],
        params: [BUSY_HASH],
        result: [
          { type: 'CREATE', depth: 0, from: ALICE, to: BUSY_ADDRESS, value: '0x5', input: BUSY, output: '0x' },
          { type: 'CALL', depth: 1, from: BUSY_ADDRESS, to: ALICE, value: '0x1', input: '0x', output: '0x' },
          { type: 'CREATE', depth: 1, from: BUSY_ADDRESS, to: CHILD, value: '0x0', input: '0x', output: '0x' },
          { type: 'SELFDESTRUCT', depth: 1, from: BUSY_ADDRESS, to: ALICE, value: '0x4', input: '0x', output: '0x' },
        ],
      },
    ],
    fails: [UNKNOWN],
  },
  ots_getInternalOperations: {
    succeeds: [
      { params: [TX_TRANSFER], result: [] },
      {
        when: 'ether moved inside',
        before: [busy],
        params: [BUSY_HASH],
        result: [
          { type: 0, from: BUSY_ADDRESS, to: ALICE, value: '0x1' },
          { type: 2, from: BUSY_ADDRESS, to: CHILD, value: '0x0' },
          { type: 1, from: BUSY_ADDRESS, to: ALICE, value: '0x4' },
        ],
      },
    ],
    fails: [UNKNOWN],
  },
} as const satisfies Vectors<typeof otsBlocks>;
