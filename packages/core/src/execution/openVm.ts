import type { Common } from '@ethereumjs/common';
import type { EVMMockBlockchainInterface } from '@ethereumjs/evm';
import { createVM, type VM } from '@ethereumjs/vm';
import type { OpenState } from '../state/stateStore.ts';
import { ForkEvm } from './forkEvm.ts';
import { Pace } from './pace.ts';

/** Hash of the canonical block at a height as BLOCKHASH sees it; undefined reads as zero. */
export type BlockHashLookup = (number: bigint) => Uint8Array | undefined;

export interface OpenVmOptions {
  readonly state: OpenState;
  readonly common: Common;
  readonly blockHash: BlockHashLookup;
  /** Of all the code that one request runs; left out for blocks, which take as long as they take. */
  readonly pace?: Pace;
}

const ZERO_HASH = new Uint8Array(32);

function blockchainFrom(blockHash: BlockHashLookup): EVMMockBlockchainInterface {
  const blockchain: EVMMockBlockchainInterface = {
    getBlock: async (number) => {
      const hash = blockHash(BigInt(number)) ?? ZERO_HASH;
      return { hash: () => hash };
    },
    putBlock: async () => {},
    shallowCopy: () => blockchain,
  };
  return blockchain;
}

/**
 * The only place that makes an EVM. EthereumJS's EVM runs on the given state and is thrown away with it.
 * @example const vm = await openVm({ state: stateStore.open(root), common, blockHash })
 */
export function openVm({ state, common, blockHash, pace = new Pace() }: OpenVmOptions): Promise<VM> {
  const blockchain = blockchainFrom(blockHash);
  const evm = new ForkEvm({ common, stateManager: state.manager, blockchain }, pace);
  return createVM({ common, stateManager: state.manager, blockchain, evm });
}
