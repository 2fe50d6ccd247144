import type { BlockStore } from '../blocks/blockStore.ts';
import type { Chain, ChainMemento } from '../chain/chain.ts';
import type { ChainEventMap, ChainEvents } from '../events.ts';
import type { Lane } from '../lane.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { Database } from '../storage/database.ts';
import { keyOf, namePart } from '../storage/keys.ts';
import type { DatabaseNodes } from '../storage/nodeStore.ts';
import { bytesFromPlain, plainFromBytes } from '../storage/plain.ts';
import type { PruneLimits, PruneResult } from './pruneTypes.ts';
import { sweepStates } from './stateSweep.ts';
import { Turns } from './turns.ts';

export interface PrunerModules {
  readonly database: Database;
  readonly nodes: DatabaseNodes;
  readonly blocks: BlockStore;
  readonly chain: Chain;
  readonly lane: Lane;
  readonly events: ChainEvents;
  readonly stateStore: Pick<StateStore, 'keepWhole'>;
  /** Heads that snapshots and checkpoints lead back to: they stay, with every block up to the head. */
  readonly keptHeads: () => readonly ChainMemento[];
}

/** Blocks off the chain stay that long behind the head. */
const BRANCH_BLOCKS = 256;
/** Blocks that one write forgets. */
const BATCH = 32;
/** So many nodes are walked in a moment: then a sweep need not be worth it. */
const SMALL_STATE = 20_000;
const PROGRESS = keyOf('meta', namePart('pruned'));

type HeadChange = ChainEventMap['headChanged'][0];

/** How far pruning has come: heights below are done. */
interface Progress {
  readonly branches: bigint;
  readonly states: bigint;
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * Takes away what is older than the limits say, beside the chain, in short turns and small writes. Snapshots and checkpoints
 * hold what they need. Whatever ends it, the next start goes on.
 */
export class Pruner {
  readonly #limits: PruneLimits;
  readonly #modules: PrunerModules;
  #turns = new Turns();
  #working: Promise<void> | undefined;
  /** Whether the head has moved since the last round began. */
  #isBehind = false;
  /** Nodes that stayed in the last sweep; undefined before the first. */
  #live: number | undefined;

  constructor(limits: PruneLimits, modules: PrunerModules) {
    this.#limits = limits;
    this.#modules = modules;
    modules.events.on('headChanged', (change) => this.#headChanged(change));
  }

  /** Prunes now, whatever there is to gain. @param limits default: those of the chain. */
  prune(limits: PruneLimits = this.#limits): Promise<PruneResult> {
    return this.#then(() => this.#round(limits, { isForced: true }));
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    this.#turns.stop();
    await this.#working;
  }

  #headChanged({ head, added, removed }: HeadChange): void {
    const { branches, states } = this.#progress();
    const lowest = head.block.header.number - BigInt(added.length) + 1n;
    if (removed.length > 0 && lowest < max(branches, states)) {
      // What was done there was done to other blocks.
      const change = { branches: min(branches, lowest), states: min(states, lowest) };
      void this.#modules.lane.run(() => this.#note(change)).catch(() => {});
    }
    this.#isBehind = true;
    this.#keepUp();
  }

  #keepUp(): void {
    if (this.#working !== undefined || this.#turns.isStopped || !this.#isBehind) return;
    this.#isBehind = false;
    // What cannot be done now (a full disk) is tried again with the next block.
    this.#then(() => this.#round(this.#limits, { isForced: false })).catch(() => {});
  }

  /** One after the other: two rounds at once would take away what the other has not seen. */
  #then<T>(work: () => Promise<T>): Promise<T> {
    const result = (this.#working ?? Promise.resolve()).then(work);
    const working = result
      .catch(() => {})
      .then(() => {
        if (this.#working !== working) return;
        this.#working = undefined;
        // The head may have moved on meanwhile.
        this.#keepUp();
      });
    this.#working = working;
    return result;
  }

  async #round(limits: PruneLimits, { isForced }: { isForced: boolean }): Promise<PruneResult> {
    const branchBlocks = await this.#branches(limits);
    const blocks = limits.historyBlocks === undefined ? 0 : await this.#history(limits.historyBlocks);
    const states = Math.min(
      limits.states ?? Number.POSITIVE_INFINITY,
      limits.historyBlocks ?? Number.POSITIVE_INFINITY,
    );
    const isDue = states !== Number.POSITIVE_INFINITY && (isForced || this.#isSweepDue(states));
    return { blocks, branchBlocks, nodes: isDue ? await this.#states(states) : 0 };
  }

  /** Height above which everything stays, with so many blocks behind the head. */
  #floor(distance: number): bigint {
    return max(this.#head - BigInt(distance), 0n);
  }

  get #head(): bigint {
    return this.#modules.chain.head.block.header.number;
  }

  /** Lowest height that snapshots and checkpoints need: where each joins the chain. */
  #pinned(): { readonly floor: bigint; readonly isAllCanonical: boolean } {
    const { blocks } = this.#modules;
    let floor = this.#head;
    let isAllCanonical = true;
    for (const { hash } of this.#modules.keptHeads()) {
      let block = blocks.get(hash);
      while (block !== undefined && !blocks.isCanonical(block)) {
        isAllCanonical = false;
        block = blocks.get(block.block.header.parentHash);
      }
      floor = min(floor, block?.block.header.number ?? 0n);
    }
    return { floor, isAllCanonical };
  }

