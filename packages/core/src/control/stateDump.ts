import type { Chain } from '../chain/chain.ts';
import type { Miner } from '../mining/miner.ts';
import type { LoadedState, StateDump } from '../state/dump.ts';
import { stateError } from '../state/faults.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { StateEdits } from './edits.ts';

interface DumpModules {
  readonly chain: Chain;
  readonly stateStore: StateStore;
  readonly miner: Miner;
  readonly edits: StateEdits;
}

/** How far the chain grows by empty blocks to reach the height of a dump. */
const MAX_BLOCKS = 10_000n;

/**
 * Writes the head's state out, and takes such a state in: accounts are added to what is there, and the chain grows by empty
 * blocks to the dump's height. The blocks of the dumped chain are not brought back.
 */
export function createStateDump({ chain, stateStore, miner, edits }: DumpModules): {
  dumpState(): Promise<StateDump>;
  loadState(state: LoadedState): Promise<void>;
} {
  return {
    dumpState: async () => {
      const { head } = chain;
      return { head, accounts: await stateStore.dump(head.stateRoot) };
    },
    loadState: async ({ number, timestamp, accounts }) => {
      const { header } = chain.head.block;
      const missing = number - header.number;
      if (missing > MAX_BLOCKS) throw stateError({ code: 'DUMP_TOO_HIGH', number, most: header.number + MAX_BLOCKS });
      if (missing > 1n) await miner.mine({ blocks: Number(missing - 1n) });
      const isLater = timestamp !== undefined && timestamp > chain.head.block.header.timestamp;
      if (missing > 0n) await miner.mine(isLater ? { timestamp } : {});
      await edits.load(accounts);
    },
  };
}
