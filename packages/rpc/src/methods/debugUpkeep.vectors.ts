import { ALICE, BOB, type Vectors } from '../world.vectors.ts';
import type { debugUpkeep } from './debugUpkeep.ts';

export const debugUpkeepVectors = {
  debug_setHead: {
    succeeds: [
      {
        params: ['0x1'],
        result: null,
        after: [
          ['eth_blockNumber', [], '0x1'],
          ['txpool_status', [], { pending: '0x2', queued: '0x0' }],
        ],
      },
      { when: 'it is the head', params: [3], result: null, after: [['eth_blockNumber', [], '0x3']] },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: ['0x9'],
        error: { code: -32000, message: 'block #9 not found; the latest block is 3' },
      },
      {
        params: ['latest'],
        error: {
          code: -32602,
          message:
            'params[0] (blockNumber): expected a non-negative number: hex quantity, decimal string or integer, got "latest"',
        },
      },
    ],
  },
  debug_clearTxpool: {
    succeeds: [
      {
        before: [['eth_sendTransaction', [{ from: ALICE, to: BOB, nonce: '0x9' }]]],
        params: [],
        result: null,
        after: [['txpool_status', [], { pending: '0x0', queued: '0x0' }]],
      },
    ],
    fails: [{ params: [1], error: { code: -32602, message: 'too many arguments, want at most 0, got 1' } }],
  },
  debug_freeOSMemory: {
    succeeds: [{ params: [], result: null }],
    fails: [{ params: [1], error: { code: -32602, message: 'too many arguments, want at most 0, got 1' } }],
  },
  debug_chaindbCompact: {
    succeeds: [{ params: [], result: null }],
    fails: [{ params: [1], error: { code: -32602, message: 'too many arguments, want at most 0, got 1' } }],
  },
  debug_chaindbProperty: {
    succeeds: [
      {
        params: [],
        result: /^kind: memory\nsizeBytes: \d+\n/,
        shown: 'kind: memory\nsizeBytes: 1056768\nreads: 174\n…',
      },
      { when: 'one is named', params: ['kind'], result: 'memory' },
    ],
    fails: [
      {
        params: ['leveldb.stats'],
        error: {
          code: -32000,
          message:
            'unknown property leveldb.stats; known are kind, sizeBytes, reads, cacheHits, commits, commitMsTotal, lastCommitMs, failedCommits',
        },
      },
    ],
  },
} satisfies Vectors<typeof debugUpkeep>;
