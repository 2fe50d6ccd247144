import { Account, equalsBytes, KECCAK256_RLP } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import type { LoadedState } from '../blocks/loadedState.ts';
import type { Chain } from '../chain/chain.ts';
import type { Clock } from '../clock.ts';
import type { Hardforks } from '../contract.ts';
import type { Lane } from '../lane.ts';
import type { Miner } from '../mining/miner.ts';
import type { DumpedAccount } from '../state/dump.ts';
import { stateError } from '../state/faults.ts';
import type { OpenState, StateStore } from '../state/stateStore.ts';
import { createTurns } from '../state/turns.ts';
import { executedFromDump } from './dumpedBlocks.ts';
import { putHistoricalStates } from './historicalStates.ts';

export interface LoadModules {
  readonly chain: Chain;
  readonly blocks: BlockStore;
  readonly clock: Clock;
  readonly hardforks: Hardforks;
  readonly lane: Lane;
  readonly miner: Miner;
  readonly stateStore: StateStore;
  readonly instance: { id: Uint8Array };
  readonly afterEdit: () => Promise<void>;
  /** Writes what a change has staged; when that fails everything is as it was. */
  readonly allOrNothing: (change: () => Promise<() => void>) => Promise<void>;
}

/** How far the chain grows by empty blocks to reach the height of a dump without blocks. */
const MAX_BLOCKS = 1_000_000n;
/** Accounts and slots that are written before the tries are. */
const BATCH = 2_000;

const heightOf = ({ block }: ExecutedBlock): bigint => block.header.number;

/** A state that is written in steps: others get their turns, and what was written needs not stay in memory. */
class StateSteps {
  readonly #stateStore: StateStore;
  readonly #turns = createTurns();
  #state: OpenState;
  #unflushed = 0;

  constructor(stateStore: StateStore, root: Uint8Array) {
    this.#stateStore = stateStore;
    this.#state = stateStore.open(root);
  }

  async put(dumped: DumpedAccount): Promise<void> {
    const { address, nonce, balance, code, storage } = dumped;
    const account = (await this.#state.manager.getAccount(address)) ?? new Account();
    // As Anvil does: a nonce that was used stays used.
    if (nonce > account.nonce) account.nonce = nonce;
    account.balance = balance;
    // EIP-161: what is empty is not in the trie.
    const isNothing = account.isEmpty() && code.length + storage.length === 0;
    if (isNothing && equalsBytes(account.storageRoot, KECCAK256_RLP)) {
      await this.#state.manager.deleteAccount(address);
    } else {
      await this.#state.manager.putAccount(address, account);
      await this.#state.manager.putCode(address, code);
    }
    await this.#step();
    for (const [slot, value] of storage) {
      await this.#state.manager.putStorage(address, slot, value);
      await this.#step();
    }
  }

  flush(): Promise<Uint8Array> {
    return this.#state.flush();
  }

  async #step(): Promise<void> {
    if (++this.#unflushed >= BATCH) {
      this.#state = this.#stateStore.open(await this.#state.flush());
      this.#unflushed = 0;
    }
    if (this.#turns.isOver()) await this.#turns.next();
  }
}

/** Stages the head's state with the accounts of a dump in it; slots that the dump does not name stay. @returns its root. */
async function mergeAccounts(
  { chain, stateStore }: LoadModules,
  accounts: Iterable<DumpedAccount>,
): Promise<Uint8Array> {
  const steps = new StateSteps(stateStore, chain.head.stateRoot);
  for (const account of accounts) await steps.put(account);
  return steps.flush();
}

/** Reads what is in a dump; others get their turns between. */
async function eachOf<T>(items: Iterable<T>, take: (item: T) => unknown): Promise<void> {
  const turns = createTurns();
  for (const item of items) {
    take(item);
    if (turns.isOver()) await turns.next();
  }
}

/** The blocks of a dump from its lowest to its best, one at each height. @throws BlockError BLOCK_INVALID where one is missing. */
function lineOf(all: readonly ExecutedBlock[], best: bigint): ExecutedBlock[] {
  const at = new Map(all.map((block) => [heightOf(block), block]));
  const byHash = new Map(all.map((block) => [Buffer.from(block.hash).toString('hex'), block]));
  const line: ExecutedBlock[] = [];
  for (let next = at.get(best); next !== undefined; ) {
    line.push(next);
    const { parentHash, number } = next.block.header;
    // Old versions of Anvil made hashes that their own blocks do not name.
    next = byHash.get(Buffer.from(parentHash).toString('hex')) ?? at.get(number - 1n);
  }
  const lowest = line.at(-1);
  const lost = all.find((block) => lowest !== undefined && heightOf(block) < heightOf(lowest));
  const missing = lowest === undefined ? best : lost === undefined ? undefined : heightOf(lowest) - 1n;
  if (missing !== undefined) {
    throw blockError({ code: 'BLOCK_INVALID', detail: `the dump is of block ${best}, and has no block ${missing}` });
  }
  return line.reverse();
}

/**
 * Takes a dumped state in: its blocks become the chain, its accounts are added to what is there. The blocks that were there
 * stay readable by their hashes. All of it happens, or nothing.
 */
export class StateLoading {
  readonly #modules: LoadModules;

