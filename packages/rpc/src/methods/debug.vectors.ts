import {
  ALICE,
  BLOCK_1,
  BLOCK_2,
  BLOCK_3,
  BOB,
  ECHO,
  ERROR_NO,
  LOGGER,
  NO_BLOCK_9,
  NOWHERE,
  REVERTER,
  STORE,
  STRANGER,
  TOPIC,
  TX_LOG,
  TX_STORE,
  TX_TRANSFER,
  UNWANTED,
  type Vectors,
  WORD_7,
  ZERO_WORD,
} from '../world.vectors.ts';
import type { debug } from './debug.ts';

const storeTrace = {
  gas: 45463,
  failed: false,
  returnValue: '0x',
  structLogs: [
    { pc: 0, op: 'CALLDATASIZE', gas: 34560, gasCost: 2, depth: 1, stack: [] },
    { pc: 1, op: 'PUSH1', gas: 34558, gasCost: 3, depth: 1, stack: ['0x20'] },
    { pc: 3, op: 'JUMPI', gas: 34555, gasCost: 10, depth: 1, stack: ['0x20', '0xc'] },
    { pc: 12, op: 'JUMPDEST', gas: 34545, gasCost: 1, depth: 1, stack: [] },
    { pc: 13, op: 'PUSH0', gas: 34544, gasCost: 2, depth: 1, stack: [] },
    { pc: 14, op: 'CALLDATALOAD', gas: 34542, gasCost: 3, depth: 1, stack: ['0x0'] },
    { pc: 15, op: 'PUSH0', gas: 34539, gasCost: 2, depth: 1, stack: ['0x7'] },
    {
      pc: 16,
      op: 'SSTORE',
      gas: 34537,
      gasCost: 20000,
      depth: 1,
      stack: ['0x7', '0x0'],
      storage: { [ZERO_WORD]: WORD_7 },
    },
    { pc: 17, op: 'STOP', gas: 14537, gasCost: 0, depth: 1, stack: [] },
  ],
} as const;

const RAW_BLOCK_2 =
  '0xf902d1f90261a047e0bf63213bffaf55f9a50e1859ec8813edcf172fc1c60be3717cb996b236a7a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a0b705cf43a22f13fbf6671add7f4cc088feb1a6046f021f9e93c5ae152c03669ea0dca4ca0ec6d2b5f758f55fc3ee30748e8c1bca892a39565aac10cbb86deec45ea0a6faaee9a1542374c76f77004f02d5d0c593c9b4de419a538b977f9a9e2f69d1b901000000000000000000000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000010000000000000000000000000002000000000000000000000000000000000000080028401c9c38082553c846553f10280a05e1fd1becaeba17c68d5bf028722fa0ce822c5b8957b45855dbe09503be96bb7880000000000000000842da4d8cda056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b4218080a00000000000000000000000000000000000000000000000000000000000000000a0e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855f869f86701847735940082c35094000000000000000000000000000000000010a9e08082beef82f4f6a07dad0dd06327f8160f4bd9522ea0f24102c1a7abdb695de8834cd79b47ef46c6a0352054c3e928bcfb75b202d0dec5cc25350914db346b19115217a4120587f776c0c0';

/** Block 2, if a byte of the root of its state were another. */
const BAD_BLOCK = RAW_BLOCK_2.replace('b705cf43a22f13fb', 'b705cf43a22f13fa') as `0x${string}`;
const BAD_HASH = '0x25e0132307510e90d831530575581f2bf958d45d82b4d483d34ef6473accac03';

const flatLog = {
  action: { callType: 'call', from: ALICE, gas: '0xc350', value: '0x0', input: '0xbeef', to: LOGGER },
  result: { gasUsed: '0x553c', output: '0x' },
  subtraces: 0,
  traceAddress: [],
  type: 'call',
} as const;

