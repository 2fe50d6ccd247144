import { Block, createBlockHeader, type HeaderData } from '@ethereumjs/block';
import { type Common, ConsensusType } from '@ethereumjs/common';
import { KECCAK256_RLP } from '@ethereumjs/util';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { hashOfHeader, NO_REQUESTS } from '../execution/sealBlock.ts';
import { areQueuesIdle, ringWrites, writeRings } from '../execution/systemCalls.ts';
import type { OpenState } from '../state/stateStore.ts';

interface EmptyModules {
  readonly state: OpenState;
  readonly common: Common;
}

/** Whether a block without transactions changes nothing but the rings of EIP-4788 and EIP-2935, so that no code need run. */
export async function isQuiet({ state, common }: EmptyModules): Promise<boolean> {
  if (common.consensusType() === ConsensusType.ProofOfWork && common.param('minerReward') > 0n) return false;
  return !common.isActivatedEIP(7685) || areQueuesIdle(state.manager, common);
}

/** The fields of a header that say that there is nothing in its block, besides the state root. */
export const emptyFields = (common: Common): HeaderData => ({
  gasUsed: 0n,
  ...(common.isActivatedEIP(4895) ? { withdrawalsRoot: KECCAK256_RLP } : {}),
  ...(common.isActivatedEIP(4844) ? { blobGasUsed: 0n } : {}),
  ...(common.isActivatedEIP(7685) ? { requestsHash: NO_REQUESTS } : {}),
});

/**
 * A block without transactions, made without a machine: most blocks of a development chain are such ones.
 * @param open the header fields known before the first transaction.
 * @returns undefined when code has to run for it.
 */
export async function sealEmptyBlock(open: HeaderData, modules: EmptyModules): Promise<ExecutedBlock | undefined> {
  if (!(await isQuiet(modules))) return undefined;
  const { state, common } = modules;
  await writeRings(state.manager, ringWrites(common, open as Parameters<typeof ringWrites>[1]));
  const stateRoot = await state.manager.getStateRoot();
  const header = createBlockHeader({ ...open, stateRoot, ...emptyFields(common) }, { common, freeze: false });
  const withdrawals = common.isActivatedEIP(4895) ? [] : undefined;
  const block = new Block(header, [], [], withdrawals, { common, freeze: false });
  return { block, hash: hashOfHeader(header), receipts: [], senders: [], activity: [], stateRoot };
}
