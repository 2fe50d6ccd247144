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
import type { StateStore } from '../state/stateStore.ts';
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
/** Accounts that are written before the tries are: so that no step takes long. */
const BATCH = 2_000;

const heightOf = ({ block }: ExecutedBlock): bigint => block.header.number;

/** Stages the head's state with the accounts of a dump in it; slots that the dump does not name stay. @returns its root. */
async function mergeAccounts(
  { chain, stateStore }: LoadModules,
  accounts: readonly DumpedAccount[],
): Promise<Uint8Array> {
  const state = stateStore.open(chain.head.stateRoot);
  const { manager } = state;
  const turns = createTurns();
  for (const [i, { address, nonce, balance, code, storage }] of accounts.entries()) {
    const account = (await manager.getAccount(address)) ?? new Account();
    // As Anvil does: a nonce that was used stays used.
    if (nonce > account.nonce) account.nonce = nonce;
    account.balance = balance;
    // EIP-161: what is empty is not in the trie.
    const isNothing = account.isEmpty() && code.length + storage.length === 0;
    if (isNothing && equalsBytes(account.storageRoot, KECCAK256_RLP)) await manager.deleteAccount(address);
    else {
      await manager.putAccount(address, account);
      await manager.putCode(address, code);
      for (const [slot, value] of storage) await manager.putStorage(address, slot, value);
    }
    if ((i + 1) % BATCH === 0) await state.flush();
    if (turns.isOver()) await turns.next();
  }
  return state.flush();
}

/** What is read of a dump; others get their turns between. */
async function gathered<T, U>(items: Iterable<T>, convert: (item: T) => U): Promise<U[]> {
  const turns = createTurns();
  const found: U[] = [];
  for (const item of items) {
    found.push(convert(item));
    if (turns.isOver()) await turns.next();
  }
  return found;
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
    const accounts = await gathered(state.accounts, (account) => account);
    const blocks = await gathered(state.blocks, (block) => executedFromDump(block, hardforks));
    if (blocks.length === 0) {
      await this.#grow(state);
      await lane.run(() => this.#take(state, accounts));
    } else await lane.run(() => this.#takeChain(state, accounts, blocks));
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

  async #take({ instanceId }: LoadedState, accounts: readonly DumpedAccount[]): Promise<void> {
    const { chain, afterEdit, instance } = this.#modules;
    await chain.editHead(await mergeAccounts(this.#modules, accounts));
    if (instanceId !== undefined) instance.id = instanceId;
    await afterEdit();
  }

  async #takeChain(
    { number, history, instanceId }: LoadedState,
    accounts: readonly DumpedAccount[],
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
