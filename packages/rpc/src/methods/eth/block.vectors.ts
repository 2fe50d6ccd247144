import {
  ALICE,
  BLOCK_0,
  BLOCK_1,
  BLOCK_2,
  BLOCK_3,
  BOB,
  EMPTY_BLOOM,
  EMPTY_ROOT,
  LOG_BLOOM,
  LOGGER,
  NO_REQUESTS,
  NO_UNCLES,
  NOWHERE,
  ONE_ETH,
  TOPIC,
  TX_LOG,
  TX_STORE,
  TX_TRANSFER,
  type Vectors,
  ZERO_WORD,
} from '../../world.vectors.ts';
import type { block } from './block.ts';

export const block2 = {
  hash: BLOCK_2,
  parentHash: BLOCK_1,
  sha3Uncles: NO_UNCLES,
  miner: '0x0000000000000000000000000000000000000000',
  stateRoot: '0xb705cf43a22f13fbf6671add7f4cc088feb1a6046f021f9e93c5ae152c03669e',
  transactionsRoot: '0xdca4ca0ec6d2b5f758f55fc3ee30748e8c1bca892a39565aac10cbb86deec45e',
  receiptsRoot: '0xa6faaee9a1542374c76f77004f02d5d0c593c9b4de419a538b977f9a9e2f69d1',
  logsBloom: LOG_BLOOM,
  difficulty: '0x0',
  number: '0x2',
  gasLimit: '0x1c9c380',
  gasUsed: '0x553c',
  timestamp: '0x6553f102',
  extraData: '0x',
  mixHash: '0x5e1fd1becaeba17c68d5bf028722fa0ce822c5b8957b45855dbe09503be96bb7',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x2da4d8cd',
  withdrawalsRoot: EMPTY_ROOT,
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZERO_WORD,
  requestsHash: NO_REQUESTS,
  size: '0x2d4',
  uncles: [],
  transactions: [TX_LOG],
  withdrawals: [],
} as const;

export const block1Whole = {
  hash: BLOCK_1,
  parentHash: BLOCK_0,
  sha3Uncles: NO_UNCLES,
  miner: '0x0000000000000000000000000000000000000000',
  stateRoot: '0x078090738ff77d0489847dfcac14cdbd730e8108166cbc80ae89152c3c0598e6',
  transactionsRoot: '0x19c2ae7c48bbf3780e8e702f5d307a85fd83de62096c56cc3233b865157f5106',
  receiptsRoot: '0xf78dfb743fbd92ade140711c8bbc542b5e307f0ab7984eff35d751969fe57efa',
  logsBloom: EMPTY_BLOOM,
  difficulty: '0x0',
  number: '0x1',
  gasLimit: '0x1c9c380',
  gasUsed: '0x5208',
  timestamp: '0x6553f101',
  extraData: '0x',
  mixHash: '0x51078edd27b76a03454c52035e7b7a843e9133676952ce7162f0ee2e87ed5fc0',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x342770c0',
  withdrawalsRoot: EMPTY_ROOT,
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZERO_WORD,
  requestsHash: NO_REQUESTS,
  size: '0x2e4',
  uncles: [],
  transactions: [
    {
      type: '0x2',
      hash: TX_TRANSFER,
      nonce: '0x0',
      blockHash: BLOCK_1,
      blockNumber: '0x1',
      blockTimestamp: '0x6553f101',
      transactionIndex: '0x0',
      from: ALICE,
      to: BOB,
      value: ONE_ETH,
      gas: '0x5208',
      input: '0x',
      chainId: '0x7a69',
      gasPrice: '0x6fc23ac0',
      maxFeePerGas: '0xb2d05e00',
      maxPriorityFeePerGas: '0x3b9aca00',
      accessList: [],
      v: '0x1',
      r: '0x327b671398e480b9ae2a3b89650723c01d64f3dff2d3acfc13a13a6c0ee30da2',
      s: '0x1381fa02803f87cc7ec266fff399d884f155d2cf803912fecccf8a867c3b7b35',
      yParity: '0x1',
    },
  ],
  withdrawals: [],
} as const;

