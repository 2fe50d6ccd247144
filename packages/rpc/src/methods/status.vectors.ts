import { expect } from 'vitest';
import { ALICE, BLOCK_3, BOB, CLIENT_VERSION, GENESIS_TIME, UNWANTED, type Vectors } from '../world.vectors.ts';
import type { status } from './status.ts';

const number: number = expect.any(Number);

const MIB = 1024 * 1024;
const STATUS = {
  version: CLIENT_VERSION,
  uptimeSeconds: number,
  chainId: 31337,
  head: { number: 3, hash: BLOCK_3, timestamp: Number(GENESIS_TIME) + 3, ageSeconds: number },
  mining: { mode: 'instant', intervalSeconds: null },
  pool: { ready: 0, queued: 0 },
  peers: [],
  memory: { residentBytes: number, heapUsedBytes: number, heapTotalBytes: number },
  eventLoopLag: { meanMs: number, maxMs: number },
  storage: { kind: 'memory', path: null, sizeBytes: number },
  snapshots: number,
  subscriptions: 0,
  filters: 0,
  limits: {
    maxBatch: 1000,
    maxResponseBytes: 128 * MIB,
    maxLogs: 100_000,
    maxLogRange: 0,
    maxFilters: 10_000,
    maxSubscriptions: 1000,
    callTimeoutMs: 30_000,
    callGasCap: 50_000_000,
    traceLimitBytes: 128 * MIB,
    accountTransactionLimit: 0,
  },
} as const;

export const statusVectors = {
  minichain_status: {
    succeeds: [
      {
        params: [],
        result: STATUS,
        shown: {
          ...STATUS,
          version: '1.2.3',
          uptimeSeconds: 12.3,
          head: { ...STATUS.head, ageSeconds: 4.5 },
          memory: { residentBytes: 98_566_144, heapUsedBytes: 24_117_248, heapTotalBytes: 41_943_040 },
          eventLoopLag: { meanMs: 0.1, maxMs: 1.2 },
          storage: { ...STATUS.storage, sizeBytes: 6842 },
          snapshots: 0,
        },
      },
      {
        when: 'the node has something to do',
        before: [
          ['evm_setAutomine', [false]],
          ['evm_setIntervalMining', [3600]],
          ['eth_sendTransaction', [{ from: ALICE, to: BOB, gas: '0x5208' }]],
          ['eth_sendTransaction', [{ from: ALICE, to: BOB, gas: '0x5208', nonce: '0x9' }]],
          ['eth_newBlockFilter', []],
          ['eth_newFilter', [{}]],
        ],
        params: [],
        result: {
          ...STATUS,
          mining: { mode: 'interval', intervalSeconds: 3600 },
          pool: { ready: 1, queued: 1 },
          filters: 2,
        },
        world: 'fresh',
      },
    ],
    fails: [UNWANTED],
  },
} satisfies Vectors<typeof status>;
