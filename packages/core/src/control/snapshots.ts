import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { Chain, ChainMemento } from '../chain/chain.ts';
import type { CheckpointDifference, SnapshotsControl } from '../contract.ts';
import type { Lane } from '../lane.ts';
import { stateDifference } from '../state/stateDifference.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { Database } from '../storage/database.ts';
import { keyOf, namePart, numberPart, rangeOf } from '../storage/keys.ts';
import { bytesFromPlain, plainFromBytes } from '../storage/plain.ts';
import { snapshotError } from './snapshotFaults.ts';

/** A part of the node that a snapshot keeps. */
export interface SnapshotOwner<M = unknown> {
  readonly name: string;
  capture(): M;
  restore(captured: M): void | Promise<void>;
  /** What it captures as plain data, and back; left out where it is plain already. */
  readonly codec?: { toPlain(captured: M): unknown; fromPlain(plain: unknown): M };
}

/** The whole node at one moment. */
interface Memento {
  readonly chain: ChainMemento;
  readonly parts: ReadonlyMap<string, unknown>;
}

interface SnapshotModules {
  readonly lane: Lane;
  readonly chain: Chain;
  readonly blocks: BlockStore;
  readonly database: Database;
  readonly stateStore: StateStore;
  /** Makes all that was staged one write. */
  readonly commit: () => Promise<void>;
  /** Blocks that are yet to be worked out, on the head: who goes back need not wait for them. */
  readonly ahead: { drop(): () => void };
}

const LONGEST_NAME = 200;
const URGENT = { isUrgent: true } as const;

/**
 * Whole-node snapshots: every owner captures itself, so nothing is copied but pointers. Ids grow and are never reused;
 * reverting to one uses it up, and those taken after it. Named checkpoints stay until they are removed, and so does every
 * block between them. On disk both survive the process.
 */
export class Snapshots implements SnapshotsControl {
  readonly #owners: readonly SnapshotOwner[];
  readonly #modules: SnapshotModules;
  readonly #taken = new Map<bigint, Memento>();
  readonly #named = new Map<string, Memento>();
  #next = 1n;

  constructor(owners: readonly SnapshotOwner[], modules: SnapshotModules) {
    this.#owners = owners;
    this.#modules = modules;
  }

  /** Those that a database holds from before. */
  async load(): Promise<void> {
    const { database } = this.#modules;
    if (!database.isPersistent) return;
    for await (const [key, bytes] of database.entries(rangeOf('snapshot'))) {
      this.#taken.set(BigInt(`0x${key.slice(2)}`), this.#fromPlain(plainFromBytes(bytes)));
    }
    for await (const [key, bytes] of database.entries(rangeOf('checkpoint'))) {
      const name = Buffer.from(key.slice(2), 'hex').toString('utf8');
      this.#named.set(name, this.#fromPlain(plainFromBytes(bytes)));
    }
  }

