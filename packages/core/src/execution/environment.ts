import { Block, type BlockHeader, createBlockHeader } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import type { VM } from '@ethereumjs/vm';
import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { Hardforks } from '../contract.ts';
import type { ChainEvents } from '../events.ts';
import type { OpenState, StateStore } from '../state/stateStore.ts';
import type { ExecutionLimits } from './limits.ts';
import { openVm } from './openVm.ts';
import { applyStateOverrides } from './overrides.ts';
import { Pace } from './pace.ts';
import type { BlockOverrides, Overrides } from './request.ts';

/** What the execution room reads of the chain. */
export interface ExecutionModules {
  readonly chain: {
    get(ref: BlockRef): Promise<ExecutedBlock | undefined>;
    require(ref: BlockRef): Promise<ExecutedBlock>;
    ancestorHash(from: ExecutedBlock, number: bigint): Promise<Uint8Array | undefined>;
  };
  readonly stateStore: StateStore;
  readonly hardforks: Hardforks;
  readonly events: ChainEvents;
  /** Read with each request: they may change while the chain runs. */
  readonly limits: Readonly<ExecutionLimits>;
}

/** A VM on some block's state, with that block's environment, maybe overridden. Thrown away after use. */
export interface Environment {
  readonly vm: VM;
  readonly state: OpenState;
  readonly common: Common;
  readonly header: BlockHeader;
  readonly executed: ExecutedBlock;
}

/** Header of the environment: the block's own fields, with overrides over them. */
export function environmentHeader(base: BlockHeader, overrides: BlockOverrides, common: Common): BlockHeader {
  const isMerged = common.gteHardfork(Hardfork.Paris);
  const baseFee = overrides.baseFeePerGas ?? base.baseFeePerGas;
  const header = createBlockHeader(
    {
      parentHash: base.parentHash,
      number: overrides.number ?? base.number,
      timestamp: overrides.timestamp ?? base.timestamp,
      gasLimit: overrides.gasLimit ?? base.gasLimit,
      coinbase: overrides.coinbase ?? base.coinbase,
      difficulty: isMerged ? 0n : (overrides.difficulty ?? base.difficulty),
      mixHash: overrides.prevRandao ?? base.mixHash,
      ...(common.isActivatedEIP(1559) ? { baseFeePerGas: baseFee ?? 0n } : {}),
      ...(common.isActivatedEIP(4844) ? { excessBlobGas: base.excessBlobGas ?? 0n, blobGasUsed: 0n } : {}),
      ...(common.isActivatedEIP(4788)
        ? { parentBeaconBlockRoot: overrides.parentBeaconBlockRoot ?? base.parentBeaconBlockRoot ?? new Uint8Array(32) }
        : {}),
    },
    { common, freeze: false },
  );
  const { blobBaseFee } = overrides;
  if (blobBaseFee !== undefined) header.getBlobGasPrice = () => blobBaseFee;
  return header;
}

/** A block of that header alone, as the EVM wants it. */
export function blockOfHeader(header: BlockHeader): Block {
  const { common } = header;
  return new Block(header, [], [], common.isActivatedEIP(4895) ? [] : undefined, { common, freeze: false });
}

/** The pace of one request. */
export const paceOf = ({ limits }: Pick<ExecutionModules, 'limits'>): Pace => new Pace(limits.callTimeoutMs);

/** What the library counts gas up to, even where EIP-7825 does not hold. */
const MOST_GAS = BigInt(Number.MAX_SAFE_INTEGER);

/** Most gas that a request may use. */
export const gasCapOf = ({ callGasCap }: Pick<ExecutionLimits, 'callGasCap'>): bigint =>
  callGasCap > 0n && callGasCap < MOST_GAS ? callGasCap : MOST_GAS;

/** Gas that a request runs with: what it asks for, else its block's; at most the cap, without a word, as in geth. */
export function gasOf(asked: bigint | undefined, header: BlockHeader, limits: ExecutionLimits): bigint {
  const [gas, cap] = [asked ?? header.gasLimit, gasCapOf(limits)];
  return gas > cap ? cap : gas;
}

/**
 * Opens a VM as a call at that block sees the world: after its transactions, in its environment.
 * @param pace shared by all the environments of one request.
 * @throws BlockError BLOCK_NOT_FOUND; ExecutionError OVERRIDE_INVALID.
 */
export async function openEnvironment(
  modules: ExecutionModules,
  at: BlockRef,
  overrides: Overrides = {},
  pace: Pace = paceOf(modules),
) {
  const executed = await modules.chain.require(at);
  const base = executed.block.header;
  const { block = {} } = overrides;
  const common = modules.hardforks.callCommonAt(block.number ?? base.number, block.timestamp ?? base.timestamp);
  const state = modules.stateStore.open(executed.stateRoot);
  const vm = await openVm({
    state,
    common,
    pace,
    blockHash: async (number) => block.blockHashes?.get(number) ?? modules.chain.ancestorHash(executed, number),
  });
  if (overrides.state !== undefined) await applyStateOverrides(vm, overrides.state);
  const environment: Environment = { vm, state, common, executed, header: environmentHeader(base, block, common) };
  return environment;
}
