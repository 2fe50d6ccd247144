import { equalsBytes, KECCAK256_RLP } from '@ethereumjs/util';
import { type KernelNode, type KernelTarget, RunKernel } from '@minichain/evm';
import { keccak256 } from '../crypto/keccak.ts';
import type { NodeStore } from '../storage/nodeStore.ts';
import { bytesFrom, hexFrom } from './hexFrom.ts';
import { type HeldRing, heldRings, type Ring, STORAGE_ROOT_FROM_END, slotKey } from './ringTries.ts';
import { encodeNode, hashOffset } from './trie/nodeCodec.ts';
import type { Trie } from './trie/trie.ts';
import type { TrieNode } from './trie/trieNode.ts';
import { trieLeaves } from './trieLeaves.ts';

/** The state of a run's blocks in WebAssembly. */
export interface RingKernel {
  readonly kernel: RunKernel;
  /** Nodes that are new in it, some at a time, by hash in unprefixed hex. After the last block. */
  nodes(): Generator<Map<string, Uint8Array>>;
}

/** Lets others have their turn, when it is time for that. */
export type Pause = () => Promise<void> | undefined;

interface WayNode {
  readonly node: TrieNode;
  readonly encoded: Uint8Array;
  readonly depth: number;
  parent: { readonly node: TrieNode; readonly offset: number } | undefined;
  constantBytes: number;
}

/** The nodes on the ways to some accounts, those below before those above; undefined when one stands in its parent. */
function waysTo(
  accounts: Trie,
  keys: readonly Uint8Array[],
): { nodes: KernelNode[]; rings: KernelTarget[] } | undefined {
  const known = new Map<TrieNode, WayNode>();
  const leaves: TrieNode[] = [];
  for (const key of keys) {
    let parent: WayNode['parent'];
    for (const [depth, { node, next }] of (accounts.path(key) as { node: TrieNode; next: number }[]).entries()) {
      const encoded = known.get(node)?.encoded ?? encodeNode(node);
      const isLeaf = node.children === undefined;
      const offset = isLeaf ? encoded.length - STORAGE_ROOT_FROM_END : hashOffset(encoded, node, next);
      if (offset === undefined) return undefined;
      const way = known.get(node) ?? { node, encoded, depth, parent, constantBytes: offset };
      way.constantBytes = Math.min(way.constantBytes, offset);
      known.set(node, way);
      if (isLeaf) leaves.push(node);
      parent = { node, offset };
    }
  }
  const ordered = [...known.values()].sort((a, b) => b.depth - a.depth);
  const indexOf = (wanted: TrieNode): number => ordered.findIndex(({ node }) => node === wanted);
  const nodes = ordered.map(({ encoded, constantBytes, parent }) => ({
    encoded,
    constantBytes,
    ...(parent === undefined ? {} : { parent: { index: indexOf(parent.node), offset: parent.offset } }),
  }));
  const rings = leaves.map((leaf) => {
    const index = indexOf(leaf);
    return { index, offset: (nodes[index] as KernelNode).encoded.length - STORAGE_ROOT_FROM_END };
  });
  return { nodes, rings };
}

/** Whether a slot is one that blocks take away: of the beacon roots, which are all zero here. */
function areTakenAway(others: readonly string[], { keeps, size }: Ring): boolean {
  if (keeps !== 'times' || others.length === 0) return false;
  const taken = new Set(Array.from({ length: size }, (_, slot) => hexFrom(slotKey(slot + size))));
  return others.some((key) => taken.has(key));
}

interface Opening {
  readonly kernel: RunKernel;
  readonly nodes: Pick<NodeStore, 'get'>;
  readonly pause: Pause;
}

/** @returns whether all that the ring holds is in the kernel now, and stays where it is. */
async function fill({ kernel, nodes, pause }: Opening, { ring, storageRoot }: HeldRing): Promise<boolean> {
  const index = kernel.addRing(ring.size, ring.keeps);
  const own = ring.keeps === 'times' ? slotHashes(ring.size) : undefined;
  const others: string[] = [];
  for (const [key, value] of trieLeaves(storageRoot, nodes)) {
    kernel.addSlot(index, bytesFrom(key), value);
    if (own?.has(key) === false) others.push(key);
    await pause();
  }
  const isWhole = equalsBytes(storageRoot, KECCAK256_RLP) || equalsBytes(kernel.ringRoot(index), storageRoot);
  return isWhole && !areTakenAway(others, ring);
}

const slotHashes = (count: number): Set<string> =>
  new Set(Array.from({ length: count }, (_, slot) => hexFrom(slotKey(slot))));

/**
 * @param accounts of the state before the first block.
 * @returns undefined when there is something in the rings that the kernel does not know to keep.
 */
export async function openRingKernel(
  { accounts, nodes }: { readonly accounts: Trie; readonly nodes: Pick<NodeStore, 'get'> },
  rings: readonly Ring[],
  pause: Pause,
): Promise<RingKernel | undefined> {
  const held = heldRings(accounts, rings);
  const ways = waysTo(
    accounts,
    held.map(({ accountKey }) => accountKey),
  );
  if (ways === undefined) return undefined;
  const kernel = new RunKernel(Math.max(0, ...held.map(({ ring }) => ring.size)));
  for (const one of held) if (!(await fill({ kernel, nodes, pause }, one))) return undefined;
  const readAccounts = kernel.setAccounts(ways.nodes, ways.rings);
  return {
    kernel,
    *nodes() {
      for (const some of kernel.takeNew()) yield new Map(some.map(([hash, encoded]) => [hexFrom(hash), encoded]));
      yield new Map(readAccounts().map((encoded) => [hexFrom(keccak256(encoded)), encoded]));
    },
  };
}