const block3 = {
  hash: BLOCK_3,
  parentHash: BLOCK_2,
  sha3Uncles: NO_UNCLES,
  miner: '0x0000000000000000000000000000000000000000',
  stateRoot: '0x2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1',
  transactionsRoot: '0x5e91af1228e87f39f013f8b5847351afaa6f22f53fff67d77ca821ca5eb248d0',
  receiptsRoot: '0x2917ad8ba3d3a7e2d3c49c7769869da10eddee5fef9869e142e1dcb1a52945b4',
  logsBloom: EMPTY_BLOOM,
  difficulty: '0x0',
  number: '0x3',
  gasLimit: '0x1c9c380',
  gasUsed: '0xb197',
  timestamp: '0x6553f103',
  extraData: '0x',
  mixHash: '0x6bef0ec8ee0309dbee2c61b6ef101e894c1a8a4aa4310934916cbe5e307b5771',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x27f25da0',
  withdrawalsRoot: EMPTY_ROOT,
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZERO_WORD,
  requestsHash: NO_REQUESTS,
  size: '0x330',
  uncles: [],
  transactions: [TX_STORE],
  withdrawals: [],
} as const;

const genesis = {
  hash: BLOCK_0,
  parentHash: ZERO_WORD,
  sha3Uncles: NO_UNCLES,
  miner: '0x0000000000000000000000000000000000000000',
  stateRoot: '0xc2963412a0b6432f1f9d477269981e3a3a8ba28892a0c0a71ef0dbc0da3d38eb',
  transactionsRoot: EMPTY_ROOT,
  receiptsRoot: EMPTY_ROOT,
  logsBloom: EMPTY_BLOOM,
  difficulty: '0x0',
  number: '0x0',
  gasLimit: '0x1c9c380',
  gasUsed: '0x0',
  timestamp: '0x6553f100',
  extraData: '0x',
  mixHash: ZERO_WORD,
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x3b9aca00',
  withdrawalsRoot: EMPTY_ROOT,
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZERO_WORD,
  requestsHash: NO_REQUESTS,
  size: '0x268',
  uncles: [],
  transactions: [],
  withdrawals: [],
} as const;

const header2 = {
  hash: BLOCK_2,
  parentHash: BLOCK_1,
  sha3Uncles: NO_UNCLES,
  miner: '0x0000000000000000000000000000000000000000',
  stateRoot: '0xb705cf43a22f13fbf6671add7f4cc088feb1a6046f021f9e93c5ae152c03669e',
  transactionsRoot: '0xdca4ca0ec6d2b5f758f55fc3ee30748e8c1bca892a39565aac10cbb86deec45e',
  receiptsRoot: '0xa6faaee9a1542374c76f77004f02d5d0c593c9b4de419a538b977f9a9e2f69d1',
  logsBloom: LOG_BLOOM,
  difficulty: '0x0',
  number: '0x2',
  gasLimit: '0x1c9c380',
  gasUsed: '0x553c',
  timestamp: '0x6553f102',
  extraData: '0x',
  mixHash: '0x5e1fd1becaeba17c68d5bf028722fa0ce822c5b8957b45855dbe09503be96bb7',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x2da4d8cd',
  withdrawalsRoot: EMPTY_ROOT,
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZERO_WORD,
  requestsHash: NO_REQUESTS,
} as const;

const receipts2 = [
  {
    type: '0x0',
    status: '0x1',
    cumulativeGasUsed: '0x553c',
    logs: [
      {
        address: LOGGER,
        topics: [TOPIC],
        data: '0xbeef',
        blockNumber: '0x2',
        blockHash: BLOCK_2,
        blockTimestamp: '0x6553f102',
        transactionHash: TX_LOG,
        transactionIndex: '0x0',
        logIndex: '0x0',
        removed: false,
      },
    ],
    logsBloom: LOG_BLOOM,
    transactionHash: TX_LOG,
    transactionIndex: '0x0',
    blockHash: BLOCK_2,
    blockNumber: '0x2',
    gasUsed: '0x553c',
    effectiveGasPrice: '0x77359400',
    from: ALICE,
    to: LOGGER,
    contractAddress: null,
  },
] as const;

const NOT_A_NUMBER = {
  params: ['first'],
  error: {
    code: -32602,
    message:
      'params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got "first"',
  },
} as const;

const noAccessList = {
  succeeds: [{ params: ['latest'], result: null }],
  fails: [
    {
      params: ['head'],
      error: {
        code: -32602,
        message:
          'params[0] (block): expected a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object, got "head"',
      },
    },
    {
      params: [],
      error: {
        code: -32602,
        message:
          'missing value for required argument 0: params[0] (block): expected a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object',
      },
    },
  ],
} as const;