  async #branches({ states, historyBlocks }: PruneLimits): Promise<number> {
    const { blocks, lane } = this.#modules;
    const distance = Math.min(BRANCH_BLOCKS, states ?? BRANCH_BLOCKS, historyBlocks ?? BRANCH_BLOCKS);
    const floor = this.#floor(distance);
    if (floor <= this.#progress().branches || !this.#pinned().isAllCanonical) return 0;
    let count = 0;
    for (let from = this.#progress().branches; from < floor; from += BigInt(BATCH)) {
      if (!(await this.#turns.next())) break;
      const to = min(from + BigInt(BATCH), floor);
      await lane.run(() => {
        for (let number = from; number < to; number++) {
          for (const hash of blocks.branchesAt(number)) {
            blocks.forgetBranch(number, hash);
            count++;
          }
        }
        if (count > 0 || to === floor) this.#note({ branches: to });
      });
    }
    return count;
  }

  async #history(distance: number): Promise<number> {
    const { blocks, lane } = this.#modules;
    const floor = min(this.#floor(distance), this.#pinned().floor);
    let count = 0;
    while (max(blocks.oldest, 1n) < floor && (await this.#turns.next())) {
      await lane.run(() => {
        for (let i = 0; i < BATCH && max(blocks.oldest, 1n) < floor; i++) {
          blocks.forgetOldest();
          count++;
        }
      });
    }
    return count;
  }

  /** A sweep walks the whole state: it waits until about half as much has come as there is. */
  #isSweepDue(distance: number): boolean {
    const since = this.#floor(distance) - this.#progress().states;
    if (since < BigInt(Math.ceil(distance / 4))) return false;
    return this.#live === undefined || this.#live < SMALL_STATE || this.#modules.nodes.writes > this.#live / 2;
  }

  async #states(distance: number): Promise<number> {
    const { database, nodes, lane, blocks, chain, keptHeads, stateStore } = this.#modules;
    const floor = this.#floor(distance);
    const from = this.#progress().states;
    const writesBefore = nodes.writes;
    const result = await sweepStates(
      {
        kept: () => {
          const roots = [
            ...rootsFrom(blocks, floor, chain.head.block.header.number),
            ...keptHeads().map(({ stateRoot }) => stateRoot),
            // A reset leads back there.
            chain.genesis.block.header.stateRoot,
          ].filter((root) => root !== undefined);
          stateStore.keepWhole(roots);
          return roots;
        },
        gone: () => rootsFrom(blocks, max(from, blocks.oldest), floor - 1n),
      },
      { database, nodes, lane, turns: this.#turns },
    );
    if (result === undefined) return 0;
    this.#live = result.live;
    nodes.forgetWrites(writesBefore);
    await lane.run(() => this.#note({ states: floor }));
    // The space is given back to the system, not only to the database.
    if (result.deleted > result.live / 4) await database.compact();
    return result.deleted;
  }

  #progress(): Progress {
    const bytes = this.#modules.database.get(PROGRESS);
    return bytes === undefined ? { branches: 0n, states: 0n } : (plainFromBytes(bytes) as Progress);
  }

  /** Inside the lane. */
  #note(change: Partial<Progress>): void {
    this.#modules.database.put(PROGRESS, bytesFromPlain({ ...this.#progress(), ...change }));
  }
}

/** Roots of the canonical blocks of some heights, and of the branches there; undefined for each height that has no more. */
function* rootsFrom(blocks: BlockStore, from: bigint, to: bigint): Generator<Uint8Array | undefined> {
  for (let number = from; number <= to; number++) {
    // States of a run follow from the one before it, and only that of its last block is stored.
    const run = blocks.runs.canonicalRun(Number(number));
    if (run !== undefined && Number(number) === Math.max(run.first, Number(from))) yield run.baseRoot;
    const isStored = run === undefined || Number(number) === run.last;
    const canonical = isStored ? blocks.canonicalAt(number) : undefined;
    if (canonical !== undefined) yield canonical.stateRoot;
    for (const hash of blocks.branchesAt(number)) {
      const branch = blocks.get(hash);
      if (branch !== undefined) yield branch.stateRoot;
    }
    yield undefined;
  }
}
