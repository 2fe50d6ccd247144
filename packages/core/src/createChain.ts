import { Accounts } from './accounts/accounts.ts';
import { accountsFromMnemonic } from './accounts/mnemonic.ts';
import { BlockStore } from './blocks/blockStore.ts';
import { createGenesis } from './blocks/genesis.ts';
import { Chain as ChainOwner } from './chain/chain.ts';
import { executeBlock } from './chain/executeBlock.ts';
import type { ChainOptions } from './chainOptions.ts';
import { Clock } from './clock.ts';
import type { Chain, Control, StateReader } from './contract.ts';
import { type BuildModules, buildBlock } from './control/buildBlock.ts';
import { StateEdits } from './control/edits.ts';
import { PoolUpkeep } from './control/poolUpkeep.ts';
import { createReset } from './control/reset.ts';
import { type SnapshotOwner, Snapshots } from './control/snapshots.ts';
import { createStateDump } from './control/stateDump.ts';
import { TransactionSubmitter } from './control/submitTransaction.ts';
import { loadCrypto } from './crypto/crypto.ts';
import { ChainEvents } from './events.ts';
import { createExecution } from './execution/createExecution.ts';
import { createHardforks } from './hardforks/createHardforks.ts';
import { Lane } from './lane.ts';
import { Miner } from './mining/miner.ts';
import { Pool } from './pool/pool.ts';
import { resolveOptions } from './resolveOptions.ts';
import { createStateStore, type StateStore } from './state/stateStore.ts';
import { createMemoryNodeStore } from './storage/nodeStore.ts';
import { Fees } from './transactions/fees.ts';

/** A genesis at another time than now starts the clock there, so that time goes on from the genesis. */
function startClock(clock: Clock, genesisTime: bigint, options: ChainOptions): void {
  if (options.timestamp !== undefined || options.genesis?.timestamp !== undefined) clock.startAt(genesisTime);
}

/** A part whose state a snapshot keeps, as one. */
function owner<M>(part: { capture(): M; restore(memento: M): void | Promise<void> }): SnapshotOwner {
  return {
    capture: () => {
      const memento = part.capture();
      return () => part.restore(memento);
    },
  };
}

interface HistoryParts {
  readonly hardforks: ReturnType<typeof createHardforks>;
  readonly chain: ChainOwner;
  readonly clock: Clock;
  readonly fees: Fees;
  readonly accounts: Accounts;
  readonly miner: Miner;
  readonly pool: Pool;
  readonly lane: Lane;
}

/** What can be taken back: by snapshots to where they were taken, by a reset to the start. */
function historyOf(parts: HistoryParts, afterReset: () => void) {
  const { hardforks, chain, clock, fees, accounts, miner, pool, lane } = parts;
  const kept = [owner(hardforks), owner(chain), owner(fees), owner(accounts), owner(miner)];
  const snapshots = new Snapshots([...kept, owner(clock), owner(pool)], { lane, chain });
  const reset = createReset({
    ...{ owners: kept, pool, snapshots, lane },
    afterReset: () => {
      clock.reset();
      afterReset();
    },
  });
  return { snapshots, reset };
}

function stateReader(chain: ChainOwner, stateStore: StateStore): StateReader {
  return {
    at: async (ref) => stateStore.view((await chain.require(ref)).stateRoot),
    of: (block) => stateStore.view(block.stateRoot),
  };
}

interface ControlModules extends BuildModules {
  readonly miner: Miner;
  readonly chain: ChainOwner;
  readonly submitter: TransactionSubmitter;
  readonly edits: StateEdits;
  readonly lane: Lane;
  readonly hardforks: ReturnType<typeof createHardforks>;
  readonly events: ChainEvents;
}

