import { type Ring, type RingBlock, RingTries } from './ringTries.ts';
import type { StateTries, Unstored } from './stateTries.ts';

/** How a state that is not stored follows from one that is: by blocks in which nothing happened but that rings turned. */
export interface RingPlan {
  /** Of the blocks' run. */
  readonly id: string;
  readonly baseRoot: Uint8Array;
  readonly rings: readonly Ring[];
  /** Number of the first block after the base, and of the one whose state is wanted. */
  readonly first: number;
  readonly number: number;
  readonly blocks: (from: number, to: number) => Iterable<RingBlock>;
}

/** Most blocks that it goes on by rather than begin again; as many as a ring has slots, about. */
const LONGEST_WAY = 8191;

interface Turned {
  readonly tries: StateTries;
  readonly rings: RingTries;
}

/** Works out the states of runs of empty blocks, and remembers where it was: states are read one after the other. */
export class TurnedRings {
  readonly #triesOn: (root: Uint8Array) => StateTries;
  #last: (Turned & { readonly id: string; readonly number: number }) | undefined;

  constructor(triesOn: (root: Uint8Array) => StateTries) {
    this.#triesOn = triesOn;
  }

  clear(): void {
    this.#last = undefined;
  }

  to(plan: RingPlan): Turned {
    const { id, baseRoot, rings, first, number } = plan;
    const last = this.#last;
    const canGoOn = last?.id === id && last.number <= number && number - last.number < LONGEST_WAY;
    // What blocks before those wrote has been written over.
    const from = canGoOn ? last.number + 1 : Math.max(first, number - longestOf(rings) + 1);
    const tries = canGoOn ? last.tries : this.#triesOn(baseRoot);
    const turned = { tries, rings: canGoOn ? last.rings : new RingTries(tries, baseRoot, rings) };
    for (const block of plan.blocks(from, number)) turned.rings.apply(block);
    this.#last = { ...turned, id, number };
    return turned;
  }

  /** The state's tries, by their roots. */
  unstored(plan: RingPlan): Unstored {
    const { tries, rings } = this.to(plan);
    for (const trie of rings.tries()) tries.note(trie);
    const { tops, codes } = tries.unstored;
    const found = { tops: new Map(tops), codes: new Map(codes) };
    tries.turnTo(tries.base);
    return found;
  }
}

const longestOf = (rings: readonly Ring[]): number => Math.max(1, ...rings.map(({ size }) => size));
