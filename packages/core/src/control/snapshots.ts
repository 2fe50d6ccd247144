import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { ChainReader, SnapshotsControl } from '../contract.ts';
import type { Lane } from '../lane.ts';

/** A part of the node that a snapshot keeps. */
export interface SnapshotOwner {
  /** @returns the function that brings the part back to now. */
  capture(): () => void | Promise<void>;
}

interface Snapshot {
  readonly head: ExecutedBlock;
  readonly restores: readonly (() => void | Promise<void>)[];
}

/**
 * Whole-node snapshots: every owner captures itself, so nothing is copied but pointers. Ids grow and are never reused;
 * reverting to one uses it up, and those taken after it.
 */
export class Snapshots implements SnapshotsControl {
  readonly #owners: readonly SnapshotOwner[];
  readonly #lane: Lane;
  readonly #chain: Pick<ChainReader, 'head'>;
  readonly #taken = new Map<bigint, Snapshot>();
  #next = 1n;

  constructor(owners: readonly SnapshotOwner[], modules: { lane: Lane; chain: Pick<ChainReader, 'head'> }) {
    this.#owners = owners;
    this.#lane = modules.lane;
    this.#chain = modules.chain;
  }

  take(): Promise<bigint> {
    return this.#lane.run(() => {
      const id = this.#next++;
      this.#taken.set(id, { head: this.#chain.head, restores: this.#owners.map((owner) => owner.capture()) });
      return id;
    });
  }

  revert(id: bigint): Promise<boolean> {
    return this.#lane.run(async () => {
      const snapshot = this.#taken.get(id);
      if (snapshot === undefined) return false;
      for (const restore of snapshot.restores) await restore();
      for (const later of [...this.#taken.keys()]) if (later >= id) this.#taken.delete(later);
      return true;
    });
  }

  taken(): readonly { id: bigint; head: ExecutedBlock }[] {
    return [...this.#taken].map(([id, { head }]) => ({ id, head }));
  }

  forgetAll(): void {
    this.#taken.clear();
  }
}
