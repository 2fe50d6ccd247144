import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Address, equalsBytes } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { readAhead, stageAhead } from '../blocks/runs/aheadRecord.ts';
import type { BlockRun } from '../blocks/runs/blockRun.ts';
import type { ChainEvents } from '../events.ts';
import { type Lane, laneClosed } from '../lane.ts';
import type { Pause } from '../state/ringKernel.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { Database } from '../storage/database.ts';
import { storageError } from '../storage/faults.ts';
import { workOutRun } from './workOutRun.ts';

/** How long it works before others get a turn, milliseconds. */
const TURN_MS = 4;
/** So many steps of the work go by between two looks at the clock. */
const STEPS_A_CHECK = 4;

/** Ends the work on a run that is no part of the chain any more. */
const DROPPED = new Error('the run was dropped');

interface AheadModules {
  readonly blocks: BlockStore;
  readonly stateStore: StateStore;
  readonly database: Database;
  readonly events: ChainEvents;
  /** Writes what is staged. @param options.mined given when a block is among it. */
  readonly commit: (options?: { readonly mined: readonly ExecutedBlock[] }) => Promise<void>;
  readonly lane: () => Lane;
  readonly chain: () => { readonly head: ExecutedBlock; adoptStaged(last: ExecutedBlock): Promise<void> };
}

/**
 * Blocks that are there, but not worked out: runs of empty ones, each on the one before, the first on the head. What they are
 * is settled and written once they are recorded; their state roots and hashes are worked out behind, beside the lane. Who asks
 * for those waits, and so does every job of the lane that is not urgent. Whatever ends the process, the next start goes on.
 */
export class RunAhead {
  readonly #modules: AheadModules;
  /** Oldest first. Of the first all is known. */
  #runs: readonly BlockRun[] = [];
  #tip: ExecutedBlock | undefined;
  #work: Promise<void> | undefined;
  #isStopped = false;
  /** Whether what was staged is gone. */
  #isLost = false;

  constructor(modules: AheadModules) {
    this.#modules = modules;
    modules.database.onDiscard(() => {
      this.#isLost = true;
    });
  }

  /**
   * The last of them; undefined when there are none. Of its header number, time, fees and environment are right; its hash, its
   * parent's, its state root and its randomness are not known, and are zero.
   */
  get tip(): ExecutedBlock | undefined {
    return this.#tip;
  }

