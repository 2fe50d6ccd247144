import type { Accounts } from './accounts/accounts.ts';
import type { Chain as ChainOwner } from './chain/chain.ts';
import type { ChainOptions } from './chainOptions.ts';
import type { Clock } from './clock.ts';
import type { Snapshots } from './control/snapshots.ts';
import type { HardforkControl } from './hardforks/createHardforks.ts';
import type { Miner } from './mining/miner.ts';
import type { Pool } from './pool/pool.ts';
import type { PoolJournal } from './pool/poolJournal.ts';
import { StorageError } from './storage/faults.ts';
import type { KeptState } from './storage/keptState.ts';
import type { Fees } from './transactions/fees.ts';

/** The parts whose settings outlive the process. */
export interface Settings {
  readonly chain: ChainOwner;
  readonly clock: Clock;
  readonly fees: Fees;
  readonly accounts: Accounts;
  readonly miner: Miner;
  readonly hardforks: HardforkControl;
  readonly snapshots: Snapshots;
  readonly pool: Pool;
  readonly instance: { id: Uint8Array };
}

interface KeepModules {
  readonly kept: KeptState;
  readonly journal: PoolJournal;
  readonly given: ChainOptions;
  readonly isNew: boolean;
}

/** A genesis at another time than now starts the clock there, so that time goes on from the genesis. */
export function startSettings(clock: Clock, chain: ChainOwner, given: ChainOptions): void {
  const isAtSomeTime = given.timestamp !== undefined || given.genesis?.timestamp !== undefined;
  if (isAtSomeTime) clock.startAt(chain.genesis.block.header.timestamp);
}

/** What a flag says now goes before what was set the last time. */
async function applyGiven(settings: Settings, given: ChainOptions): Promise<void> {
  const { miner, accounts } = settings;
  if (given.gasLimit !== undefined) miner.setGasLimit(given.gasLimit);
  if (given.coinbase !== undefined) miner.setCoinbase(given.coinbase);
  if (given.autoImpersonate !== undefined) accounts.setAutoImpersonate(given.autoImpersonate);
  if (given.mining !== undefined) await atStart(settings, miner.setMode(given.mining));
}

/** Gives each part what a database holds of it, and keeps it there from now on. */
export async function keepSettings(settings: Settings, { kept, journal, given, isNew }: KeepModules): Promise<void> {
  const { chain, clock, fees, accounts, miner, hardforks, snapshots, pool, instance } = settings;
  kept.attach('hardforks', hardforks);
  kept.attach('chain', chain.finality);
  kept.attach('clock', {
    capture: () => clock.kept(),
    restore: (saved: ReturnType<Clock['kept']>) => clock.resume(saved),
  });
  kept.attach('fees', fees);
  kept.attach('accounts', accounts);
  kept.attach('miner', { capture: () => miner.kept(), restore: (saved: never) => miner.restore(saved) });
  kept.attach('snapshots', snapshots);
  kept.attach('arrivals', {
    isCounter: true,
    capture: () => pool.arrivals,
    restore: (arrivals: number) => pool.resumeArrivals(arrivals),
  });
  kept.attach('instance', {
    capture: () => instance.id,
    restore: (id: Uint8Array) => {
      instance.id = id;
    },
  });
  if (given.isIdle === true) miner.stop();
  const { number, timestamp } = chain.head.block.header;
  const isLocal = (sender: Parameters<Accounts['privateKey']>[0]): boolean => accounts.privateKey(sender) !== undefined;
  await pool.load(await journal.load({ number: number + 1n, timestamp }, isLocal));
  if (isNew || given.isIdle === true) return;
  await applyGiven(settings, given);
  kept.accept();
  // What waited when the process ended waits no longer than it would have.
  await atStart(settings, miner.mineReady());
}

/** What waits is not waited for where it has to wait for blocks that are yet to be worked out. */
async function atStart({ chain }: Settings, mining: Promise<void>): Promise<void> {
  if (chain.settled() === undefined) await mining.catch(ignoreFullDisk);
  else mining.catch(() => {});
}

/** A node starts on a full disk as well: it answers reads, and what waits is mined when there is space. */
function ignoreFullDisk(error: unknown): void {
  if (!(error instanceof StorageError) || error.fault.code !== 'WRITE_FAILED') throw error;
}
