import { equalsBytes, KECCAK256_RLP } from '@ethereumjs/util';
import { keccak256 } from '../../crypto/keccak.ts';
import { hexFrom } from '../hexFrom.ts';
import { decodeNode, encodeNode, HASH_BYTES } from './nodeCodec.ts';
import {
  BRANCH_WIDTH,
  branchNode,
  type Child,
  extensionNode,
  leafNode,
  NO_PATH,
  nibblesFrom,
  TrieNode,
} from './trieNode.ts';

/** Where nodes are read from. */
export interface NodeSource {
  /** @param hash unprefixed hex. @returns bytes that stay as they are, or a node. @throws when there is no such node. */
  get(hash: string): Child;
}

/** Takes a node that is to be stored. @param hash unprefixed hex. */
export type NodeSink = (hash: string, encoded: Uint8Array) => void;

const concat = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

function sharedLength(path: Uint8Array, key: Uint8Array, depth: number): number {
  let length = 0;
  while (length < path.length && path[length] === key[depth + length]) length++;
  return length;
}

/** A branch of what is left of a node and a new leaf, where their ways part. */
function split(node: TrieNode, shared: number, key: Uint8Array, depth: number, value: Uint8Array): TrieNode {
  const { path, value: own, children: below } = node;
  const children: (Child | undefined)[] = new Array(BRANCH_WIDTH).fill(undefined);
  const rest = path.slice(shared + 1);
  const child = below?.[0];
  const old = child === undefined ? leafNode(rest, own as Uint8Array) : rest.length === 0 ? child : undefined;
  children[path[shared] as number] = old ?? extensionNode(rest, child as Child);
  const at = depth + shared;
  children[key[at] as number] = leafNode(key.slice(at + 1), value);
  const branch = branchNode(children);
  return shared === 0 ? branch : extensionNode(path.slice(0, shared), branch);
}

/**
 * A Merkle Patricia trie with keys of one length (hashes), read as it is needed and hashed once, when its root is asked for.
 * A change makes new nodes on the way to it and shares all others with the trie before, so that older roots stay readable.
 * A node without a reference was made since the root was last asked for: nobody else has it, and it may change in place.
 */
export class Trie {
  readonly #source: NodeSource;
  #root: Child | undefined;

  /** @param root a hash, a root node, or undefined for an empty trie. */
  constructor(source: NodeSource, root: Child | undefined) {
    this.#source = source;
    this.#root = root instanceof Uint8Array && equalsBytes(root, KECCAK256_RLP) ? undefined : root;
  }

  /** @param key 32 bytes, hashed already. */
  get(key: Uint8Array): Uint8Array | undefined {
    const nibbles = nibblesFrom(key);
    let depth = 0;
    for (let node = this.#rootNode(); node !== undefined; ) {
      const { path, children } = node;
      if (path.length > 0 && sharedLength(path, nibbles, depth) < path.length) return undefined;
      if (children === undefined) return node.value;
      depth += path.length;
      const at = children.length === 1 ? 0 : (nibbles[depth++] as number);
      node = this.#childOf(children, at);
    }
    return undefined;
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.#root = this.#insert(this.#rootNode(), nibblesFrom(key), 0, value);
  }

  delete(key: Uint8Array): void {
    const root = this.#rootNode();
    if (root !== undefined) this.#root = this.#remove(root, nibblesFrom(key), 0);
  }

  /** What the trie begins with, for another on the same; undefined when it is empty. */
  get top(): Child | undefined {
    // From now on others may have these nodes.
    if (this.#root instanceof TrieNode) this.#hash(this.#root);
    return this.#root;
  }

  /** To be what it was when {@link top} was this. */
  turnTo(top: Child | undefined): void {
    this.#root = top;
  }

  /** Root hash. */
  root(): Uint8Array {
    const top = this.#root;
    if (top === undefined) return KECCAK256_RLP;
    if (!(top instanceof TrieNode)) return top;
    const reference = this.#hash(top);
    return reference.length === HASH_BYTES ? reference : keccak256(reference);
  }

  /** Hands over every node that is not stored yet, each once, and takes them for stored from then on. */
  store(sink: NodeSink): void {
    this.#handOver(sink, { isStored: true });
  }

  /** Hands over every node that is not stored yet, and leaves it at that. */
  eachNew(sink: NodeSink): void {
    this.#handOver(sink, { isStored: false });
  }

  #handOver(sink: NodeSink, end: { readonly isStored: boolean }): void {
    const top = this.#root;
    if (!(top instanceof TrieNode)) return;
    const root = this.root();
    if (top.reference?.length !== HASH_BYTES) sink(hexFrom(root), top.reference as Uint8Array);
    this.#handOverNode(top, sink, end);
  }

  /** The nodes on the way to a key, from the root down: what proves that it is there, or that it is not. */
  proof(key: Uint8Array): Uint8Array[] {
    const nibbles = nibblesFrom(key);
    const found: Uint8Array[] = [];
    let depth = 0;
    for (let node = this.#rootNode(); node !== undefined; ) {
      const reference = this.#hash(node);
      // A node that stands in its parent is part of the parent's bytes.
      if (reference.length === HASH_BYTES || depth === 0) found.push(encodeNode(node));
      const { path, children } = node;
      if (children === undefined || sharedLength(path, nibbles, depth) < path.length) break;
      depth += path.length;
      const at = children.length === 1 ? 0 : (nibbles[depth++] as number);
      node = this.#childOf(children, at);
    }
    return found;
  }

