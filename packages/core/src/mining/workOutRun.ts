import type { BlockStore } from '../blocks/blockStore.ts';
import type { BlockRun } from '../blocks/runs/blockRun.ts';
import { FIELD } from '../blocks/runs/headerTemplate.ts';
import type { RunWriter } from '../blocks/runs/runParts.ts';
import type { Pause } from '../state/ringKernel.ts';
import type { StateStore } from '../state/stateStore.ts';
import { openWorker, type RunPoint } from './runWorker.ts';

/** Blocks that are worked out in one step. */
const SLICE = 32;
/** Blocks whose parts are written at once. */
const BATCH = 65_536;
const HASH_BYTES = 32;

interface WorkModules {
  readonly blocks: BlockStore;
  readonly stateStore: StateStore;
  /** Writes what is staged. */
  readonly commit: () => Promise<void>;
  /** Is called often, between steps that take well under a millisecond; what it throws ends the work. */
  readonly pause: Pause;
}

/** @returns whether it came to the end. */
async function workOut(run: BlockRun, writer: RunWriter, modules: WorkModules, isPlain: boolean): Promise<boolean> {
  const { stateStore, commit, pause } = modules;
  let point: RunPoint = {
    number: run.first,
    parentHash: run.header[FIELD.parentHash] as Uint8Array,
    stateRoot: run.baseRoot,
  };
  let written = run.first;
  while (point.number <= run.last) {
    const worker = await openWorker(run, point, { stateStore, pause, isPlain });
    while (point.number <= worker.last) {
      const worked = worker.work(Math.min(SLICE, worker.last - point.number + 1));
      if (worked === undefined) return false;
      const { roots, hashes } = worked;
      const next = point.number + writer.add(point.parentHash, roots, hashes);
      const last = roots.length - HASH_BYTES;
      point = { number: next, parentHash: hashes.slice(last), stateRoot: roots.slice(last) };
      await pause();
      if (point.number - written < BATCH) continue;
      await commit();
      written = point.number;
    }
    await worker.store();
  }
  return true;
}

/** @returns as {@link workOut}; of what does not come to its end nothing is kept. */
async function attempt(run: BlockRun, modules: WorkModules, isPlain: boolean): Promise<boolean> {
  const writer = modules.blocks.runs.writer(run);
  let isDone = false;
  try {
    isDone = await workOut(run, writer, modules, isPlain);
  } finally {
    if (isDone) writer.end();
    else writer.discard();
  }
  return isDone;
}

/**
 * Works out a run's state roots and hashes, one after the other, since each holds the one before, in turns with others. Its
 * parts, and its last state, are staged.
 */
export async function workOutRun(run: BlockRun, modules: WorkModules): Promise<void> {
  if (!(await attempt(run, modules, false))) await attempt(run, modules, true);
}