  constructor(modules: LoadModules) {
    this.#modules = modules;
  }

  /** All of it is read before anything happens. @throws StateError DUMP_TOO_HIGH; BlockError BLOCK_INVALID. */
  async load(state: LoadedState): Promise<void> {
    const { lane, hardforks } = this.#modules;
    // Not kept: there may be very many.
    await eachOf(state.accounts, () => {});
    const blocks: ExecutedBlock[] = [];
    await eachOf(state.blocks, (block) => blocks.push(executedFromDump(block, hardforks)));
    if (blocks.length === 0) {
      await this.#grow(state);
      await lane.run(() => this.#take(state));
    } else await lane.run(() => this.#takeChain(state, blocks));
  }

  /** By empty blocks, to the height and time of a dump that has none. */
  async #grow({ number, timestamp }: LoadedState): Promise<void> {
    const { chain, miner } = this.#modules;
    const { number: height } = chain.tip;
    const missing = number - height;
    if (missing > MAX_BLOCKS) throw stateError({ code: 'DUMP_TOO_HIGH', number, most: height + MAX_BLOCKS });
    if (missing > 1n) await miner.record({ blocks: Number(missing - 1n) });
    const isLater = timestamp !== undefined && timestamp > chain.tip.timestamp;
    if (missing > 0n) await miner.mine(isLater ? { timestamp } : {});
  }

  async #take({ accounts, instanceId }: LoadedState): Promise<void> {
    const { chain, afterEdit, instance } = this.#modules;
    await chain.editHead(await mergeAccounts(this.#modules, accounts));
    if (instanceId !== undefined) instance.id = instanceId;
    await afterEdit();
  }

  async #takeChain(
    { number, accounts, history, instanceId }: LoadedState,
    all: readonly ExecutedBlock[],
  ): Promise<void> {
    const { chain, blocks, allOrNothing, afterEdit, clock, instance } = this.#modules;
    const line = lineOf(all, number);
    await allOrNothing(async () => {
      const stateRoot = await mergeAccounts(this.#modules, accounts);
      for (const block of all) if (!blocks.has(block.hash)) blocks.put(block);
      await putHistoricalStates(history, this.#modules);
      blocks.putOwnGenesis(chain.genesis.hash);
      const { hash } = line.at(-1) as ExecutedBlock;
      const announce = chain.restore({ hash, stateRoot, finalNumber: 0n }, { keepBlocks: true, line });
      clock.notBefore(chain.head.block.header.timestamp);
      await afterEdit();
      return () => {
        if (instanceId !== undefined) instance.id = instanceId;
        announce();
      };
    });
  }
}
