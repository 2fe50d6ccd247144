import type { CustomCrypto } from '@ethereumjs/common';
import { bytesToHex } from '@ethereumjs/util';
import { Accounts } from './accounts/accounts.ts';
import { accountsFromMnemonic, type OwnedAccount } from './accounts/mnemonic.ts';
import { BadBlocks } from './blocks/badBlocks.ts';
import { BlockStore } from './blocks/blockStore.ts';
import { openGenesis } from './blocks/genesis.ts';
import { Chain as ChainOwner } from './chain/chain.ts';
import { executeBlock } from './chain/executeBlock.ts';
import { keepIdentity, optionsWithIdentity } from './chainIdentity.ts';
import type { ChainOptions, ResolvedChainOptions, StorageOptions } from './chainOptions.ts';
import { Clock } from './clock.ts';
import { type Commit, createCommit } from './commit.ts';
import { createCommitLane } from './commitLane.ts';
import type { Chain } from './contract.ts';
import { controlOf } from './control/controlOf.ts';
import { StateEdits } from './control/edits.ts';
import { createHistory } from './control/history.ts';
import { PoolUpkeep } from './control/poolUpkeep.ts';
import { TransactionSubmitter } from './control/submitTransaction.ts';
import { loadCrypto } from './crypto/crypto.ts';
import { ChainEvents } from './events.ts';
import { createExecution } from './execution/createExecution.ts';
import { createMachines } from './execution/engine/createMachines.ts';
import { createHardforks } from './hardforks/createHardforks.ts';
import type { Lane } from './lane.ts';

import { Miner } from './mining/miner.ts';
import { RunAhead } from './mining/runAhead.ts';
import { keepSettings, type Settings, startSettings } from './nodeSettings.ts';
import { Pool } from './pool/pool.ts';
import { PoolJournal } from './pool/poolJournal.ts';
import { createPruner } from './pruning/createPruner.ts';
import type { Pruner } from './pruning/pruner.ts';
import { resolveOptions } from './resolveOptions.ts';
import { createStateStore } from './state/stateStore.ts';
import { stateReader } from './stateReader.ts';
import type { Database } from './storage/database.ts';
import { storageError } from './storage/faults.ts';
import { KeptState } from './storage/keptState.ts';
import { createNodeStore } from './storage/nodeStore.ts';
import { type OpenDatabaseOptions, openDatabase } from './storage/openDatabase.ts';
import { storageReader } from './storage/storageReader.ts';
import { Fees } from './transactions/fees.ts';

const DEFAULT_CACHE_BYTES = 256 * 2 ** 20;
/** An eighth of the memory is for blocks as they are read, the rest for what they are read from. */
const BLOCKS_SHARE = 8;
/** And another for decoded trie nodes. */
const STATES_SHARE = 8;

/** A database that has lost everything, as when its only log was cut, is not a new one. */
function requireEmpty({ path, genesis }: Database): void {
  if (path === undefined || genesis === undefined) return;
  const detail = `it held a chain with the genesis ${genesis}, and no block of it is left`;
  throw storageError({ code: 'DATABASE_DAMAGED', path, detail });
}

/** What a database holds, or a new genesis in it; and how more gets there. */
async function openContents(database: Database, given: ChainOptions, customCrypto: CustomCrypto) {
  const options = resolveOptions(optionsWithIdentity(given, database));
  const { codeSizeLimit, initCodeSizeLimit, transactionGasCap } = options;
  const { cacheBytes = DEFAULT_CACHE_BYTES, pruneStates, historyBlocks } = options.storage;
  const hardforks = createHardforks({
    ...options,
    customCrypto,
    limits: { codeSizeLimit, initCodeSizeLimit, transactionGasCap },
  });
  const nodes = createNodeStore(database);
  const blocks = new BlockStore({ database, hardforks }, { cacheBytes: Math.floor(cacheBytes / BLOCKS_SHARE) });
  const stateStore = createStateStore(nodes, {
    cacheBytes: Math.floor(cacheBytes / STATES_SHARE),
    planOf: (root) => blocks.runs.plan(root),
    // On a disk a node is where it is looked for; pruning wants whole states.
    keepsDeltas: !database.isPersistent && pruneStates === undefined && historyBlocks === undefined,
  });
  const machines = createMachines({ engine: options.engine, compiling: options.compiling, stateStore });
  const owned = accountsFromMnemonic(options.accounts);
  const isNew = blocks.head === undefined;
  if (isNew) requireEmpty(database);
  const start = await openGenesis(options, { hardforks, stateStore, owned, blocks });
  keepIdentity(options, database);
  const kept = new KeptState(database);
  const journal = new PoolJournal({ database, hardforks });
  const commit = createCommit({ database, kept, journal });
  await commit({ mined: [] });
  if (isNew) await database.noteGenesis(bytesToHex(start.genesis.hash));
  return { options, hardforks, nodes, stateStore, machines, owned, blocks, isNew, start, kept, journal, commit };
}

function eventsOf(database: Database): ChainEvents {
  const events = new ChainEvents();
  database.onCommitted((commit) => events.emit('committed', commit));
  return events;
}

interface OpenParts {
  readonly miner: Miner;
  readonly ahead: RunAhead;
  readonly pruner: Pruner;
  readonly lane: Lane;
  readonly database: Database;
  readonly commit: Commit;
  readonly events: ChainEvents;
}

async function closeAll(
  { miner, ahead, pruner, lane, database, commit, events }: OpenParts,
  last: () => Promise<void> | undefined,
): Promise<void> {
  miner.stop();
  try {
    await last();
  } finally {
    ahead.stop();
    await pruner.stop();
    await lane.close();
    // What was set since the last write, by methods that do not write themselves.
    await commit().finally(() => database.close());
    events.emit('closed');
    events.removeAllListeners();
  }
}

