import type { SnapshotsControl } from '../contract.ts';
import type { Lane } from '../lane.ts';

/** A part of the node that a snapshot keeps. */
export interface SnapshotOwner {
  /** @returns the function that brings the part back to now. */
  capture(): () => void | Promise<void>;
}

/**
 * Whole-node snapshots: every owner captures itself, so nothing is copied but pointers. Ids grow and are never reused;
 * reverting to one uses it up, and those taken after it.
 */
export class Snapshots implements SnapshotsControl {
  readonly #owners: readonly SnapshotOwner[];
  readonly #lane: Lane;
  readonly #taken = new Map<bigint, (() => void | Promise<void>)[]>();
  #next = 1n;

  constructor(owners: readonly SnapshotOwner[], lane: Lane) {
    this.#owners = owners;
    this.#lane = lane;
  }

  take(): Promise<bigint> {
    return this.#lane.run(() => {
      const id = this.#next++;
      this.#taken.set(
        id,
        this.#owners.map((owner) => owner.capture()),
      );
      return id;
    });
  }

  revert(id: bigint): Promise<boolean> {
    return this.#lane.run(async () => {
      const restores = this.#taken.get(id);
      if (restores === undefined) return false;
      for (const restore of restores) await restore();
      for (const later of [...this.#taken.keys()]) if (later >= id) this.#taken.delete(later);
      return true;
    });
  }

  /** Ids that can still be reverted to. */
  ids(): readonly bigint[] {
    return [...this.#taken.keys()];
  }

  forgetAll(): void {
    this.#taken.clear();
  }
}