  /** Settles when they have been worked out; undefined when there are none. Fails when they cannot be, for now. */
  settled(): Promise<void> | undefined {
    if (this.#runs.length === 0) return undefined;
    if (this.#work === undefined) {
      this.#work = this.#workOut().finally(() => {
        this.#work = undefined;
      });
      // More may have been recorded in the moment in which it ended.
      this.#work.then(() => this.settled()).catch(() => {});
      // Who waits hears of it as well.
      this.#work.catch((error: unknown) => {
        if (!this.#isStopped) this.#modules.events.emit('miningFailed', error);
      });
    }
    return this.#work;
  }

  /** As {@link settled}, for who asks for one block; undefined when that is known. */
  until(ref: BlockRef): Promise<void> | undefined {
    if (this.#runs.length === 0) return undefined;
    const { blocks, chain } = this.#modules;
    if ('number' in ref && ref.number <= chain().head.block.header.number) return undefined;
    if ('hash' in ref && blocks.get(ref.hash) !== undefined) return undefined;
    if ('tag' in ref && ref.tag === 'earliest') return undefined;
    return this.settled();
  }

  /** Whether a block is one of these. */
  covers(ref: BlockRef): boolean {
    if (this.#tip === undefined) return false;
    if ('tag' in ref) return ref.tag === 'latest';
    if (!('number' in ref)) return false;
    const { number } = this.#modules.chain().head.block.header;
    return ref.number > number && ref.number <= this.#tip.block.header.number;
  }

  /** {@link tip}, when a block is that one. */
  glimpse(ref: BlockRef): ExecutedBlock | undefined {
    const tip = this.#tip;
    if ('tag' in ref) return ref.tag === 'latest' ? tip : undefined;
    return 'number' in ref && ref.number === tip?.block.header.number ? tip : undefined;
  }

  /** Whether they write into an account's storage. */
  writesInto({ bytes }: Address): boolean {
    return this.#runs.some(({ rings }) => rings.some(({ address }) => equalsBytes(address, bytes)));
  }

  /** Those that a database holds from before. */
  load(): void {
    this.#hold(readAhead(this.#modules.database));
  }

  /** Inside the lane: from now on these blocks are there. Written when it returns. */
  async record(run: BlockRun): Promise<void> {
    const runs = [...this.#runs, run];
    // States of the run follow from it.
    if (this.#runs.length === 0) this.#modules.stateStore.keepWhole([run.baseRoot]);
    stageAhead(this.#modules.database, runs);
    await this.#modules.commit({ mined: [] });
    this.#hold(runs);
    void this.settled();
  }

  /**
   * Inside the lane: the chain goes back to a block before them, and they are no part of it any more. Staged only.
   * @returns what brings them back when that cannot be written.
   */
  drop(): () => void {
    const before = this.#runs;
    if (before.length === 0) return () => {};
    stageAhead(this.#modules.database, []);
    this.#hold([]);
    return () => this.#hold(before);
  }

  /** Ends the work, which the next start goes on with. */
  stop(): void {
    this.#isStopped = true;
  }

  #hold(runs: readonly BlockRun[]): void {
    this.#runs = runs;
    const last = runs.at(-1);
    this.#tip = last === undefined ? undefined : this.#modules.blocks.runs.preview(last);
  }

  async #workOut(): Promise<void> {
    // What was recorded is answered first.
    await nextTurn();
    for (let run = this.#runs[0]; run !== undefined; run = this.#runs[0]) await this.#workOutOne(run);
  }

  async #workOutOne(run: BlockRun): Promise<void> {
    const { blocks, stateStore, events } = this.#modules;
    const lane = this.#modules.lane();
    const began = performance.now();
    this.#isLost = false;
    const check = (): void => this.#requireStaged(run);
    const commit = (): Promise<void> => lane.run(check, { isUrgent: true });
    try {
      await workOutRun(run, { blocks, stateStore, commit, pause: createPause(check) });
      const last = await lane.run(() => this.#adopt(run), { isUrgent: true });
      events.emit('blockBuilt', { block: last, ms: performance.now() - began });
    } catch (error) {
      if (error !== DROPPED) throw error;
    }
  }

  async #adopt(run: BlockRun): Promise<ExecutedBlock> {
    this.#requireStaged(run);
    const { blocks, chain } = this.#modules;
    const [next, ...others] = this.#runs.slice(1);
    // Staged with the head that it brings, of which the next run's base is taken.
    blocks.runs.put({ ...run, canonicalLast: run.first - 1 });
    const last = blocks.runs.block(run, run.last);
    const rest = next === undefined ? [] : [blocks.runs.onto(next, last), ...others];
    stageAhead(this.#modules.database, rest);
    await chain().adoptStaged(last);
    this.#hold(rest);
    return last;
  }

  #requireStaged(run: BlockRun): void {
    if (this.#isStopped) throw laneClosed();
    if (this.#runs[0] !== run) throw DROPPED;
    if (this.#isLost)
      throw storageError({ code: 'WRITE_FAILED', detail: 'blocks that were worked out could not be written' });
  }
}

/** Lets others have their turn when it has worked long enough. @param check runs after each. */
function createPause(check: () => void): Pause {
  let began = performance.now();
  let steps = 0;
  const rest = async (): Promise<void> => {
    await nextTurn();
    check();
    began = performance.now();
  };
  return () => {
    if (++steps % STEPS_A_CHECK !== 0 || performance.now() - began < TURN_MS) return undefined;
    return rest();
  };
}
