import type { Random } from './random.ts';
import { Refused, type SoakNode } from './soakNode.ts';
import { COUNTER, COUNTER_CODE, type SoakWorker, type WorkerModel } from './soakWorker.ts';

/** Its balance is set to another value before each change of the whole chain, so that it tells whether that happened. */
const MARKER = '0x0000000000000000000000000000000000007000';
const NAMES = ['first', 'second'] as const;
const MOST_SNAPSHOTS = 4;

/** All that is known of the chain at one moment. */
interface Moment {
  readonly workers: readonly WorkerModel[];
  /** Blocks that were there by height: a checkpoint may lead to another branch. */
  readonly known: ReadonlyMap<number, string>;
  readonly marker: number;
}

const hex = (value: number): string => `0x${value.toString(16)}`;

/**
 * What takes the whole chain back: snapshots, named checkpoints, resets. Done while no worker asks for anything; when the
 * node is killed meanwhile, it has happened or it has not.
 */
export class SoakHistory {
  readonly #node: SoakNode;
  readonly #random: Random;
  readonly #workers: readonly SoakWorker[];
  /** Hashes of the blocks that were seen, by height. */
  readonly #known: Map<number, string>;
  #snapshots: { readonly id: string; readonly moment: Moment }[] = [];
  readonly #checkpoints = new Map<string, Moment>();
  /** What the marker was last set to, or may have been. */
  #marker = 0;
  #lastMarker = 0;
  /** What was asked for and not answered: where it leads to. */
  #open: (() => { readonly marker: number; readonly happened: () => void }) | undefined;
  #hasCode = false;
  /** How often the chain was taken back. */
  returns = 0;

  constructor(
    node: SoakNode,
    random: Random,
    { workers, known }: { workers: readonly SoakWorker[]; known: Map<number, string> },
  ) {
    this.#node = node;
    this.#random = random;
    this.#workers = workers;
    this.#known = known;
  }

  /** Does one thing. @returns false when the node is gone. @throws Refused when it refuses what it must take. */
  async act(): Promise<boolean> {
    try {
      const dice = this.#random.below(100);
      if (dice < 20) await this.#takeSnapshot();
      else if (dice < 35) await this.#saveCheckpoint(NAMES[this.#random.below(NAMES.length)] as string);
      else if (dice < 60) await this.#revert();
      else if (dice < 75) await this.#restoreCheckpoint();
      else if (dice < 78) await this.#reset();
      return true;
    } catch (error) {
      if (error instanceof Refused) throw error;
      return false;
    }
  }

  /** After a start: finds out whether what was not answered has happened, and has the contract where a reset took it away. */
  async resume(): Promise<void> {
    const marker = Number(await this.#node.call<string>('eth_getBalance', [MARKER, 'latest']));
    const open = this.#open?.();
    this.#open = undefined;
    if (open !== undefined && marker === open.marker) open.happened();
    this.#marker = marker;
    await this.#placeCode();
  }

  async #placeCode(): Promise<void> {
    if (this.#hasCode) return;
    await this.#node.call('anvil_setCode', [COUNTER, COUNTER_CODE]);
    this.#hasCode = true;
  }

  #moment(): Moment {
    const workers = this.#workers.map((worker) => worker.capture());
    return { workers, known: new Map(this.#known), marker: this.#marker };
  }

  async #takeSnapshot(): Promise<void> {
    const moment = this.#moment();
    const id = await this.#node.call<string>('evm_snapshot');
    this.#snapshots = [...this.#snapshots, { id, moment }].slice(-MOST_SNAPSHOTS);
  }

  async #saveCheckpoint(name: string): Promise<void> {
    const moment = this.#moment();
    // Until it is answered it may be the one of before.
    this.#checkpoints.delete(name);
    await this.#node.call('minichain_saveCheckpoint', [name]);
    this.#checkpoints.set(name, moment);
  }

  async #revert(): Promise<void> {
    const chosen = this.#snapshots[this.#random.below(this.#snapshots.length)];
    if (chosen === undefined) return;
    await this.#takeBack('evm_revert', [chosen.id], chosen.moment, () => {
      this.#snapshots = this.#snapshots.slice(0, this.#snapshots.indexOf(chosen));
    });
  }

  async #restoreCheckpoint(): Promise<void> {
    const names = [...this.#checkpoints.keys()];
    const name = names[this.#random.below(names.length)];
    if (name === undefined) return;
    await this.#takeBack('minichain_restoreCheckpoint', [name], this.#checkpoints.get(name) as Moment, () => {});
  }

  async #reset(): Promise<void> {
    const genesis: Moment = { workers: [], known: new Map(), marker: 0 };
    await this.#takeBack('hardhat_reset', [], genesis, () => {
      this.#snapshots = [];
      this.#checkpoints.clear();
      this.#hasCode = false;
    });
    await this.#placeCode();
  }

  async #takeBack(method: string, params: readonly unknown[], to: Moment, then: () => void): Promise<void> {
    this.#marker = ++this.#lastMarker;
    await this.#node.call('anvil_setBalance', [MARKER, hex(this.#marker)]);
    const happened = (): void => {
      for (const [index, worker] of this.#workers.entries()) worker.restore(to.workers[index]);
      this.#known.clear();
      for (const [height, hash] of to.known) this.#known.set(height, hash);
      this.#marker = to.marker;
      this.returns++;
      then();
    };
    this.#open = () => ({ marker: to.marker, happened });
    const result = await this.#node.call<unknown>(method, params);
    this.#open = undefined;
    if (result !== true) throw new Refused(`${method} ${params.join()}: answered ${String(result)}`);
    happened();
  }
}
