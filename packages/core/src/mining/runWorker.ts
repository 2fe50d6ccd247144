import { type BlockRun, RunHeaders, timestampIn } from '../blocks/runs/blockRun.ts';
import type { Pause } from '../state/ringKernel.ts';
import { slotOf } from '../state/ringTries.ts';
import type { OpenKernel, OpenRings, StateStore } from '../state/stateStore.ts';

/** The place in a run before its next block. */
export interface RunPoint {
  readonly number: number;
  readonly parentHash: Uint8Array;
  /** Of the state before the block; it is stored. */
  readonly stateRoot: Uint8Array;
}

/** 32 bytes for each block, good until the next are worked out. */
interface WorkedBlocks {
  readonly roots: Uint8Array;
  readonly hashes: Uint8Array;
}

/** Works out block after block of a run, from some point on. */
export interface RunWorker {
  /** Last block that it can go to. */
  readonly last: number;
  /** The next blocks: one at least, so many at most. @returns undefined when it cannot go on. */
  work(most: number): WorkedBlocks | undefined;
  /** Stages the state after the last block. */
  store(): Promise<void>;
}

/** Blocks before which it does not pay to put two rings into the kernel. */
const FEW_BLOCKS = 512;
/** Without the kernel: so many, and then what was special may be gone. */
const TURN_BLOCKS = 8191;
const HASH_BYTES = 32;

class KernelWorker implements RunWorker {
  readonly last: number;
  readonly #run: BlockRun;
  readonly #open: OpenKernel;
  readonly #headers: RunHeaders;
  readonly #first: number;
  #number: number;
  #until = -1;

  constructor(run: BlockRun, { number, parentHash, stateRoot }: RunPoint, open: OpenKernel) {
    this.#run = run;
    this.#open = open;
    this.#headers = new RunHeaders(run);
    this.#first = number;
    this.#number = number;
    this.last = run.last;
    const { spacing } = run;
    open.kernel.begin({ parentHash, stateRoot, number, timestamp: timestampIn(run, number), spacing });
  }

  work(most: number): WorkedBlocks | undefined {
    const { kernel } = this.#open;
    if (this.#number > this.#until) {
      const header = this.#headers.stretch(this.#number);
      kernel.setHeader(header);
      this.#until = header.until;
    }
    const count = Math.min(most, this.#until - this.#number + 1);
    this.#number += count;
    return kernel.run(count);
  }

  store(): Promise<void> {
    const slots = new Set<number>();
    for (const ring of this.#run.rings) {
      const from = Math.max(this.#first, this.#number - ring.size);
      for (let number = from; number < this.#number; number++) {
        slots.add(slotOf(ring, { number, timestamp: timestampIn(this.#run, number) }));
      }
    }
    return this.#open.store(slots);
  }
}

class TrieWorker implements RunWorker {
  readonly last: number;
  readonly #run: BlockRun;
  readonly #open: OpenRings;
  readonly #headers: RunHeaders;
  #number: number;
  #parentHash: Uint8Array;

  constructor(run: BlockRun, { number, parentHash }: RunPoint, open: OpenRings) {
    this.#run = run;
    this.#open = open;
    this.#headers = new RunHeaders(run);
    this.#number = number;
    this.#parentHash = parentHash;
    this.last = Math.min(run.last, number + TURN_BLOCKS - 1);
  }

  work(most: number): WorkedBlocks {
    const { rings } = this.#open;
    const [roots, hashes] = [new Uint8Array(most * HASH_BYTES), new Uint8Array(most * HASH_BYTES)];
    for (let at = 0; at < roots.length; at += HASH_BYTES) {
      const number = this.#number++;
      rings.apply({ number, timestamp: timestampIn(this.#run, number), parentHash: this.#parentHash });
      const root = rings.root();
      this.#parentHash = this.#headers.fill(number, this.#parentHash, root);
      roots.set(root, at);
      hashes.set(this.#parentHash, at);
    }
    return { roots, hashes };
  }

  async store(): Promise<void> {
    this.#open.store();
  }
}

interface WorkerModules {
  readonly stateStore: StateStore;
  readonly pause: Pause;
}

/** @param isPlain whether the kernel is not to be tried. */
export async function openWorker(
  run: BlockRun,
  point: RunPoint,
  { stateStore, pause, isPlain }: WorkerModules & { readonly isPlain: boolean },
): Promise<RunWorker> {
  const isShort = run.last - point.number < FEW_BLOCKS;
  const open = isPlain || isShort ? undefined : await stateStore.ringKernel(point.stateRoot, run.rings, pause);
  if (open !== undefined) return new KernelWorker(run, point, open);
  return new TrieWorker(run, point, stateStore.rings(point.stateRoot, run.rings));
}
