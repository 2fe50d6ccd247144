import type { Block } from '@ethereumjs/block';

/** As many as geth keeps. */
const KEPT = 10;

/** A block that was refused when it was executed, and why. */
export interface BadBlock {
  readonly block: Block;
  readonly hash: Uint8Array;
  readonly reason: string;
}

/** The blocks that were refused last, for whoever wants to know why; gone with the process. */
export class BadBlocks {
  #blocks: BadBlock[] = [];

  note(bad: BadBlock): void {
    const others = this.#blocks.filter(({ hash }) => Buffer.compare(hash, bad.hash) !== 0);
    this.#blocks = [bad, ...others].slice(0, KEPT);
  }

  /** The last one first. */
  list(): readonly BadBlock[] {
    return this.#blocks;
  }
}
