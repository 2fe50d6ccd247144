import type { Block } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import { bytesToHex } from '@ethereumjs/util';
import type { BadBlocks } from '../blocks/badBlocks.ts';
import { mostBlockBytes } from '../blocks/blockSize.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { BlockError, blockError } from '../blocks/faults.ts';
import type { Machines } from '../execution/engine/createMachines.ts';
import { LibraryMachine } from '../execution/engine/libraryMachine.ts';
import { isDifference } from '../execution/faults.ts';
import type { BlockHashLookup } from '../execution/openVm.ts';
import type { OpenState, StateStore } from '../state/stateStore.ts';
import { reasonFromLibrary } from '../transactions/txData.ts';
import { runOnLibrary } from './runOnLibrary.ts';
import { runOnMachine } from './runOnMachine.ts';
import { verifyHeader } from './verifyHeader.ts';

export interface ExecuteModules {
  readonly stateStore: StateStore;
  readonly machines: Machines;
  readonly blockHash: BlockHashLookup;
  /** Where a block that is refused is noted. */
  readonly badBlocks?: Pick<BadBlocks, 'note'>;
  /** Whether a block needs the queue contracts of EIP-7002 and EIP-7251; a chain without system contracts does not. */
  readonly requireSystemContracts: boolean;
}

/** What only EthereumJS does: rewards for uncles, and the accounts that the DAO fork moved. */
function needsLibrary({ uncleHeaders, header }: Block, common: Common): boolean {
  return uncleHeaders.length > 0 || common.hardforkBlock(Hardfork.Dao) === header.number;
}

/**
 * Verifies a block from outside and executes it on its parent: header, transactions, every root, gas and bloom.
 * @returns the executed block with its unflushed state.
 * @throws BlockError BLOCK_INVALID.
 */
export async function executeBlock(
  block: Block,
  parent: ExecutedBlock,
  modules: ExecuteModules,
): Promise<{ executed: ExecutedBlock; state: OpenState }> {
  try {
    return await execute(block, parent, modules);
  } catch (error) {
    if (error instanceof BlockError) modules.badBlocks?.note({ block, hash: block.hash(), reason: error.message });
    throw error;
  }
}

function verifySize(block: Block): void {
  const most = mostBlockBytes(block.common);
  if (most === Number.POSITIVE_INFINITY) return;
  const bytes = block.serialize().length;
  if (bytes > most)
    throw blockError({ code: 'BLOCK_INVALID', detail: `it has ${bytes} bytes, at most ${most} allowed` });
}

async function execute(block: Block, parent: ExecutedBlock, modules: ExecuteModules) {
  verifyHeader(block.header, parent.block.header);
  verifySize(block);
  const { common } = block;
  const { blockHash, machines, requireSystemContracts } = modules;
  const state = modules.stateStore.open(parent.stateRoot);
  const machine = await machines.open({ state, common, blockHash }, { onLibrary: needsLibrary(block, common) });
  try {
    const rules = { mustAnswer: requireSystemContracts };
    const run =
      machine instanceof LibraryMachine ? runOnLibrary(machine, block, rules) : runOnMachine(machine, block, rules);
    return { executed: await run, state };
  } catch (error) {
    if (error instanceof BlockError || isDifference(error)) throw error;
    const detail = `${reasonFromLibrary(error)} (block ${block.header.number}, ${bytesToHex(block.hash())})`;
    throw blockError({ code: 'BLOCK_INVALID', detail }, { cause: error });
  } finally {
    machine.close();
  }
}
