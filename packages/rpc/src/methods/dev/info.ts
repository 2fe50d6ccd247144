import type { Chain } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcAnvilMetadata,
  type RpcMetadata,
  type RpcNodeInfo,
} from '@minichain/protocol';
import type { MethodContext } from '../../context.ts';
import { method, type Serve } from '../../method.ts';

/** Hardhat's shape: numbers, not hex. Ignition keys a deployment on `instanceId`. */
function metadata({ chain, clientVersion }: MethodContext): RpcMetadata {
  const { head } = chain.chain;
  return {
    clientVersion,
    chainId: Number(chain.chainId()),
    instanceId: hex(chain.instanceId()),
    latestBlockNumber: Number(head.block.header.number),
    latestBlockHash: hex(head.hash),
  };
}

const version = (clientVersion: string): string => /v(\d+\.\d+\.\d+\S*?)(\/|$)/.exec(clientVersion)?.[1] ?? '0.0.0';

function anvilMetadata(c: MethodContext): RpcAnvilMetadata {
  const snapshots = c.chain.snapshots.taken().map(({ id, head }) => {
    const place = [Number(head.block.header.number), hex(head.hash)] as const;
    return [quantity(id), place] as const;
  });
  return {
    ...metadata(c),
    clientSemver: version(c.clientVersion),
    clientCommitSha: null,
    forkedNetwork: null,
    snapshots: Object.fromEntries(snapshots),
  };
}

function nodeInfo(chain: Chain): RpcNodeInfo {
  const { head } = chain.chain;
  const { header } = head.block;
  return {
    currentBlockNumber: quantity(header.number),
    currentBlockTimestamp: Number(header.timestamp),
    currentBlockHash: hex(head.hash),
    hardFork: chain.hardforks.nameAt(header.number, header.timestamp),
    transactionOrder: chain.options.order,
    environment: {
      baseFee: quantity(chain.fees.nextBaseFee() ?? 0n),
      chainId: Number(chain.chainId()),
      gasLimit: quantity(chain.miner.gasLimit),
      gasPrice: quantity(chain.fees.gasPrice()),
    },
    forkConfig: { forkUrl: null, forkBlockNumber: null, forkRetryBackoff: null },
  };
}

/** By what tools recognise a development chain. */
export const info = {
  hardhat_metadata: method({ params: [], run: metadata, result: (value) => value }),
  anvil_metadata: method({ params: [], run: anvilMetadata, result: (value) => value }),
  anvil_getGenesisTime: method({
    params: [],
    run: ({ chain }) => chain.chain.genesis.block.header.timestamp,
    result: Number,
  }),
  anvil_getLastBlockWallTime: method({
    params: [],
    run: ({ vitals }) => vitals.headWallMs,
    result: (ms) => Math.floor(ms / 1000),
  }),
  hardhat_getStackTraceFailuresCount: method({ params: [], run: () => 0, result: (count) => count }),
  anvil_nodeInfo: method({ params: [], run: ({ chain }) => nodeInfo(chain), result: (value) => value }),
} satisfies Partial<Serve>;
