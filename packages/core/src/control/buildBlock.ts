import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import { isBlob4844Tx } from '@ethereumjs/tx';
import { bytesToHex } from '@ethereumjs/util';
import { blockError } from '../blocks/faults.ts';
import type { Chain } from '../chain/chain.ts';
import type { BuildRequest, BuiltBlock, Hardforks } from '../contract.ts';
import type { Machines } from '../execution/engine/createMachines.ts';
import type { Miner } from '../mining/miner.ts';
import { buildPayload, type Payload } from '../mining/payload.ts';
import { queueOf, type TransactionQueue } from '../pool/order.ts';
import type { Pool } from '../pool/pool.ts';
import type { StateStore } from '../state/stateStore.ts';
import { decodeTransaction } from '../transactions/decode.ts';
import { transactionError } from '../transactions/faults.ts';
import type { Fees } from '../transactions/fees.ts';
import { effectiveTip } from '../transactions/prices.ts';

export interface BuildModules {
  readonly chain: Chain;
  readonly pool: Pool;
  readonly fees: Fees;
  readonly hardforks: Hardforks;
  readonly stateStore: StateStore;
  readonly machines: Machines;
  readonly order: 'fees' | 'fifo';
  readonly miner: Pick<Miner, 'kept'>;
}

/** The gas limit moves towards the target, the one that was set, by less than a 1024th of the parent's, or the block would be invalid. */
function nextGasLimit(parent: BlockHeader, target: bigint): bigint {
  const step = parent.gasLimit / parent.common.param('gasLimitBoundDivisor') - 1n;
  if (target > parent.gasLimit + step) return parent.gasLimit + step;
  return target < parent.gasLimit - step ? parent.gasLimit - step : target;
}

function explicitQueue(raw: readonly Uint8Array[], common: Common): TransactionQueue {
  return queueOf(
    raw.map((bytes, order) => {
      const { tx, sender } = decodeTransaction(bytes, common);
      return { tx, sender, hash: tx.hash(), impersonated: false, order };
    }),
  );
}

/** All of the given transactions, or none. */
function requireAll(payload: Payload, wanted: readonly Uint8Array[]): void {
  const [refused] = payload.refused;
  if (refused !== undefined) throw transactionError({ code: 'REQUEST_INVALID', detail: refused.detail });
  if (payload.transactions.length === wanted.length) return;
  const detail = `only ${payload.transactions.length} of ${wanted.length} transactions fit the block`;
  throw transactionError({ code: 'REQUEST_INVALID', detail });
}

function earnings({ executed }: Payload): bigint {
  const baseFee = executed.block.header.baseFeePerGas ?? 0n;
  return executed.receipts.reduce((sum, { gasUsed }, index) => {
    const tx = executed.block.transactions[index];
    return tx === undefined ? sum : sum + gasUsed * effectiveTip(tx, baseFee);
  }, 0n);
}

/**
 * Builds a block on any known parent and throws its state away: nothing of the chain changes (`testing_buildBlockV1`).
 * @throws BlockError PARENT_UNKNOWN, BLOCK_INVALID; TransactionError when a given transaction cannot be in the block.
 */
export async function buildBlock(request: BuildRequest, modules: BuildModules): Promise<BuiltBlock> {
  const { chain, fees, hardforks, miner, pool, stateStore } = modules;
  const parent = await chain.get({ hash: request.parentHash });
  if (parent === undefined) throw blockError({ code: 'PARENT_UNKNOWN', hash: bytesToHex(request.parentHash) });
  const { header } = parent.block;
  if (request.timestamp <= header.timestamp) {
    const detail = `timestamp ${request.timestamp} is not after its parent's ${header.timestamp}`;
    throw blockError({ code: 'BLOCK_INVALID', detail });
  }
  const common = hardforks.commonAt(header.number + 1n, request.timestamp);
  const baseFee = fees.baseFeeAfter(parent, request.timestamp);
  const payload = await buildPayload(
    { ...request, parent, baseFee, gasLimit: nextGasLimit(header, miner.kept().gasLimit), traceMessages: false },
    request.transactions === undefined
      ? pool.ordered(modules.order, baseFee ?? 0n)
      : explicitQueue(request.transactions, common),
    {
      state: stateStore.open(parent.stateRoot),
      machines: modules.machines,
      common,
      blockHash: (number) => chain.ancestorHash(parent, number),
    },
  );
  if (request.transactions !== undefined) requireAll(payload, request.transactions);
  return {
    block: payload.executed,
    value: earnings(payload),
    requests: payload.requests,
    blobTransactions: payload.transactions.map(({ pooled }) => pooled.tx).filter((tx) => isBlob4844Tx(tx)),
  };
}
