/** Where trie nodes and contract code live, by key in unprefixed hex. Nodes are content-addressed and never change. */
export interface NodeStore {
  get(key: string): Uint8Array | undefined;
  /** Writes all or nothing. */
  write(nodes: ReadonlyMap<string, Uint8Array>): void;
}

/** Nodes in memory; gone with the process. */
export function createMemoryNodeStore(): NodeStore {
  const nodes = new Map<string, Uint8Array>();
  return {
    get: (key) => nodes.get(key),
    write: (added) => {
      for (const [key, node] of added) nodes.set(key, node);
    },
  };
}
