import { bytesToUnprefixedHex } from '@ethereumjs/util';
import type { Lane } from '../lane.ts';
import type { Database } from '../storage/database.ts';
import { HashSet } from '../storage/hashSet.ts';
import { KIND, rangeOf } from '../storage/keys.ts';
import type { DatabaseNodes } from '../storage/nodeStore.ts';
import { nodeReferences } from '../storage/reachable.ts';
import type { Turns } from './turns.ts';

interface SweepModules {
  readonly database: Database;
  readonly nodes: Pick<DatabaseNodes, 'watchWrites'>;
  readonly lane: Lane;
  readonly turns: Turns;
}

interface SweepOptions {
  /** Of the states that stay. Asked for after new nodes are watched, so that none falls between. */
  readonly kept: () => Iterable<Uint8Array>;
  /** Of states that go, undefined between them. They go first: who asks for one is told so, instead of finding half of it. */
  readonly gone: () => Iterable<Uint8Array | undefined>;
}

export interface SweepResult {
  /** Nodes and code that stay. */
  readonly live: number;
  readonly deleted: number;
}

/** Entries that are deleted in one write. */
const BATCH = 500;

/** Marks all that a state needs; what other states have in common with it is not walked again. */
async function mark(root: Uint8Array, live: HashSet, { database, turns }: SweepModules): Promise<boolean> {
  const open = [bytesToUnprefixedHex(root)];
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (!(await turns.next())) return false;
    if (!live.add(hash)) continue;
    const node = database.peek(KIND.node + hash);
    if (node !== undefined) open.push(...nodeReferences(node));
  }
  return true;
}

/** What stays. */
interface Needed {
  /** Walked, with all below. */
  readonly live: HashSet;
  /** Written since the walk began: what it leads to is of a state that is walked, or was written as well. */
  readonly fresh: HashSet;
}

const isNeeded = (key: string, { live, fresh }: Needed): boolean => live.has(key) || fresh.has(key);

/** Deletes those of the keys that nothing needs; inside the lane, where nothing else is written meanwhile. */
function drop(keys: readonly string[], needed: Needed, database: Database): number {
  const dead = keys.filter((key) => !isNeeded(key, needed));
  for (const key of dead) database.delete(key);
  return dead.length;
}

async function sweep(needed: Needed, { database, lane, turns }: SweepModules): Promise<number> {
  let deleted = 0;
  for (const kind of ['delta', 'node', 'code'] as const) {
    let batch: string[] = [];
    for await (const [key] of database.entries(rangeOf(kind))) {
      if (!(await turns.next())) return deleted;
      if (!isNeeded(key, needed)) batch.push(key);
      if (batch.length < BATCH) continue;
      const dead = batch;
      batch = [];
      deleted += await lane.run(() => drop(dead, needed, database));
    }
    deleted += await lane.run(() => drop(batch, needed, database));
  }
  return deleted;
}

/**
 * Deletes every trie node and code that no kept state needs, beside the chain: it walks the kept states, then what is there,
 * in short turns. Nodes that are written meanwhile stay. Stopped at any point, also by the end of the process, it leaves only
 * what the next sweep will find.
 * @returns undefined when it was stopped.
 */
export async function sweepStates(
  { kept, gone }: SweepOptions,
  modules: SweepModules,
): Promise<SweepResult | undefined> {
  const { database, nodes, lane, turns } = modules;
  const needed: Needed = { live: new HashSet(), fresh: new HashSet() };
  const { live, fresh } = needed;
  // Code's key has its kind before the hash; the set looks at the hash only.
  nodes.watchWrites((key) => fresh.add(key));
  try {
    for (const root of await lane.run(() => [...kept()])) if (!(await mark(root, live, modules))) return undefined;
    const roots: string[] = [];
    for (const root of gone()) {
      if (root !== undefined) roots.push(bytesToUnprefixedHex(root));
      if (!(await turns.next())) return undefined;
    }
    const keys = roots.flatMap((root) => [KIND.delta + root, KIND.node + root]);
    const first = await lane.run(() => drop(keys, needed, database));
    const deleted = first + (await sweep(needed, modules));
    return turns.isStopped ? undefined : { live: live.size, deleted };
  } finally {
    nodes.watchWrites();
  }
}
