import {
  ALICE,
  BLOCK_2,
  BLOCK_3,
  BOB,
  LOGGER,
  NO_BLOCK_9,
  NOWHERE,
  STORE,
  TX_LOG,
  TX_STORE,
  type Vectors,
  WORD_7,
  ZERO_WORD,
} from '../world.vectors.ts';
import type { trace } from './trace.ts';

/** Alice's next transaction: nothing to somebody. */
const TRANSFER =
  '0x02f868827a69020184b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c080a076fe9513cd970faf5d4a75e8d380ee05736e60280f8acec4830f31d405333f9ca051167fc5823e66cd73c2fe28c566d9b38009a1bece30758677592a7f40a977e1';

const UNKNOWN = {
  when: 'nobody knows the hash',
  error: {
    code: -32000,
    message: 'transaction not found: 0x00000000000000000000000000000000000000000000000000000000deadbeef',
  },
} as const;
const NO_KIND = {
  code: -32602,
  message: 'params[1] (kinds): expected "trace", "stateDiff" or "vmTrace", got "steps"',
} as const;

const log = {
  action: { callType: 'call', from: ALICE, gas: '0x7128', value: '0x0', input: '0xbeef', to: LOGGER },
  result: { gasUsed: '0x314', output: '0x' },
  subtraces: 0,
  traceAddress: [],
  type: 'call',
} as const;
const minedLog = {
  ...log,
  ...({ blockHash: BLOCK_2, blockNumber: 2, transactionHash: TX_LOG, transactionPosition: 0 } as const),
};

const read = {
  action: { callType: 'call', from: ALICE, gas: '0x1c97178', value: '0x0', input: '0x', to: STORE },
  result: { gasUsed: '0x852', output: WORD_7 },
  subtraces: 0,
  traceAddress: [],
  type: 'call',
} as const;

const readReplay = { output: WORD_7, stateDiff: null, trace: [read], vmTrace: null } as const;