const logCall = {
  from: ALICE,
  gas: '0xc350',
  gasUsed: '0x553c',
  to: LOGGER,
  input: '0xbeef',
  logs: [{ address: LOGGER, topics: [TOPIC], data: '0xbeef', position: '0x0', index: '0x0' }],
  value: '0x0',
  type: 'CALL',
} as const;

export const debugVectors = {
  debug_traceTransaction: {
    succeeds: [
      { params: [TX_TRANSFER], result: { gas: 21000, failed: false, returnValue: '0x', structLogs: [] } },
      { when: 'opcodes run', params: [TX_STORE], result: storeTrace },
      {
        when: 'memory and returned data are wanted, the stack is not',
        params: [
          TX_LOG,
          { enableMemory: true, enableReturnData: true, disableStack: true, disableStorage: true, limit: 4 },
        ],
        result: {
          gas: 21820,
          failed: false,
          returnValue: '0x',
          structLogs: [
            { pc: 0, op: 'CALLDATASIZE', gas: 28968, gasCost: 2, depth: 1, memory: [] },
            { pc: 1, op: 'PUSH0', gas: 28966, gasCost: 2, depth: 1, memory: [] },
            { pc: 2, op: 'PUSH0', gas: 28964, gasCost: 2, depth: 1, memory: [] },
            { pc: 3, op: 'CALLDATACOPY', gas: 28962, gasCost: 9, depth: 1, memory: [] },
          ],
        },
      },
      {
        when: 'calls are wanted with their logs',
        params: [TX_LOG, { tracer: 'callTracer', tracerConfig: { withLog: true } }],
        result: logCall,
      },
      {
        when: 'calls are wanted as a list',
        params: [TX_LOG, { tracer: 'flatCallTracer' }],
        result: [{ ...flatLog, blockHash: BLOCK_2, blockNumber: 2, transactionHash: TX_LOG, transactionPosition: 0 }],
      },
      {
        when: 'a tracer in JavaScript is given',
        params: [
          TX_LOG,
          {
            tracer:
              '{ seen: [], setup(config) { this.most = JSON.parse(config).most }, step(log) { this.seen.push(log.op.toString()) }, fault() {}, result(ctx) { return [ctx.gasUsed, ...this.seen.slice(0, this.most)] } }',
            tracerConfig: { most: 2 },
            timeout: '10s',
          },
        ],
        result: [21820, 'CALLDATASIZE', 'PUSH0'],
      },
      {
        when: "one of geth's tracers in JavaScript is named",
        params: [TX_LOG, { tracer: 'bigramTracer' }],
        result: {
          'CALLDATASIZE-PUSH0': 2,
          'PUSH0-PUSH0': 1,
          'PUSH0-CALLDATACOPY': 1,
          'CALLDATACOPY-PUSH1': 1,
          'PUSH1-CALLDATASIZE': 1,
          'PUSH0-LOG1': 1,
          'LOG1-STOP': 1,
        },
      },
      { when: 'selectors are counted', params: [TX_LOG, { tracer: '4byteTracer' }], result: {} },
      { when: 'nothing is wanted', params: [TX_LOG, { tracer: 'noopTracer' }], result: {} },
      {
        when: 'several tracers are wanted',
        params: [TX_LOG, { tracer: 'muxTracer', tracerConfig: { callTracer: { withLog: true }, noopTracer: null } }],
        result: { callTracer: logCall, noopTracer: {} },
      },
      {
        when: 'the state before is wanted',
        params: [TX_STORE, { tracer: 'prestateTracer' }],
        result: {
          [BOB]: { balance: '0x21e27c1806e59a40000' },
          [STORE]: {
            balance: '0x0',
            code: '0x36600c575f545f5260205ff35b5f355f5500',
            codeHash: '0x5383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
            storage: { [ZERO_WORD]: ZERO_WORD },
          },
          '0x0000000000000000000000000000000000000000': { balance: '0x2b97bd9e1ef4' },
        },
      },
      {
        when: 'the change of state is wanted',
        params: [TX_STORE, { tracer: 'prestateTracer', tracerConfig: { diffMode: true } }],
        result: {
          pre: {
            [BOB]: { balance: '0x21e27c1806e59a40000' },
            [STORE]: {
              balance: '0x0',
              code: '0x36600c575f545f5260205ff35b5f355f5500',
              codeHash: '0x5383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
            },
            '0x0000000000000000000000000000000000000000': { balance: '0x2b97bd9e1ef4' },
          },
          post: {
            [BOB]: { balance: '0x21e27c12dbbfdb5b400', nonce: 1 },
            [STORE]: { storage: { [ZERO_WORD]: WORD_7 } },
            '0x0000000000000000000000000000000000000000': { balance: '0x6293f6db9194' },
          },
        },
      },
    ],
    fails: [
      {
        when: 'nobody knows the hash',
        params: [NOWHERE],
        error: {
          code: -32000,
          message: 'transaction not found: 0x00000000000000000000000000000000000000000000000000000000deadbeef',
        },
      },
      {
        when: 'code is no tracer',
        params: [TX_LOG, { tracer: '{ data: [] }' }],
        error: { code: -32000, message: 'trace object must expose a function result()' },
      },
      {
        when: 'a tracer in JavaScript never ends',
        params: [TX_LOG, { tracer: '{ step() { for (;;); }, fault() {}, result() {} }', timeout: '50ms' }],
        error: { code: -32000, message: 'execution timeout' },
      },
      {
        params: [TX_LOG, { timeout: '5 seconds' }],
        error: {
          code: -32602,
          message:
            'params[1] (options).timeout: expected a length of time such as "5s", "300ms" or "1m30s", at most 10m, got "5 seconds"',
        },
      },
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: [TX_LOG, 'callTracer'],
        error: { code: -32602, message: 'params[1] (options): expected a trace options object, got "callTracer"' },
      },
      {
        params: [TX_LOG, { tracerConfig: { withLog: 'yes' } }],
        error: { code: -32602, message: 'params[1] (options).tracerConfig.withLog: expected true or false, got "yes"' },
      },
    ],
  },
  debug_traceBlock: {
    succeeds: [
      {
        params: [RAW_BLOCK_2, { tracer: 'callTracer', tracerConfig: { withLog: true } }],
        result: [{ txHash: TX_LOG, result: logCall }],
      },
    ],
    fails: [
      {
        when: 'it is no block',
        params: ['0x01'],
        error: { code: -32000, message: 'invalid block: cannot decode: not the RLP list of a block' },
      },
    ],
  },
  debug_traceCall: {
    succeeds: [
      {
        params: [{ from: ALICE, to: STORE }, 'latest'],
        result: {
          gas: 23130,
          failed: false,
          returnValue: WORD_7,
          structLogs: [
            { pc: 0, op: 'CALLDATASIZE', gas: 29979000, gasCost: 2, depth: 1, stack: [] },
            { pc: 1, op: 'PUSH1', gas: 29978998, gasCost: 3, depth: 1, stack: ['0x0'] },
            { pc: 3, op: 'JUMPI', gas: 29978995, gasCost: 10, depth: 1, stack: ['0x0', '0xc'] },
            { pc: 4, op: 'PUSH0', gas: 29978985, gasCost: 2, depth: 1, stack: [] },
            {
              pc: 5,
              op: 'SLOAD',
              gas: 29978983,
              gasCost: 2100,
              depth: 1,
              stack: ['0x0'],
              storage: { [ZERO_WORD]: WORD_7 },
            },
            { pc: 6, op: 'PUSH0', gas: 29976883, gasCost: 2, depth: 1, stack: ['0x7'] },
            { pc: 7, op: 'MSTORE', gas: 29976881, gasCost: 6, depth: 1, stack: ['0x7', '0x0'] },
            { pc: 8, op: 'PUSH1', gas: 29976875, gasCost: 3, depth: 1, stack: [] },
            { pc: 10, op: 'PUSH0', gas: 29976872, gasCost: 2, depth: 1, stack: ['0x20'] },
            { pc: 11, op: 'RETURN', gas: 29976870, gasCost: 0, depth: 1, stack: ['0x20', '0x0'] },
          ],
        },
      },
      {
        when: 'calls are wanted and it reverts',
        params: [{ from: ALICE, to: REVERTER, data: ERROR_NO }, 'latest', { tracer: 'callTracer' }],
        result: {
          from: ALICE,
          gas: '0x1c9c380',
          gasUsed: '0x56e0',
          to: REVERTER,
          input: ERROR_NO,
          output: ERROR_NO,
          error: 'execution reverted',
          revertReason: 'no',
          value: '0x0',
          type: 'CALL',
        },
      },
      {
        when: 'it runs before the transactions of the block',
        params: [{ from: ALICE, to: STORE }, '0x3', { tracer: 'callTracer', txIndex: 0 }],
        result: {
          from: ALICE,
          gas: '0x1c9c380',
          gasUsed: '0x5a5a',
          to: STORE,
          input: '0x',
          output: ZERO_WORD,
          value: '0x0',
          type: 'CALL',
        },
      },
      {
        when: 'code is overridden',
        params: [
          { from: ALICE, to: STRANGER, data: '0x07' },
          'latest',
          { tracer: 'callTracer', stateOverrides: { [STRANGER]: { code: '0x365f5f37365ff3' } } },
        ],
        result: {
          from: ALICE,
          gas: '0x1c9c380',
          gasUsed: '0x5230',
          to: STRANGER,
          input: '0x07',
          output: '0x07',
          value: '0x0',
          type: 'CALL',
        },
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (transaction): expected a transaction object',
        },
      },
      { params: [{ to: STORE }, '0x9'], error: NO_BLOCK_9 },
      {
        params: [{ to: STORE }, 'latest', { tracer: 'opTracer' }],
        error: {
          code: -32000,
          message:
            'tracer "opTracer" is not known; use callTracer, flatCallTracer, prestateTracer, 4byteTracer, muxTracer, noopTracer, a tracer in JavaScript ({ step, fault, result, … }), or leave it out for struct logs',
        },
      },
      {
        when: 'the block has fewer transactions',
        params: [{ to: STORE }, '0x3', { txIndex: 2 }],
        error: { code: -32000, message: 'transaction index 2 out of range: block 3 has 1' },
      },
      {
        params: [{ to: STORE }, 'latest', { stateOverrides: [] }],
        error: {
          code: -32602,
          message:
            'params[2] (options).stateOverrides: expected a state override object (address → override), got an array',
        },
      },
      {
        when: 'the sender is too poor',
        params: [{ from: STRANGER, to: BOB, value: '0x1' }, 'latest'],
        error: {
          code: -32000,
          message:
            'insufficient funds for gas * price + value: address 0x00000000000000000000000000000000000a11ce have 0 want 1',
        },
      },
      {
        when: 'the gas is below the least',
        params: [{ to: ECHO, gas: '0x5207' }, 'latest'],
        error: { code: -32000, message: 'intrinsic gas too low: gas 20999, minimum needed 21000' },
      },
    ],
  },
  debug_traceBlockByNumber: {
    succeeds: [
      {
        params: ['0x2', { tracer: 'callTracer', tracerConfig: { withLog: true } }],
        result: [
          {
            txHash: TX_LOG,
            result: {
              from: ALICE,
              gas: '0xc350',
              gasUsed: '0x553c',
              to: LOGGER,
              input: '0xbeef',
              logs: [{ address: LOGGER, topics: [TOPIC], data: '0xbeef', position: '0x0', index: '0x0' }],
              value: '0x0',
              type: 'CALL',
            },
          },
        ],
      },
    ],
    fails: [
      { when: 'nobody knows the block', params: ['0x9'], error: { code: -32000, message: 'block #9 not found' } },
      {
        when: 'nothing runs in the genesis',
        params: ['0x0'],
        error: { code: -32000, message: 'genesis is not traceable' },
      },
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized',
        },
      },
    ],
  },
  debug_traceBlockByHash: {
    succeeds: [
      {
        params: [BLOCK_3],
        result: [
          {
            txHash: TX_STORE,
            result: {
              gas: 45463,
              failed: false,
              returnValue: '0x',
              structLogs: [
                { pc: 0, op: 'CALLDATASIZE', gas: 34560, gasCost: 2, depth: 1, stack: [] },
                { pc: 1, op: 'PUSH1', gas: 34558, gasCost: 3, depth: 1, stack: ['0x20'] },
                { pc: 3, op: 'JUMPI', gas: 34555, gasCost: 10, depth: 1, stack: ['0x20', '0xc'] },
                { pc: 12, op: 'JUMPDEST', gas: 34545, gasCost: 1, depth: 1, stack: [] },
                { pc: 13, op: 'PUSH0', gas: 34544, gasCost: 2, depth: 1, stack: [] },
                { pc: 14, op: 'CALLDATALOAD', gas: 34542, gasCost: 3, depth: 1, stack: ['0x0'] },
                { pc: 15, op: 'PUSH0', gas: 34539, gasCost: 2, depth: 1, stack: ['0x7'] },
                {
                  pc: 16,
                  op: 'SSTORE',
                  gas: 34537,
                  gasCost: 20000,
                  depth: 1,
                  stack: ['0x7', '0x0'],
                  storage: { [ZERO_WORD]: WORD_7 },
                },
                { pc: 17, op: 'STOP', gas: 14537, gasCost: 0, depth: 1, stack: [] },
              ],
            },
          },
        ],
      },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: [NOWHERE],
        error: {
          code: -32000,
          message: 'block 0x00000000000000000000000000000000000000000000000000000000deadbeef not found',
        },
      },
      {
        params: ['0x3'],
        error: {
          code: -32602,
          message:
            'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
    ],
  },
  debug_getRawHeader: {
    succeeds: [
      {
        params: ['0x2'],
        result:
          '0xf90261a047e0bf63213bffaf55f9a50e1859ec8813edcf172fc1c60be3717cb996b236a7a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a0b705cf43a22f13fbf6671add7f4cc088feb1a6046f021f9e93c5ae152c03669ea0dca4ca0ec6d2b5f758f55fc3ee30748e8c1bca892a39565aac10cbb86deec45ea0a6faaee9a1542374c76f77004f02d5d0c593c9b4de419a538b977f9a9e2f69d1b901000000000000000000000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000010000000000000000000000000002000000000000000000000000000000000000080028401c9c38082553c846553f10280a05e1fd1becaeba17c68d5bf028722fa0ce822c5b8957b45855dbe09503be96bb7880000000000000000842da4d8cda056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b4218080a00000000000000000000000000000000000000000000000000000000000000000a0e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
    ],
    fails: [
      { when: 'nobody knows the block', params: ['0x9'], error: NO_BLOCK_9 },
      {
        params: ['second'],
        error: {
          code: -32602,
          message:
            'params[0] (block): expected a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object, got "second"',
        },
      },
    ],
  },
  debug_getRawBlock: {
    succeeds: [
      {
        params: [BLOCK_2],
        result: RAW_BLOCK_2,
      },
    ],
    fails: [
      { when: 'nobody knows the block', params: ['0x9'], error: NO_BLOCK_9 },
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (block): expected a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object',
        },
      },
    ],
  },
  debug_getBadBlocks: {
    succeeds: [
      { world: 'fresh', params: [], result: [] },
      {
        when: 'one was refused',
        world: 'fresh',
        refused: [['minichain_importBlocks', [BAD_BLOCK]]],
        params: [],
        result: [
          {
            hash: BAD_HASH,
            block: {
              hash: BAD_HASH,
              parentHash: BLOCK_1,
              sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
              miner: '0x0000000000000000000000000000000000000000',
              stateRoot: '0xb705cf43a22f13faf6671add7f4cc088feb1a6046f021f9e93c5ae152c03669e',
              transactionsRoot: '0xdca4ca0ec6d2b5f758f55fc3ee30748e8c1bca892a39565aac10cbb86deec45e',
              receiptsRoot: '0xa6faaee9a1542374c76f77004f02d5d0c593c9b4de419a538b977f9a9e2f69d1',
              logsBloom:
                '0x00000000000000000000000000000000000000000000000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000000000001000000000000000000000000000000000100000000000000000000000000020000000000000000000000000000000000000',
              difficulty: '0x0',
              number: '0x2',
              gasLimit: '0x1c9c380',
              gasUsed: '0x553c',
              timestamp: '0x6553f102',
              extraData: '0x',
              mixHash: '0x5e1fd1becaeba17c68d5bf028722fa0ce822c5b8957b45855dbe09503be96bb7',
              nonce: '0x0000000000000000',
              baseFeePerGas: '0x2da4d8cd',
              withdrawalsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
              blobGasUsed: '0x0',
              excessBlobGas: '0x0',
              parentBeaconBlockRoot: ZERO_WORD,
              requestsHash: '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
              size: '0x2d4',
              uncles: [],
              transactions: [
                {
                  type: '0x0',
                  hash: TX_LOG,
                  nonce: '0x1',
                  blockHash: BAD_HASH,
                  blockNumber: '0x2',
                  blockTimestamp: '0x6553f102',
                  transactionIndex: '0x0',
                  from: ALICE,
                  to: LOGGER,
                  value: '0x0',
                  gas: '0xc350',
                  input: '0xbeef',
                  chainId: '0x7a69',
                  gasPrice: '0x77359400',
                  v: '0xf4f6',
                  r: '0x7dad0dd06327f8160f4bd9522ea0f24102c1a7abdb695de8834cd79b47ef46c6',
                  s: '0x352054c3e928bcfb75b202d0dec5cc25350914db346b19115217a4120587f776',
                },
              ],
              withdrawals: [],
            },
            rlp: BAD_BLOCK,
            reason: 'invalid block: system contract 0x00000961ef480eb55e80d19ad83579a64c007002 has no code',
          },
        ],
      },
    ],
    fails: [UNWANTED],
  },
  debug_traceBadBlock: {
    succeeds: [
      {
        world: 'fresh',
        refused: [['minichain_importBlocks', [BAD_BLOCK]]],
        params: [BAD_HASH, { tracer: 'callTracer', tracerConfig: { withLog: true } }],
        result: [{ txHash: TX_LOG, result: logCall }],
      },
    ],
    fails: [{ params: [BLOCK_3], error: { code: -32000, message: `bad block ${BLOCK_3} not found` } }],
  },
  debug_getRawBlockAccessList: {
    succeeds: [],
    fails: [
      { params: ['latest'], error: { code: -32001, message: 'block 3 has no block access list (EIP-7928)' } },
      { when: 'nobody knows the block', params: ['0x9'], error: NO_BLOCK_9 },
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (block): expected a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object',
        },
      },
    ],
  },
  debug_getRawReceipts: {
    succeeds: [
      {
        params: ['0x2'],
        result: [
          '0xf901450182553cb9010000000000000000000000000000000000000000000000000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000000000001000000000000000000000000000000000100000000000000000000000000020000000000000000000000000000000000000f83cf83a94000000000000000000000000000000000010a9e0e1a0000000000000000000000000000000000000000000000000000000000000002a82beef',
        ],
      },
      { when: 'there are none', params: ['0x0'], result: [] },
    ],
    fails: [{ when: 'nobody knows the block', params: ['0x9'], error: NO_BLOCK_9 }],
  },
} satisfies Vectors<typeof debug>;