/** Those of the mnemonic, and of a keystore if there is one. */
async function openAccounts(options: ResolvedChainOptions, owned: readonly OwnedAccount[], events: ChainEvents) {
  const { keystore, now } = options;
  if (keystore === undefined) return new Accounts({ ...options, owned }, { events, now });
  const { keepKey, loadKeystore } = await import('./accounts/keystoreFolder.ts');
  const accounts = new Accounts(
    { ...options, owned },
    { events, now, keep: (key) => keepKey(keystore.path, key, options) },
  );
  accounts.adoptKeys(await loadKeystore(keystore));
  return accounts;
}

/** The rooms, wired. */
async function chainOn(database: Database, given: ChainOptions, customCrypto: CustomCrypto): Promise<Chain> {
  const contents = await openContents(database, given, customCrypto);
  const { options, hardforks, stateStore, machines, owned, blocks, isNew, kept, journal, commit } = contents;
  const events = eventsOf(database);
  const ahead = new RunAhead({ blocks, stateStore, database, events, commit, lane: () => lane, chain: () => chain });
  const lane = createCommitLane(database, commit, () => ahead.settled());
  const instance = { id: options.randomBytes(32) };
  const badBlocks = new BadBlocks();

  const chain: ChainOwner = new ChainOwner(
    { ...contents.start, slotsInAnEpoch: options.slotsInAnEpoch },
    {
      blocks,
      events,
      lane,
      ahead,
      commit,
      requireState: (root) => {
        stateStore.view(root);
      },
      pending: () => miner.pending(),
      afterHead: (removed) => upkeep.headMoved(removed),
      afterForget: (forgotten) => upkeep.blocksForgotten(forgotten),
      execute: (block, parent) =>
        executeBlock(block, parent, {
          ...{ stateStore, machines, badBlocks },
          blockHash: (number) => chain.ancestorHash(parent, number),
          requireSystemContracts: options.systemContracts,
        }),
    },
  );
  const clock = new Clock(options, { now: options.now, headTimestamp: () => chain.tip.timestamp });
  const fees = new Fees(options, { chain: () => chain, hardforks, nextTimestamp: () => clock.peekNext() });
  const accounts = await openAccounts(options, owned, events);
  const pool = new Pool({ events, journal, headState: () => stateStore.view(chain.head.stateRoot) });
  const upkeep = new PoolUpkeep({ blocks, pool });
  const modules = { chain, blocks, pool, clock, fees, hardforks, stateStore, machines, lane, events, accounts };
  const miner = new Miner({ ...options, mode: options.mining }, { ...modules, ahead });
  const limits = { ...options.limits };
  const execution = createExecution({ chain, ahead, stateStore, machines, hardforks, events, limits });
  const submitter = new TransactionSubmitter(options, { ...modules, miner, execution, limits });
  const edits = new StateEdits({ chain, stateStore, lane, afterEdit: () => upkeep.headMoved() });
  const startClock = (): void => startSettings(clock, chain, given);
  const { snapshots, reset } = createHistory({ ...modules, ahead, miner, database, commit }, () => {
    startClock();
    instance.id = options.randomBytes(32);
  });
  ahead.load();
  const settings: Settings = { ...modules, miner, snapshots, instance };
  // An imported chain goes on now, not at the time of its genesis.
  if (isNew && given.isIdle !== true) startClock();
  await keepSettings(settings, { kept, journal, given, isNew });
  await snapshots.load();
  const pruner = createPruner({ ...modules, ...contents, database, keptHeads: () => snapshots.keptHeads() });

  return {
    ...{ options, hardforks, chain },
    state: stateReader({ chain, stateStore, blocks, ahead }),
    ...{ pool, miner, clock, fees, accounts, execution, limits, snapshots, events },
    instanceId: () => instance.id,
    chainId: () => hardforks.capture(),
    badBlocks: () => badBlocks.list(),
    storage: storageReader({ database, kept, lane, pruner }),
    control: {
      ...controlOf({
        ...{ ...modules, miner, submitter, edits, instance, order: options.order },
        afterEdit: () => upkeep.headMoved(),
        allOrNothing: (change) => snapshots.allOrNothing(change),
      }),
      reset,
    },
    close: (last = async () => {}) => closeAll({ miner, ahead, pruner, lane, database, commit, events }, last),
  };
}

function databaseOptions({
  path,
  version,
  fsync,
  cacheBytes = DEFAULT_CACHE_BYTES,
}: StorageOptions = {}): OpenDatabaseOptions {
  return {
    ...(path === undefined ? {} : { path }),
    ...(version === undefined ? {} : { version }),
    ...(fsync === undefined ? {} : { fsync }),
    cacheBytes: cacheBytes - Math.floor(cacheBytes / BLOCKS_SHARE) - Math.floor(cacheBytes / STATES_SHARE),
  };
}

/**
 * Starts a chain: a record of owners, wired.
 * @throws HardforkError GENESIS_INVALID, HARDFORK_UNKNOWN; AccountError MNEMONIC_INVALID, DERIVATION_PATH_INVALID;
 * StorageError when the directory cannot be opened or holds another chain than the options describe.
 * @example
 * const chain = await createChain({ chainId: 31337n, storage: { path: './chain' } });
 * await chain.miner.mine();
 * await chain.close();
 */
export async function createChain(given: ChainOptions = {}): Promise<Chain> {
  const customCrypto = await loadCrypto();
  const database = await openDatabase(databaseOptions(given.storage));
  try {
    return await chainOn(database, given, customCrypto);
  } catch (error) {
    await database.close();
    throw error;
  }
}
