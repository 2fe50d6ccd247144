import type { Accounts } from '../accounts/accounts.ts';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { Chain } from '../chain/chain.ts';
import type { Clock } from '../clock.ts';
import type { HardforkControl } from '../hardforks/createHardforks.ts';
import type { Lane } from '../lane.ts';
import type { Miner } from '../mining/miner.ts';
import type { Pool } from '../pool/pool.ts';
import type { PooledTransaction } from '../pool/pooledTransaction.ts';
import { decodePooled, encodePooled } from '../pool/poolJournal.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { Database } from '../storage/database.ts';
import type { Fees } from '../transactions/fees.ts';
import { createReset } from './reset.ts';
import { type SnapshotOwner, Snapshots } from './snapshots.ts';

interface HistoryModules {
  readonly hardforks: HardforkControl;
  readonly chain: Chain;
  readonly blocks: BlockStore;
  readonly clock: Clock;
  readonly fees: Fees;
  readonly accounts: Accounts;
  readonly miner: Miner;
  readonly pool: Pool;
  readonly lane: Lane;
  readonly database: Database;
  readonly stateStore: StateStore;
  /** Makes all that was staged one write. */
  readonly commit: () => Promise<void>;
  /** Blocks that are yet to be worked out. */
  readonly ahead: { drop(): () => void };
}

/** A part whose state a snapshot keeps, as one. */
function owner<M>(
  name: string,
  part: { capture(): M; restore(captured: M): void | Promise<void> },
  codec?: SnapshotOwner<M>['codec'],
): SnapshotOwner {
  const made: SnapshotOwner<M> = {
    name,
    capture: () => part.capture(),
    restore: (captured) => part.restore(captured),
    ...(codec === undefined ? {} : { codec }),
  };
  // Its own captures are all that it is given back.
  return made as SnapshotOwner;
}

/** Waiting transactions as they lie in a snapshot on disk. */
function poolCodec({ hardforks, chain }: HistoryModules): SnapshotOwner<readonly PooledTransaction[]>['codec'] {
  return {
    toPlain: (pooled) => pooled.map(encodePooled),
    fromPlain: (plain) =>
      (plain as Uint8Array[]).map((bytes) => decodePooled(bytes, hardforks, chain.head.block.header)),
  };
}

/**
 * What can be taken back: by snapshots to where they were taken, by a reset to the start.
 * @param afterReset runs before the reset is written.
 */
export function createHistory(modules: HistoryModules, afterReset: () => void) {
  const { hardforks, chain, blocks, clock, fees, accounts, miner, pool, lane, database, commit, ahead } = modules;
  const settings = [
    owner('hardforks', hardforks),
    owner('fees', fees),
    owner('accounts', accounts),
    owner('miner', miner),
  ];
  const owners = [...settings, owner('clock', clock), owner('pool', pool, poolCodec(modules))];
  const snapshots = new Snapshots(owners, {
    lane,
    chain,
    blocks,
    database,
    stateStore: modules.stateStore,
    commit,
    ahead,
  });
  const reset = createReset({
    ...{ owners: settings, chain, blocks, pool, snapshots, lane },
    afterReset: () => {
      clock.reset();
      afterReset();
    },
  });
  return { snapshots, reset };
}
