import {
  ALICE,
  BLOCK_2,
  ECHO,
  LOGGER,
  NOWHERE,
  TOPIC,
  TX_LOG,
  UNWANTED,
  type Vectors,
  ZERO_WORD,
} from '../../world.vectors.ts';
import type { filter } from './filter.ts';

const logs = [
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
] as const;

export const filterVectors = {
  eth_getLogs: {
    succeeds: [
      { params: [{ fromBlock: 'earliest', toBlock: 'latest' }], result: logs },
      { when: 'only the latest block is asked', params: [{}], result: [] },
      { when: 'a block is named by its hash', params: [{ blockHash: BLOCK_2 }], result: logs },
      {
        when: 'address and topic match',
        params: [{ fromBlock: '0x0', address: [ECHO, LOGGER], topics: [[ZERO_WORD, TOPIC]] }],
        result: logs,
      },
      { when: 'null matches any topic', params: [{ fromBlock: '0x0', address: LOGGER, topics: [null] }], result: logs },
      { when: 'more topics are wanted than it has', params: [{ fromBlock: '0x0', topics: [TOPIC, null] }], result: [] },
      { when: 'another topic is wanted', params: [{ fromBlock: '0x0', topics: [ZERO_WORD] }], result: [] },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (filter): expected a filter object',
        },
      },
      { params: ['0x1'], error: { code: -32602, message: 'params[0] (filter): expected a filter object, got "0x1"' } },
      {
        params: [{ fromBlock: 'genesis' }],
        error: {
          code: -32602,
          message:
            'params[0] (filter).fromBlock: expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got "genesis"',
        },
      },
      {
        params: [{ address: '0x12' }],
        error: {
          code: -32602,
          message: 'params[0] (filter).address: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        params: [{ address: [LOGGER, 1] }],
        error: {
          code: -32602,
          message: 'params[0] (filter).address[1]: expected an address (20 bytes of 0x-prefixed hex), got 1',
        },
      },
      {
        params: [{ topics: [TOPIC, TOPIC, TOPIC, TOPIC, TOPIC] }],
        error: { code: -32602, message: 'params[0] (filter).topics: exceed max topics: 5, at most 4' },
      },
      {
        params: [{ topics: [['0x2a']] }],
        error: {
          code: -32602,
          message: 'params[0] (filter).topics[0][0]: expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        params: [{ blockHash: BLOCK_2, fromBlock: '0x1' }],
        error: {
          code: -32602,
          message: 'params[0] (filter): cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other',
        },
      },
      {
        when: 'nobody knows the block',
        params: [{ blockHash: NOWHERE }],
        error: { code: -32000, message: 'unknown block' },
      },
      {
        when: 'the range ends in the future',
        params: [{ fromBlock: '0x2', toBlock: '0x9' }],
        error: { code: -32602, message: 'block range extends beyond current head block: toBlock 9, head 3' },
      },
      {
        when: 'the range runs backwards',
        params: [{ fromBlock: '0x3', toBlock: '0x1' }],
        error: { code: -32602, message: 'invalid block range params: fromBlock 3 is after toBlock 1' },
      },
    ],
  },
  eth_newFilter: {
    succeeds: [{ params: [{ address: LOGGER }], result: '0x1' }],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (filter): expected a filter object',
        },
      },
      { params: ['0x1'], error: { code: -32602, message: 'params[0] (filter): expected a filter object, got "0x1"' } },
      {
        params: [{ fromBlock: 'genesis' }],
        error: {
          code: -32602,
          message:
            'params[0] (filter).fromBlock: expected a block number in hex, or one of earliest, latest, pending, safe, finalized, got "genesis"',
        },
      },
      {
        params: [{ address: '0x12' }],
        error: {
          code: -32602,
          message: 'params[0] (filter).address: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  eth_newBlockFilter: { succeeds: [{ params: [], result: '0x1' }], fails: [UNWANTED] },
  eth_newPendingTransactionFilter: {
    succeeds: [
      { params: [], result: '0x1' },
      { when: 'whole transactions are wanted', params: [true], result: '0x1' },
    ],
    fails: [
      {
        params: ['full'],
        error: { code: -32602, message: 'params[0] (fullTransactions): expected true or false, got "full"' },
      },
    ],
  },
  eth_getFilterChanges: {
    succeeds: [
      {
        when: 'logs came',
        before: [
          ['eth_newFilter', [{ address: LOGGER }]],
          ['eth_sendTransaction', [{ from: ALICE, to: LOGGER, data: '0x01', gas: '0xc350', gasPrice: '0x77359400' }]],
        ],
        params: ['0x1'],
        result: [
          {
            address: LOGGER,
            topics: [TOPIC],
            data: '0x01',
            blockNumber: '0x4',
            blockHash: '0x38599e33f3d37c480259dbda45174178c2f0e99effd414f37737a88eb7f1c8a1',
            blockTimestamp: '0x6553f104',
            transactionHash: '0x0c05f4f05b57b5c3de351325e4b301953ba04cf4008472c118a9bbb7d7ebb784',
            transactionIndex: '0x0',
            logIndex: '0x0',
            removed: false,
          },
        ],
        after: [['eth_getFilterChanges', ['0x1'], []]],
      },
      {
        when: 'a block came',
        before: [
          ['eth_newBlockFilter', []],
          ['evm_mine', []],
        ],
        params: ['0x1'],
        result: ['0xe8f66639f9ae8567720aaefc4d9eb8d97a31c2ef046bf54934c553667d2ebbef'],
        after: [['eth_getFilterChanges', ['0x1'], []]],
      },
      {
        when: 'a transaction came',
        before: [
          ['eth_newPendingTransactionFilter', []],
          ['eth_sendTransaction', [{ from: ALICE, to: LOGGER, data: '0x01', gas: '0xc350', gasPrice: '0x77359400' }]],
        ],
        params: ['0x1'],
        result: ['0x0c05f4f05b57b5c3de351325e4b301953ba04cf4008472c118a9bbb7d7ebb784'],
        after: [['eth_getFilterChanges', ['0x1'], []]],
      },
      {
        when: 'a whole transaction came',
        before: [
          ['eth_newPendingTransactionFilter', [true]],
          ['eth_sendTransaction', [{ from: ALICE, to: LOGGER, data: '0x01', gas: '0xc350', gasPrice: '0x77359400' }]],
        ],
        params: ['0x1'],
        result: [
          {
            type: '0x0',
            hash: '0x0c05f4f05b57b5c3de351325e4b301953ba04cf4008472c118a9bbb7d7ebb784',
            nonce: '0x2',
            blockHash: null,
            blockNumber: null,
            blockTimestamp: null,
            transactionIndex: null,
            from: ALICE,
            to: LOGGER,
            value: '0x0',
            gas: '0xc350',
            input: '0x01',
            chainId: '0x7a69',
            gasPrice: '0x77359400',
            v: '0xf4f5',
            r: '0x50788bf83f28cee9290f46633889c0a3f6fab3974595d897ad1777d555235ace',
            s: '0x23b2201050e67887a562d8ca113ca963cf093b318fc973dd6d467a21d7e7abf5',
          },
        ],
      },
      { when: 'nothing came', before: [['eth_newFilter', [{}]]], params: ['0x1'], result: [] },
    ],
    fails: [
      { when: 'nobody knows the id', params: ['0x7'], error: { code: -32000, message: 'filter not found' } },
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (filterId): expected a filter id, a hex quantity',
        },
      },
      {
        when: 'it was removed',
        before: [
          ['eth_newBlockFilter', []],
          ['eth_uninstallFilter', ['0x1']],
        ],
        params: ['0x1'],
        error: { code: -32000, message: 'filter not found' },
      },
    ],
  },
  eth_getFilterLogs: {
    succeeds: [{ before: [['eth_newFilter', [{ fromBlock: '0x0', toBlock: '0x3' }]]], params: ['0x1'], result: logs }],
    fails: [
      { when: 'nobody knows the id', params: ['0x7'], error: { code: -32000, message: 'filter not found' } },
      {
        when: 'it is about blocks',
        before: [['eth_newBlockFilter', []]],
        params: ['0x1'],
        error: { code: -32000, message: 'filter not found: it is not a log filter' },
      },
    ],
  },
  eth_uninstallFilter: {
    succeeds: [
      {
        before: [['eth_newBlockFilter', []]],
        params: ['0x1'],
        result: true,
        after: [['eth_uninstallFilter', ['0x1'], false]],
      },
      { when: 'nobody knows the id', params: ['0x7'], result: false },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (filterId): expected a filter id, a hex quantity',
        },
      },
      {
        params: [1],
        error: { code: -32602, message: 'params[0] (filterId): expected a filter id, a hex quantity, got 1' },
      },
    ],
  },
} satisfies Vectors<typeof filter>;