  /** The nodes from the root to a key's leaf, each with the place of the next among its children; undefined when it is not there. */
  path(key: Uint8Array): { node: TrieNode; next: number }[] | undefined {
    this.root();
    const nibbles = nibblesFrom(key);
    const found: { node: TrieNode; next: number }[] = [];
    let depth = 0;
    for (let node = this.#rootNode(); node !== undefined; ) {
      const { path, children } = node;
      if (path.length > 0 && sharedLength(path, nibbles, depth) < path.length) return undefined;
      depth += path.length;
      const next = children?.length === BRANCH_WIDTH ? (nibbles[depth++] as number) : 0;
      found.push({ node, next });
      if (children === undefined) return found;
      node = this.#childOf(children, next);
    }
    return undefined;
  }

  #rootNode(): TrieNode | undefined {
    if (this.#root === undefined) return undefined;
    if (!(this.#root instanceof TrieNode)) this.#root = this.#load(this.#root);
    return this.#root;
  }

  #load(hash: Uint8Array): TrieNode {
    const found = this.#source.get(hexFrom(hash));
    return found instanceof TrieNode ? found : decodeNode(found, hash);
  }

  /** A child, which from now on need not be read again. */
  #childOf(children: (Child | undefined)[], at: number): TrieNode | undefined {
    const child = children[at];
    if (child === undefined || child instanceof TrieNode) return child;
    const node = this.#load(child);
    children[at] = node;
    return node;
  }

  #insert(node: TrieNode | undefined, key: Uint8Array, depth: number, value: Uint8Array): TrieNode {
    if (node === undefined) return leafNode(key.slice(depth), value);
    const { path, children } = node;
    if (children?.length === BRANCH_WIDTH) {
      const at = key[depth] as number;
      const child = this.#insert(this.#childOf(children, at), key, depth + 1, value);
      const isOwn = node.reference === undefined;
      const changed = isOwn ? children : children.slice();
      changed[at] = child;
      return isOwn ? node : branchNode(changed);
    }
    const shared = sharedLength(path, key, depth);
    if (shared < path.length) return split(node, shared, key, depth, value);
    if (children === undefined) return leafNode(path, value);
    return extensionNode(path, this.#insert(this.#childOf(children, 0), key, depth + shared, value));
  }

  /** @returns the same node when the key is not below it. */
  #remove(node: TrieNode, key: Uint8Array, depth: number): TrieNode | undefined {
    const { path, children } = node;
    if (children?.length === BRANCH_WIDTH) return this.#removeFromBranch(node, children, key, depth);
    if (sharedLength(path, key, depth) < path.length) return node;
    if (children === undefined) return undefined;
    const child = this.#childOf(children, 0) as TrieNode;
    const left = this.#remove(child, key, depth + path.length) as TrieNode;
    return left === child ? node : prefixed(path, left);
  }

  #removeFromBranch(node: TrieNode, children: (Child | undefined)[], key: Uint8Array, depth: number): TrieNode {
    const at = key[depth] as number;
    const child = this.#childOf(children, at);
    if (child === undefined) return node;
    const left = this.#remove(child, key, depth + 1);
    if (left === child) return node;
    const changed = children.slice();
    changed[at] = left;
    if (left !== undefined) return branchNode(changed);
    const others = changed.flatMap((one, index) => (one === undefined ? [] : [index]));
    if (others.length > 1) return branchNode(changed);
    const only = others[0] as number;
    return prefixed(Uint8Array.of(only), this.#childOf(changed, only) as TrieNode);
  }

  #hash(node: TrieNode): Uint8Array {
    if (node.reference !== undefined) return node.reference;
    const { children } = node;
    for (let at = (children?.length ?? 0) - 1; at >= 0; at--) {
      const child = children?.[at];
      if (child instanceof TrieNode) this.#hash(child);
    }
    const encoded = encodeNode(node);
    node.reference = encoded.length < HASH_BYTES ? encoded : keccak256(encoded);
    node.encoded = encoded;
    return node.reference;
  }

  /** What is below a stored node is stored. */
  #handOverNode(node: TrieNode, sink: NodeSink, end: { readonly isStored: boolean }): void {
    if (node.encoded === undefined) return;
    const reference = node.reference as Uint8Array;
    if (reference.length === HASH_BYTES) sink(hexFrom(reference), node.encoded);
    if (end.isStored) node.encoded = undefined;
    for (const child of node.children ?? []) if (child instanceof TrieNode) this.#handOverNode(child, sink, end);
  }
}

/** A node with more path before it: a branch gets an extension. */
function prefixed(path: Uint8Array, node: TrieNode): TrieNode {
  const { children, value } = node;
  if (node.path === NO_PATH && children?.length === BRANCH_WIDTH) return extensionNode(path, node);
  const longer = concat(path, node.path);
  return children === undefined ? leafNode(longer, value as Uint8Array) : extensionNode(longer, children[0] as Child);
}