export const blockVectors = {
  eth_getBlockByNumber: {
    succeeds: [
      { when: 'transactions are wanted by hash', params: ['0x2', false], result: block2 },
      { when: 'transactions are wanted whole', params: ['0x1', true], result: block1Whole },
      { when: 'the tag is latest', params: ['latest'], result: block3 },
      { when: 'the tag is earliest', params: ['earliest', true], result: genesis },
      {
        when: 'nothing waits for the pending block',
        params: ['pending', false],
        result: {
          hash: '0xe8f66639f9ae8567720aaefc4d9eb8d97a31c2ef046bf54934c553667d2ebbef',
          parentHash: BLOCK_3,
          sha3Uncles: NO_UNCLES,
          miner: '0x0000000000000000000000000000000000000000',
          stateRoot: '0x2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1',
          transactionsRoot: EMPTY_ROOT,
          receiptsRoot: EMPTY_ROOT,
          logsBloom: EMPTY_BLOOM,
          difficulty: '0x0',
          number: '0x4',
          gasLimit: '0x1c9c380',
          gasUsed: '0x0',
          timestamp: '0x6553f104',
          extraData: '0x',
          mixHash: '0xf3d4e31b0c27a4a259554fe20b334c618d71ed770262655e4d909c83ed055319',
          nonce: '0x0000000000000000',
          baseFeePerGas: '0x22f7f1c2',
          withdrawalsRoot: EMPTY_ROOT,
          blobGasUsed: '0x0',
          excessBlobGas: '0x0',
          parentBeaconBlockRoot: ZERO_WORD,
          requestsHash: NO_REQUESTS,
          size: '0x268',
          uncles: [],
          transactions: [],
          withdrawals: [],
        },
      },
      { when: 'the block is in the future', params: ['0x4', false], result: null },
      { when: 'safe is the genesis of a young chain', params: ['safe', false], result: genesis },
      { when: 'finalized is the genesis of a young chain', params: ['finalized', false], result: genesis },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized',
        },
      },
      {
        params: ['newest', false],
        error: {
          code: -32602,
          message:
            'params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got "newest"',
        },
      },
      {
        params: [-3, false],
        error: {
          code: -32602,
          message:
            'params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got -3',
        },
      },
      {
        params: ['0x2', 'yes'],
        error: { code: -32602, message: 'params[1] (fullTransactions): expected true or false, got "yes"' },
      },
      {
        params: ['0xffffffffffffffff', false],
        error: { code: -32602, message: 'params[0] (block): block number 18446744073709551615 is larger than int64' },
      },
      { params: ['0x2', false, 1], error: { code: -32602, message: 'too many arguments, want at most 2, got 3' } },
    ],
  },
  eth_getBlockByHash: {
    succeeds: [
      { params: [BLOCK_2, false], result: block2 },
      { when: 'transactions are wanted whole', params: [BLOCK_1, true], result: block1Whole },
      { when: 'nobody knows the hash', params: [NOWHERE, false], result: null },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: ['0x2', false],
        error: {
          code: -32602,
          message:
            'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
      {
        params: ['0x03f51dcdddd59827579268f7c56d9f34079c66f4fc16aac26900ac09330f3b8000', false],
        error: {
          code: -32602,
          message: 'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got 33 bytes',
        },
      },
      {
        params: [BLOCK_2, 'false'],
        error: { code: -32602, message: 'params[1] (fullTransactions): expected true or false, got "false"' },
      },
    ],
  },
  eth_getHeaderByNumber: {
    succeeds: [
      { params: ['0x2'], result: header2 },
      { when: 'the block is in the future', params: ['0x4'], result: null },
    ],
    fails: [
      {
        params: [null],
        error: {
          code: -32602,
          message:
            'params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got null',
        },
      },
      { params: ['0x2', true], error: { code: -32602, message: 'too many arguments, want at most 1, got 2' } },
    ],
  },
  eth_getHeaderByHash: {
    succeeds: [
      { params: [BLOCK_2], result: header2 },
      { when: 'nobody knows the hash', params: [NOWHERE], result: null },
    ],
    fails: [
      {
        params: ['0x1'],
        error: {
          code: -32602,
          message:
            'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
    ],
  },
  eth_getBlockTransactionCountByNumber: {
    succeeds: [
      { params: ['0x2'], result: '0x1' },
      {
        when: 'transactions wait',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: ALICE, to: BOB, gas: '0x5208' }]],
        ],
        params: ['pending'],
        result: '0x1',
      },
      { when: 'the block is in the future', params: ['0x4'], result: null },
    ],
    fails: [
      {
        params: ['0x'],
        error: { code: -32602, message: 'params[0] (block): expected a hex quantity such as 0x1, got "0x"' },
      },
    ],
  },
  eth_getBlockTransactionCountByHash: {
    succeeds: [
      { params: [BLOCK_2], result: '0x1' },
      { when: 'nobody knows the hash', params: [NOWHERE], result: null },
    ],
    fails: [
      {
        params: [7],
        error: { code: -32602, message: 'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got 7' },
      },
    ],
  },
  eth_getUncleCountByBlockNumber: {
    succeeds: [
      { params: ['0x2'], result: '0x0' },
      { when: 'the block is in the future', params: ['0x4'], result: null },
    ],
    fails: [
      {
        params: [{}],
        error: {
          code: -32602,
          message:
            'params[0] (block): expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got an object',
        },
      },
    ],
  },
  eth_getUncleCountByBlockHash: {
    succeeds: [
      { params: [BLOCK_2], result: '0x0' },
      { when: 'nobody knows the hash', params: [NOWHERE], result: null },
    ],
    fails: [
      {
        params: ['latest'],
        error: {
          code: -32602,
          message: 'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got "latest"',
        },
      },
    ],
  },
  eth_getUncleByBlockNumberAndIndex: {
    succeeds: [{ params: ['0x2', '0x0'], result: null }],
    fails: [
      {
        params: ['0x2'],
        error: {
          code: -32602,
          message: 'missing value for required argument 1: params[1] (index): expected a hex quantity such as 0x1',
        },
      },
      {
        params: ['0x2', '0xzz'],
        error: { code: -32602, message: 'params[1] (index): expected a hex quantity such as 0x1, got "0xzz"' },
      },
    ],
  },
  eth_getUncleByBlockHashAndIndex: {
    succeeds: [{ params: [BLOCK_2, '0x0'], result: null }],
    fails: [
      {
        params: [BLOCK_2],
        error: {
          code: -32602,
          message: 'missing value for required argument 1: params[1] (index): expected a hex quantity such as 0x1',
        },
      },
      {
        params: [BLOCK_2, -1],
        error: { code: -32602, message: 'params[1] (index): expected a hex quantity such as 0x1, got -1' },
      },
    ],
  },
  eth_getBlockAccessList: noAccessList,
  eth_getBlockAccessListRaw: noAccessList,
  eth_getBlockAccessListByBlockHash: {
    succeeds: [{ params: [BLOCK_1], result: null }],
    fails: [
      {
        params: ['0x1'],
        error: {
          code: -32602,
          message:
            'params[0] (blockHash): expected a hash (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
    ],
  },
  eth_getBlockAccessListByBlockNumber: {
    succeeds: [{ params: ['latest'], result: null }],
    fails: [NOT_A_NUMBER],
  },
  erigon_getHeaderByNumber: {
    succeeds: [
      { params: ['0x2'], result: header2 },
      { when: 'it is a JSON number', params: [2], result: header2 },
      { when: 'there is no such block', params: [9], result: null },
    ],
    fails: [NOT_A_NUMBER],
  },
  eth_getBlockReceipts: {
    succeeds: [
      { params: ['0x2'], result: receipts2 },
      { when: 'the block is named by its hash', params: [BLOCK_2], result: receipts2 },
      { when: 'the block is named by EIP-1898', params: [{ blockHash: BLOCK_2 }], result: receipts2 },
      { when: 'there are none', params: ['earliest'], result: [] },
      { when: 'the block is in the future', params: ['0x4'], result: null },
    ],
    fails: [
      {
        params: ['head'],
        error: {
          code: -32602,
          message:
            'params[0] (block): expected a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object, got "head"',
        },
      },
      {
        params: [{ blockHash: BLOCK_2, blockNumber: '0x2' }],
        error: {
          code: -32602,
          message: 'params[0] (block): cannot specify both blockHash and blockNumber, choose one or the other',
        },
      },
      { params: [{}], error: { code: -32602, message: 'params[0] (block): expected blockHash or blockNumber' } },
    ],
  },
} satisfies Vectors<typeof block>;
