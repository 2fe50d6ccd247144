import { type Address, bytesToUnprefixedHex, equalsBytes } from '@ethereumjs/util';
import type { BlockStore } from './blocks/blockStore.ts';
import type { BlockRef } from './blocks/blockTag.ts';
import type { ExecutedBlock } from './blocks/executedBlock.ts';
import type { Chain } from './chain/chain.ts';
import type { RunAhead } from './mining/runAhead.ts';
import type { StateReader } from './readers.ts';
import { codeKey } from './state/codeKey.ts';
import type { StateStore } from './state/stateStore.ts';
import type { StateView } from './state/stateView.ts';
import { unwrittenView } from './state/unwrittenView.ts';

interface StateModules {
  readonly chain: Chain;
  readonly stateStore: StateStore;
  readonly blocks: BlockStore;
  readonly ahead: RunAhead;
}

/** Reads of states by block. @example await stateReader(modules).at({ tag: 'latest' }) */
export function stateReader({ chain, stateStore, blocks, ahead }: StateModules): StateReader {
  const worked = async (ref: BlockRef): Promise<StateView> => stateStore.view((await chain.require(ref)).stateRoot);
  const viewAt = async (ref: BlockRef, rootOf: (block: ExecutedBlock) => Uint8Array): Promise<StateView> => {
    if (ahead.covers(ref)) {
      const base = stateStore.view(chain.head.stateRoot);
      return unwrittenView({ base, isRing: (address) => ahead.writesInto(address), worked: () => worked(ref) });
    }
    const stateRoot = rootOf(await chain.require(ref));
    if (stateStore.has(stateRoot)) return stateStore.view(stateRoot);
    return viewInRun(stateStore, blocks, stateRoot) ?? stateStore.view(stateRoot);
  };
  return {
    at: (ref) => viewAt(ref, (block) => block.stateRoot),
    sealed: (ref) => viewAt(ref, ({ block }) => block.header.stateRoot),
    of: (block) => stateStore.view(block.stateRoot),
    accounts: async (ref) => stateStore.accounts((await chain.require(ref)).stateRoot),
    dump: async (ref) => stateStore.dump((await chain.require(ref)).stateRoot),
    isKept: ({ stateRoot }) =>
      stateStore.has(stateRoot) || blocks.runs.plan(bytesToUnprefixedHex(stateRoot)) !== undefined,
    code: (hash) => stateStore.stored(codeKey(hash)),
    node: (hash) => {
      const key = bytesToUnprefixedHex(hash);
      return stateStore.stored(key) ?? stateStore.nodesOf(chain.head.stateRoot).get(key)?.slice();
    },
    preimage: (hash) => stateStore.preimage(hash),
  };
}

/** A state that follows from the one before its run need be worked out only where it differs from that. */
function viewInRun(stateStore: StateStore, blocks: BlockStore, root: Uint8Array): StateView | undefined {
  const plan = blocks.runs.plan(bytesToUnprefixedHex(root));
  if (plan === undefined || !stateStore.has(plan.baseRoot)) return undefined;
  const isRing = ({ bytes }: Address): boolean => plan.rings.some(({ address }) => equalsBytes(address, bytes));
  return unwrittenView({
    root,
    base: stateStore.view(plan.baseRoot),
    isRing,
    worked: async () => stateStore.view(root),
  });
}
