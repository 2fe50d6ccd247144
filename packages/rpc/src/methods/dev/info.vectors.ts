import { BLOCK_0, BLOCK_3, UNWANTED, type Vectors } from '../../world.vectors.ts';
import type { info } from './info.ts';

export const infoVectors = {
  hardhat_metadata: {
    succeeds: [
      {
        world: 'fresh',
        params: [],
        result: {
          clientVersion: 'anvil/minichain-v1.2.3',
          chainId: 31337,
          instanceId: '0x0000000000000000000000000000000000000000000000000000000000000001',
          latestBlockNumber: 3,
          latestBlockHash: BLOCK_3,
        },
      },
      {
        when: 'the chain was reset',
        world: 'fresh',
        before: [['hardhat_reset', []]],
        params: [],
        result: {
          clientVersion: 'anvil/minichain-v1.2.3',
          chainId: 31337,
          instanceId: '0x0000000000000000000000000000000000000000000000000000000000000002',
          latestBlockNumber: 0,
          latestBlockHash: BLOCK_0,
        },
      },
    ],
    fails: [UNWANTED],
  },
  anvil_metadata: {
    succeeds: [
      {
        world: 'fresh',
        params: [],
        result: {
          clientVersion: 'anvil/minichain-v1.2.3',
          chainId: 31337,
          instanceId: '0x0000000000000000000000000000000000000000000000000000000000000001',
          latestBlockNumber: 3,
          latestBlockHash: BLOCK_3,
          clientSemver: '1.2.3',
          clientCommitSha: null,
          forkedNetwork: null,
          snapshots: {},
        },
      },
      {
        when: 'a snapshot was taken',
        world: 'fresh',
        before: [
          ['evm_snapshot', []],
          ['evm_mine', []],
        ],
        params: [],
        result: {
          clientVersion: 'anvil/minichain-v1.2.3',
          chainId: 31337,
          instanceId: '0x0000000000000000000000000000000000000000000000000000000000000001',
          latestBlockNumber: 4,
          latestBlockHash: '0xe8f66639f9ae8567720aaefc4d9eb8d97a31c2ef046bf54934c553667d2ebbef',
          clientSemver: '1.2.3',
          clientCommitSha: null,
          forkedNetwork: null,
          snapshots: { '0x1': [3, BLOCK_3] },
        },
      },
    ],
    fails: [UNWANTED],
  },
  anvil_getGenesisTime: { succeeds: [{ params: [], result: 1_700_000_000 }], fails: [UNWANTED] },
  anvil_getLastBlockWallTime: {
    succeeds: [
      {
        when: "the chain's clock is elsewhere",
        before: [
          ['evm_increaseTime', [1000]],
          ['evm_mine', []],
        ],
        params: [],
        result: 1_700_000_000,
      },
    ],
    fails: [UNWANTED],
  },
  hardhat_getStackTraceFailuresCount: { succeeds: [{ params: [], result: 0 }], fails: [UNWANTED] },
  anvil_nodeInfo: {
    succeeds: [
      {
        params: [],
        result: {
          currentBlockNumber: '0x3',
          currentBlockTimestamp: 1700000003,
          currentBlockHash: BLOCK_3,
          hardFork: 'osaka',
          transactionOrder: 'fees',
          environment: { baseFee: '0x22f7f1c2', chainId: 31337, gasLimit: '0x1c9c380', gasPrice: '0x5e92bbc2' },
          forkConfig: { forkUrl: null, forkBlockNumber: null, forkRetryBackoff: null },
        },
      },
    ],
    fails: [UNWANTED],
  },
} satisfies Vectors<typeof info>;
