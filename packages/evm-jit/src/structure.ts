import type { Ending, Graph, Node } from './graph.ts';

/** How a graph is written with blocks and loops that nest: N. Ramsey, "Beyond Relooper" (2022). */
export interface Structure {
  /** Whether the edge leads to where its loop begins, or is its own only way in. */
  readonly isBack: (from: Node, to: Node) => boolean;
  readonly isMerge: (node: Node) => boolean;
  readonly isLoop: (node: Node) => boolean;
  /** Merges that the node dominates directly, the last in order first. */
  readonly mergesOf: (node: Node) => readonly Node[];
  readonly hasLoop: boolean;
}

export function nextOf(ending: Ending): Node[] {
  const edges = ending.kind === 'leave' ? [] : ending.kind === 'go' ? [ending.edge] : [ending.taken, ending.otherwise];
  return edges.flatMap(({ to }) => (to === undefined ? [] : [to]));
}

/** Depth first, each node before those that it leads to but for loops. */
function orderOf(nodes: readonly Node[]): Node[] {
  const [first] = nodes;
  if (first === undefined) return [];
  const seen = new Set([first]);
  const done: Node[] = [];
  const path = [{ node: first, left: nextOf(first.ending) }];
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const next = at.left.shift();
    if (next === undefined) {
      done.push(at.node);
      path.pop();
    } else if (!seen.has(next)) {
      seen.add(next);
      path.push({ node: next, left: nextOf(next.ending) });
    }
  }
  return done.reverse();
}

class Dominators {
  readonly place: readonly number[];
  readonly before: ReadonlyMap<Node, readonly Node[]>;
  readonly #direct: (number | undefined)[];

  constructor(order: readonly Node[]) {
    const place: number[] = [];
    const before = new Map<Node, Node[]>(order.map((node) => [node, []]));
    for (const [i, node] of order.entries()) place[node.id] = i;
    for (const node of order) for (const next of nextOf(node.ending)) before.get(next)?.push(node);
    this.place = place;
    this.before = before;
    this.#direct = order.map((_, i) => (i === 0 ? 0 : undefined));
    while (this.#improve(order));
  }

  /** Place of the nearest node that every way to the node passes. */
  direct(node: Node): number {
    return this.#direct[this.place[node.id] as number] as number;
  }

  dominates(one: Node, other: Node): boolean {
    const wanted = this.place[one.id] as number;
    let at = this.place[other.id] as number;
    while (at > wanted) at = this.#direct[at] as number;
    return at === wanted;
  }

  #improve(order: readonly Node[]): boolean {
    let hasChanged = false;
    for (const [i, node] of order.entries()) {
      if (i === 0) continue;
      let found: number | undefined;
      for (const one of this.before.get(node) ?? []) {
        const at = this.place[one.id] as number;
        if (this.#direct[at] === undefined) continue;
        found = found === undefined ? at : this.#meet(found, at);
      }
      if (found === this.#direct[i]) continue;
      this.#direct[i] = found;
      hasChanged = true;
    }
    return hasChanged;
  }

  #meet(one: number, other: number): number {
    let [a, b] = [one, other];
    while (a !== b) {
      while (a > b) a = this.#direct[a] as number;
      while (b > a) b = this.#direct[b] as number;
    }
    return a;
  }
}

/** @returns undefined where a loop has two ways in: such code is the interpreter's. */
export function structureOf({ nodes }: Graph): Structure | undefined {
  const order = orderOf(nodes);
  const dominators = new Dominators(order);
  const placeOf = (node: Node): number => dominators.place[node.id] as number;
  const isBack = (from: Node, to: Node): boolean => placeOf(to) <= placeOf(from);
  const loops = new Set<Node>();
  const merges = new Set<Node>();
  for (const node of order) {
    const ways = dominators.before.get(node) ?? [];
    const back = ways.filter((from) => isBack(from, node));
    if (back.some((from) => !dominators.dominates(node, from))) return undefined;
    if (back.length > 0) loops.add(node);
    if (ways.length - back.length > 1) merges.add(node);
  }
  const children = new Map<number, Node[]>();
  for (const node of order.slice(1)) {
    if (!merges.has(node)) continue;
    const parent = dominators.direct(node);
    children.set(parent, [node, ...(children.get(parent) ?? [])]);
  }
  return {
    isBack,
    isMerge: (node) => merges.has(node),
    isLoop: (node) => loops.has(node),
    mergesOf: (node) => children.get(placeOf(node)) ?? [],
    hasLoop: loops.size > 0,
  };
}