function controlOf({ submitter, edits, miner, lane, events, ...modules }: ControlModules): Omit<Control, 'reset'> {
  const { pool, hardforks } = modules;
  return {
    submitRaw: (raw) => submitter.submitRaw(raw),
    submit: (request) => submitter.submit(request),
    submitUnsigned: (request) => submitter.submitUnsigned(request),
    fill: (request) => submitter.fill(request),
    signTransaction: (request) => submitter.signTransaction(request),
    dropTransaction: (hash) => lane.run(() => pool.drop(hash, 'removed', 'dropped on request')),
    dropAllTransactions: () => lane.run(() => pool.dropAll('dropped on request')),
    setBalance: (address, wei) => edits.setBalance(address, wei),
    addBalance: (address, wei) => edits.addBalance(address, wei),
    setNonce: (address, nonce) => edits.setNonce(address, nonce),
    setCode: (address, code) => edits.setCode(address, code),
    setStorage: (address, slot, value) => edits.setStorage(address, slot, value),
    ...createStateDump({ ...modules, edits, miner }),
    setChainId: (chainId) => {
      hardforks.setChainId(chainId);
      events.emit('chainIdChanged', chainId);
    },
    buildBlock: (request) => buildBlock(request, modules),
  };
}

/**
 * Starts a chain: a record of owners, wired.
 * @throws HardforkError GENESIS_INVALID, HARDFORK_UNKNOWN; AccountError MNEMONIC_INVALID, DERIVATION_PATH_INVALID.
 * @example
 * const chain = await createChain({ chainId: 31337n });
 * await chain.miner.mine();
 * await chain.close();
 */
export async function createChain(given: ChainOptions = {}): Promise<Chain> {
  const customCrypto = await loadCrypto();
  const options = resolveOptions(given);
  const { codeSizeLimit, transactionGasCap } = options;
  const hardforks = createHardforks({ ...options, customCrypto, limits: { codeSizeLimit, transactionGasCap } });
  const stateStore = createStateStore(createMemoryNodeStore());
  const owned = accountsFromMnemonic(options.accounts);
  const genesis = await createGenesis(options, { hardforks, stateStore, owned });
  const events = new ChainEvents();
  const lane = new Lane();
  const blocks = new BlockStore();
  let instanceId = options.randomBytes(32);

  const chain: ChainOwner = new ChainOwner(
    { genesis, slotsInAnEpoch: options.slotsInAnEpoch },
    {
      blocks,
      events,
      lane,
      pending: () => miner.pending(),
      afterHead: (removed) => upkeep.headMoved(removed),
      afterForget: (forgotten) => upkeep.blocksForgotten(forgotten),
      execute: (block, parent) =>
        executeBlock(block, parent, {
          stateStore,
          blockHash: (number) => chain.ancestorHash(parent, number),
          requireSystemContracts: options.systemContracts,
        }),
    },
  );
  const clock = new Clock(options, { now: options.now, headTimestamp: () => chain.head.block.header.timestamp });
  startClock(clock, genesis.block.header.timestamp, given);
  const fees = new Fees(options, { chain: () => chain, hardforks, nextTimestamp: () => clock.peekNext() });
  const accounts = new Accounts({ owned, autoImpersonate: options.autoImpersonate }, { events });
  const pool = new Pool({ events, headState: () => stateStore.view(chain.head.stateRoot) });
  const upkeep = new PoolUpkeep({ blocks, pool });
  const modules = { chain, pool, clock, fees, hardforks, stateStore, lane, events };
  const miner = new Miner({ ...options, mode: options.mining }, modules);
  const execution = createExecution({ chain, stateStore, hardforks, events });
  const submitter = new TransactionSubmitter(options, { ...modules, miner, accounts, execution });
  const edits = new StateEdits({ chain, stateStore, lane, afterEdit: () => upkeep.headMoved() });
  const parts = { hardforks, chain, clock, fees, accounts, miner, pool, lane };
  const { snapshots, reset } = historyOf(parts, () => {
    startClock(clock, genesis.block.header.timestamp, given);
    instanceId = options.randomBytes(32);
  });

  return {
    options,
    hardforks,
    chain,
    state: stateReader(chain, stateStore),
    ...{ pool, miner, clock, fees, accounts, execution, snapshots, events },
    instanceId: () => instanceId,
    chainId: () => hardforks.commonAt(0n, 0n).chainId(),
    control: {
      ...controlOf({ ...modules, miner, submitter, edits, order: options.order, gasTarget: () => miner.gasLimit }),
      reset,
    },
    close: async () => {
      miner.stop();
      await lane.close();
      events.emit('closed');
      events.removeAllListeners();
    },
  };
}