  take(): Promise<bigint> {
    return this.#modules.lane.run(async () => {
      const id = this.#next++;
      const memento = this.#capture();
      this.#put(keyOf('snapshot', numberPart(id)), memento);
      await this.#modules.commit();
      this.#taken.set(id, memento);
      return id;
    });
  }

  revert(id: bigint): Promise<boolean> {
    return this.#modules.lane.run(async () => {
      const memento = this.#taken.get(id);
      if (memento === undefined) return false;
      const used = [...this.#taken.keys()].filter((later) => later >= id);
      await this.#bringBack(memento, used);
      for (const one of used) this.#taken.delete(one);
      return true;
    }, URGENT);
  }

  taken(): readonly { id: bigint; head: ExecutedBlock }[] {
    return [...this.#taken].flatMap(([id, memento]) => {
      const head = this.#headOf(memento);
      return head === undefined ? [] : [{ id, head }];
    });
  }

  saveCheckpoint(name: string): Promise<void> {
    if (name === '' || name.length > LONGEST_NAME) {
      return Promise.reject(snapshotError({ code: 'CHECKPOINT_NAME_INVALID', longest: LONGEST_NAME }));
    }
    return this.#modules.lane.run(async () => {
      const memento = this.#capture();
      this.#put(keyOf('checkpoint', namePart(name)), memento);
      await this.#modules.commit();
      this.#named.set(name, memento);
    });
  }

  restoreCheckpoint(name: string): Promise<boolean> {
    return this.#modules.lane.run(async () => {
      const memento = this.#named.get(name);
      if (memento === undefined) return false;
      await this.#bringBack(memento, []);
      return true;
    }, URGENT);
  }

  removeCheckpoint(name: string): Promise<boolean> {
    return this.#modules.lane.run(async () => {
      this.#modules.database.delete(keyOf('checkpoint', namePart(name)));
      await this.#modules.commit();
      return this.#named.delete(name);
    });
  }

  checkpoints(): readonly { name: string; head: ExecutedBlock }[] {
    return [...this.#named].flatMap(([name, memento]) => {
      const head = this.#headOf(memento);
      return head === undefined ? [] : [{ name, head }];
    });
  }

  async difference(from: string, to?: string): Promise<CheckpointDifference> {
    const { lane, stateStore } = this.#modules;
    const [before, after] = await lane.run(() => [this.#namedHead(from), this.#namedHead(to)] as const);
    const accounts = await stateDifference(stateStore, [before.stateRoot, after.stateRoot]);
    return { from: before, to: after, accounts };
  }

  /** The present one where no name is given. @throws SnapshotError CHECKPOINT_UNKNOWN. */
  #namedHead(name: string | undefined): ExecutedBlock {
    if (name === undefined) return this.#modules.chain.head;
    const memento = this.#named.get(name);
    const head = memento && this.#headOf(memento);
    if (head === undefined) throw snapshotError({ code: 'CHECKPOINT_UNKNOWN', name, known: [...this.#named.keys()] });
    return head;
  }

  /** Heads that must stay, with their states. */
  keptHeads(): readonly ChainMemento[] {
    return [...this.#taken.values(), ...this.#named.values()].map(({ chain }) => chain);
  }

  /**
   * Inside the lane: the chain starts anew, and nothing of before can be gone back to. Staged only: what is returned is to be
   * called once it is written.
   */
  forgetAll(): () => void {
    const { database } = this.#modules;
    for (const id of this.#taken.keys()) database.delete(keyOf('snapshot', numberPart(id)));
    for (const name of this.#named.keys()) database.delete(keyOf('checkpoint', namePart(name)));
    return () => {
      this.#taken.clear();
      this.#named.clear();
    };
  }

  /** What is kept across restarts besides the snapshots themselves: an id is never given twice. */
  capture(): { readonly next: bigint } {
    return { next: this.#next };
  }

  restore({ next }: { readonly next: bigint }): void {
    this.#next = next;
  }

  #headOf({ chain: { hash, stateRoot } }: Memento): ExecutedBlock | undefined {
    const block = this.#modules.blocks.get(hash);
    return block === undefined ? undefined : { ...block, stateRoot };
  }

  #capture(): Memento {
    const parts = new Map(this.#owners.map((owner) => [owner.name, owner.capture()]));
    return { chain: this.#modules.chain.capture(), parts };
  }

  #bringBack(memento: Memento, used: readonly bigint[]): Promise<void> {
    const { chain, database } = this.#modules;
    return this.allOrNothing(async () => {
      // Blocks that a checkpoint may lead back to stay as a branch.
      const announce = chain.restore(memento.chain, { keepBlocks: this.#named.size > 0 });
      await this.#restoreParts(memento);
      for (const id of used) database.delete(keyOf('snapshot', numberPart(id)));
      return announce;
    });
  }

  /**
   * Inside the lane: writes what a change of the whole node has staged. When that fails everything is as it was.
   * @param change returns what is to be done once it is written.
   */
  async allOrNothing(change: () => Promise<() => void>): Promise<void> {
    const { chain, database, commit, ahead } = this.#modules;
    const before = { memento: this.#capture(), head: chain.head };
    const bringBack = ahead.drop();
    try {
      const announce = await change();
      await commit();
      announce();
    } catch (error) {
      database.discard();
      bringBack();
      chain.revive(before.head, before.memento.chain.finalNumber);
      await this.#restoreParts(before.memento);
      database.discard();
      throw error;
    }
  }

  async #restoreParts({ parts }: Memento): Promise<void> {
    for (const owner of this.#owners) await owner.restore(parts.get(owner.name));
  }

  #put(key: string, { chain, parts }: Memento): void {
    const { database } = this.#modules;
    if (!database.isPersistent) return;
    const plain = this.#owners.map(({ name, codec }) => {
      const captured = parts.get(name);
      return [name, codec === undefined ? captured : codec.toPlain(captured)];
    });
    database.put(key, bytesFromPlain({ chain, parts: Object.fromEntries(plain) }));
  }

  #fromPlain(plain: unknown): Memento {
    const { chain, parts } = plain as { chain: ChainMemento; parts: Record<string, unknown> };
    const read = this.#owners.map(({ name, codec }) => {
      const captured = parts[name];
      return [name, codec === undefined ? captured : codec.fromPlain(captured)] as const;
    });
    return { chain, parts: new Map(read) };
  }
}
