/** Where trie nodes and contract code live, by key in unprefixed hex. Nodes are content-addressed and never change. */
export interface NodeStore {
  /** The bytes must not be written to. */
  get(key: string): Uint8Array | undefined;
  /** Writes all or nothing. */
  write(nodes: ReadonlyMap<string, Uint8Array>): void;
}

const CHUNK_BYTES = 1 << 20;
const LENGTH_BYTES = 4;

/**
 * Nodes in memory; gone with the process. Their bytes lie one after the other in large chunks: an array of its own for each
 * would cost more than most nodes are long.
 */
export function createMemoryNodeStore(): NodeStore {
  const chunks: DataView[] = [];
  /** Number of the chunk and offset in it, as one; the length stands before the bytes. */
  const places = new Map<string, number>();
  let used = CHUNK_BYTES;
  const put = (key: string, node: Uint8Array): void => {
    if (places.has(key)) return;
    const size = LENGTH_BYTES + node.length;
    if (used + size > CHUNK_BYTES) {
      chunks.push(new DataView(new ArrayBuffer(Math.max(CHUNK_BYTES, size))));
      used = 0;
    }
    const chunk = chunks.at(-1) as DataView;
    chunk.setUint32(used, node.length);
    new Uint8Array(chunk.buffer).set(node, used + LENGTH_BYTES);
    places.set(key, (chunks.length - 1) * CHUNK_BYTES + used);
    used += size;
  };
  return {
    get: (key) => {
      const place = places.get(key);
      if (place === undefined) return undefined;
      const chunk = chunks[Math.floor(place / CHUNK_BYTES)] as DataView;
      const at = place % CHUNK_BYTES;
      return new Uint8Array(chunk.buffer, at + LENGTH_BYTES, chunk.getUint32(at));
    },
    write: (added) => {
      for (const [key, node] of added) put(key, node);
    },
  };
}
