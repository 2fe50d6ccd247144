import type { BlockHeader, HeaderData } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import type { Address } from '@ethereumjs/util';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { Machines } from '../execution/engine/createMachines.ts';
import type { BlockHashLookup } from '../execution/openVm.ts';
import type { WithdrawalInput } from '../execution/request.ts';
import { openHeader, type SealedBlock, sealBlock } from '../execution/sealBlock.ts';
import { startBlock } from '../execution/systemCalls.ts';
import type { TransactionQueue } from '../pool/order.ts';
import type { PooledTransaction } from '../pool/pooledTransaction.ts';
import type { OpenState } from '../state/stateStore.ts';
import { BlockInProgress, type BlockLimits, type PayloadTransaction } from './blockInProgress.ts';
import { sealEmptyBlock } from './emptyBlock.ts';

/** What the builder is told about the block to make; seconds, gas, wei. */
export interface PayloadAttributes extends BlockLimits {
  readonly parent: ExecutedBlock;
  readonly timestamp: bigint;
  readonly coinbase: Address;
  readonly gasLimit: bigint;
  readonly baseFee: bigint | undefined;
  /** EIP-4844; what follows from the parent when left out. */
  readonly excessBlobGas?: bigint | undefined;
  readonly prevRandao: Uint8Array;
  readonly extraData: Uint8Array;
  /** EIP-4788; zeros when left out. */
  readonly parentBeaconBlockRoot?: Uint8Array;
  /** EIP-4895; none when left out. */
  readonly withdrawals?: readonly WithdrawalInput[];
}

export interface PayloadModules {
  readonly state: OpenState;
  readonly machines: Machines;
  readonly common: Common;
  readonly blockHash: BlockHashLookup;
}

export interface Payload extends SealedBlock {
  readonly transactions: readonly PayloadTransaction[];
  /** Those that can never run on this state, with the reason. */
  readonly refused: readonly { readonly pooled: PooledTransaction; readonly detail: string }[];
}

const ZERO_32 = new Uint8Array(32);

const excessAfter = (header: BlockHeader, common: Common): bigint =>
  header.excessBlobGas === undefined ? 0n : header.calcNextExcessBlobGas(common);

/** Header fields known before the first transaction runs. */
function openFields(attributes: PayloadAttributes, common: Common): HeaderData {
  const { parent } = attributes;
  const header = parent.block.header;
  return {
    parentHash: parent.hash,
    number: header.number + 1n,
    timestamp: attributes.timestamp,
    coinbase: attributes.coinbase,
    gasLimit: attributes.gasLimit,
    extraData: attributes.extraData,
    ...(common.gteHardfork(Hardfork.Paris) ? { mixHash: attributes.prevRandao, difficulty: 0n } : { difficulty: 1n }),
    ...(attributes.baseFee === undefined ? {} : { baseFeePerGas: attributes.baseFee }),
    ...(common.isActivatedEIP(4844)
      ? {
          excessBlobGas: attributes.excessBlobGas ?? excessAfter(header, common),
          blobGasUsed: 0n,
        }
      : {}),
    ...(common.isActivatedEIP(4788) ? { parentBeaconBlockRoot: attributes.parentBeaconBlockRoot ?? ZERO_32 } : {}),
  };
}

/**
 * Builds a block on a state, from attributes and the pool's transactions in their order: one pass, linear in their number.
 * A transaction that does not fit is left for later (and with it its sender's next ones); one that cannot run is refused.
 * Nothing is stored: the caller flushes the state when it imports the block.
 */
export async function buildPayload(
  attributes: PayloadAttributes,
  queue: TransactionQueue,
  { state, machines, common, blockHash }: PayloadModules,
): Promise<Payload> {
  const open = openFields(attributes, common);
  const nothing = queue.peek() === undefined && attributes.withdrawals === undefined;
  const empty = nothing ? await sealEmptyBlock(open, { state, common }) : undefined;
  if (empty !== undefined) return { executed: empty, requests: [], transactions: [], refused: [] };
  const machine = await machines.open({ state, common, blockHash });
  try {
    const header = openHeader(open, common);
    const building = new BlockInProgress(machine, header, attributes);
    await startBlock(machine, header);
    await building.runAll(queue);
    const { progress } = building;
    const { withdrawals = [] } = attributes;
    const sealed = await sealBlock(machine, header, { ...progress, transactions: progress.mined, withdrawals });
    return { ...sealed, transactions: progress.transactions, refused: progress.refused };
  } finally {
    machine.close();
  }
}