export const traceVectors = {
  trace_transaction: {
    succeeds: [{ params: [TX_LOG], result: [minedLog] }],
    fails: [{ ...UNKNOWN, params: [NOWHERE] }],
  },
  trace_block: {
    succeeds: [
      { params: [BLOCK_2], result: [minedLog] },
      { when: 'there is nothing in it', params: ['earliest'], result: [] },
    ],
    fails: [{ when: 'nobody knows the block', params: ['0x9'], error: NO_BLOCK_9 }],
  },
  trace_filter: {
    succeeds: [
      { params: [{ fromBlock: '0x2', toBlock: '0x2' }], result: [minedLog] },
      {
        when: 'tags say where',
        params: [{ fromBlock: 'earliest', toBlock: 'latest', toAddress: [LOGGER] }],
        result: [minedLog],
      },
      { when: 'some are left out', params: [{ toAddress: [LOGGER], after: 1 }], result: [] },
      { when: 'none are wanted', params: [{ count: 0 }], result: [] },
    ],
    fails: [
      {
        when: 'it says what nobody reads',
        params: [{ from: ALICE } as never],
        error: {
          code: -32602,
          message:
            'params[0] (filter): unknown field "from"; known are fromBlock, toBlock, fromAddress, toAddress, after, count, mode',
        },
      },
    ],
  },
  trace_get: {
    succeeds: [
      { params: [TX_LOG, []], result: minedLog },
      { when: 'there is no such call', params: [TX_LOG, ['0x1']], result: null },
    ],
    fails: [{ ...UNKNOWN, params: [NOWHERE, []] }],
  },
  trace_replayTransaction: {
    succeeds: [
      {
        params: [TX_STORE, ['stateDiff']],
        result: {
          output: '0x',
          stateDiff: {
            [BOB]: {
              balance: { '*': { from: '0x21e27c1806e59a40000', to: '0x21e27c12dbbfdb5b400' } },
              code: '=',
              nonce: { '*': { from: '0x0', to: '0x1' } },
              storage: {},
            },
            [STORE]: {
              balance: '=',
              code: '=',
              nonce: '=',
              storage: { [ZERO_WORD]: { '*': { from: ZERO_WORD, to: WORD_7 } } },
            },
            '0x0000000000000000000000000000000000000000': {
              balance: { '*': { from: '0x2b97bd9e1ef4', to: '0x6293f6db9194' } },
              code: '=',
              nonce: '=',
              storage: {},
            },
          },
          trace: [],
          vmTrace: null,
        },
      },
      {
        when: 'every opcode is wanted',
        params: [TX_STORE, ['vmTrace']],
        result: {
          output: '0x',
          stateDiff: null,
          trace: [],
          vmTrace: {
            code: '0x36600c575f545f5260205ff35b5f355f5500',
            ops: [
              { cost: 2, ex: { mem: null, push: ['0x20'], store: null, used: 34558 }, pc: 0, sub: null },
              { cost: 3, ex: { mem: null, push: ['0xc'], store: null, used: 34555 }, pc: 1, sub: null },
              { cost: 10, ex: { mem: null, push: [], store: null, used: 34545 }, pc: 3, sub: null },
              { cost: 1, ex: { mem: null, push: [], store: null, used: 34544 }, pc: 12, sub: null },
              { cost: 2, ex: { mem: null, push: ['0x0'], store: null, used: 34542 }, pc: 13, sub: null },
              { cost: 3, ex: { mem: null, push: ['0x7'], store: null, used: 34539 }, pc: 14, sub: null },
              { cost: 2, ex: { mem: null, push: ['0x0'], store: null, used: 34537 }, pc: 15, sub: null },
              {
                cost: 20000,
                ex: { mem: null, push: [], store: { key: '0x0', val: '0x7' }, used: 14537 },
                pc: 16,
                sub: null,
              },
              { cost: 0, ex: { mem: null, push: [], store: null, used: 14537 }, pc: 17, sub: null },
            ],
          },
        },
      },
    ],
    fails: [
      { ...UNKNOWN, params: [NOWHERE, ['trace']] },
      { when: 'it wants what there is not', params: [TX_LOG, ['steps' as never]], error: NO_KIND },
    ],
  },
  trace_replayBlockTransactions: {
    succeeds: [
      {
        params: [BLOCK_2, ['trace']],
        result: [{ output: '0x', stateDiff: null, trace: [log], vmTrace: null, transactionHash: TX_LOG }],
      },
      { when: 'there is nothing in it', params: ['0x0', ['trace']], result: [] },
    ],
    fails: [{ when: 'nobody knows the block', params: ['0x9', ['trace']], error: NO_BLOCK_9 }],
  },
  trace_call: {
    succeeds: [{ params: [{ from: ALICE, to: STORE }, ['trace'], BLOCK_3], result: readReplay }],
    fails: [
      { params: [{ from: ALICE, to: STORE }, ['steps' as never]], error: NO_KIND },
      { when: 'nobody knows the block', params: [{ to: STORE }, ['trace'], '0x9'], error: NO_BLOCK_9 },
    ],
  },
  trace_callMany: {
    succeeds: [
      {
        params: [
          [
            [{ from: ALICE, to: STORE, data: ZERO_WORD }, []],
            [{ from: ALICE, to: STORE }, []],
          ],
        ],
        result: [
          { output: '0x', stateDiff: null, trace: [], vmTrace: null },
          { output: ZERO_WORD, stateDiff: null, trace: [], vmTrace: null },
        ],
      },
    ],
    fails: [
      {
        params: [[[{ to: STORE }] as never]],
        error: {
          code: -32602,
          message: 'params[0] (calls)[0]: expected a pair of a transaction and what to trace, got an array',
        },
      },
    ],
  },
  trace_rawTransaction: {
    succeeds: [
      {
        params: [TRANSFER, ['trace']],
        result: {
          output: '0x',
          stateDiff: null,
          trace: [
            {
              action: {
                callType: 'call',
                from: ALICE,
                gas: '0x0',
                value: '0x0',
                input: '0x',
                to: '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
              },
              result: { gasUsed: '0x0', output: '0x' },
              subtraces: 0,
              traceAddress: [],
              type: 'call',
            },
          ],
          vmTrace: null,
        },
      },
    ],
    fails: [
      {
        params: ['0x01', ['trace']],
        error: {
          code: -32000,
          message: 'failed to decode transaction: Invalid serialized tx input: must be array',
        },
      },
    ],
  },
} satisfies Vectors<typeof trace>;
