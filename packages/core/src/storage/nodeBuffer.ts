import type { BatchDBOp, DB } from '@ethereumjs/util';
import type { NodeStore } from './nodeStore.ts';
import { reachableNodes } from './reachable.ts';

/**
 * What EthereumJS's trie sees as its database: reads fall through to the store, writes stay here until `flush`. A block
 * that is thrown away, a pending block, and a call therefore leave nothing behind, and a block's nodes are written at once.
 */
export class NodeBuffer implements DB<string, Uint8Array> {
  readonly #store: NodeStore;
  readonly #onMissing: ((key: string) => undefined) | undefined;
  readonly #written = new Map<string, Uint8Array>();

  /** @param onMissing may throw for what is nowhere: a trie asks only for what one of its nodes names. */
  constructor(store: NodeStore, onMissing?: (key: string) => undefined) {
    this.#store = store;
    this.#onMissing = onMissing;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.#written.get(key) ?? this.#store.get(key) ?? this.#onMissing?.(key);
  }

  has(key: string): boolean {
    return this.#written.has(key) || this.#store.get(key) !== undefined;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    this.#written.set(key, value);
  }

  /** Nodes are shared between states by content, so none is ever deleted. */
  async del(): Promise<void> {}

  async batch(operations: BatchDBOp<string, Uint8Array>[]): Promise<void> {
    for (const operation of operations) {
      if (operation.type === 'put') this.#written.set(operation.key, operation.value);
    }
  }

  shallowCopy(): NodeBuffer {
    return this;
  }

  async open(): Promise<void> {}

  /** A node that is written here and not yet in the store. */
  written(key: string): Uint8Array | undefined {
    return this.#written.get(key);
  }

  /** Makes what a root needs of everything written so far part of the store. @param root in unprefixed hex. */
  flush(root: string): void {
    this.#store.write(reachableNodes(root, this.#written));
    this.#written.clear();
  }
}
