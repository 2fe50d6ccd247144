import { runBytes } from './wasm/runBytes.ts';

interface RunExports {
  readonly memory: WebAssembly.Memory;
  inputAt(): number;
  rootsAt(): number;
  hashesAt(): number;
  headerAt(): number;
  exportsAt(): number;
  prepare(slots: number): void;
  addRing(size: number, keepsTimes: boolean): number;
  addSlot(ring: number, length: number): void;
  hashRing(ring: number): void;
  takeForStored(): void;
  addAccount(length: number, constantBytes: number): number;
  leadAccount(index: number, target: number): void;
  leadRing(ring: number, target: number): void;
  setHeader(length: number, parent: number, root: number, number: number, numberBytes: number): void;
  setHeaderTime(time: number, timeBytes: number, randao: number): void;
  begin(number: number, time: number, spacing: number): void;
  run(count: number): number;
  beginExport(): void;
  exportSome(): number;
}

/** A node of the accounts' trie on the way to a ring's account, as it is encoded. */
export interface KernelNode {
  readonly encoded: Uint8Array;
  /** Where its hash goes: into another node, which comes after it in the list; left out: it is the root. */
  readonly parent?: { readonly index: number; readonly offset: number };
  /** Bytes at its beginning that no block changes. */
  readonly constantBytes: number;
}

/** Where the root of a ring goes: into an account, which is a node of the list. */
export interface KernelTarget {
  readonly index: number;
  readonly offset: number;
}

/** A header that is the same in all blocks of a stretch, but for what stands in these places. Offsets in its RLP. */
export interface KernelHeader {
  readonly encoded: Uint8Array;
  readonly parentHash: number;
  readonly stateRoot: number;
  readonly number: number;
  readonly numberBytes: number;
  readonly timestamp: number;
  readonly timestampBytes: number;
  /** Left out where randomness is not made from the parent's hash and the number. */
  readonly mixHash?: number;
}

/** What follows in a run: from which hash, state root, number and time on, and how many seconds apart. */
export interface KernelStart {
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly number: number;
  readonly timestamp: number;
  readonly spacing: number;
}

/** 32 bytes for each block, one after the other; good until the next call. */
export interface KernelBlocks {
  readonly roots: Uint8Array;
  readonly hashes: Uint8Array;
}

const HASH_BYTES = 32;
/** Hash and length before each node that is handed over. */
const NODE_HEAD = 36;

let compiled: WebAssembly.Module | undefined;

/**
 * Works out blocks in which nothing happens but that the rings of EIP-4788 and EIP-2935 turn: state root and hash of one after
 * the other, all in WebAssembly. Tries and header lie in its memory and are patched where they are.
 * @example
 * const kernel = new RunKernel(8191);
 * kernel.begin({ parentHash, stateRoot, number: 1, timestamp: 1_700_000_000, spacing: 12 });
 * kernel.setHeader(header);
 * const { hashes } = kernel.run(256) as KernelBlocks;
 */
export class RunKernel {
  readonly #exports: RunExports;
  readonly #slots: number;
  #rings = 0;

  /** @param slots of the largest ring. */
  constructor(slots: number) {
    compiled ??= new WebAssembly.Module(Buffer.from(runBytes, 'base64'));
    this.#exports = new WebAssembly.Instance(compiled).exports as never;
    this.#slots = slots;
  }

  /** Most blocks of one {@link run}. */
  static readonly MOST_BLOCKS = 4096;

  /** @returns the ring's index. */
  addRing(size: number, keeps: 'times' | 'hashes'): number {
    if (this.#rings++ === 0) this.#exports.prepare(this.#slots);
    return this.#exports.addRing(size, keeps === 'times');
  }

  /**
   * Puts in what a ring's storage holds before the first block.
   * @param key 32 bytes, hashed. @param value in RLP.
   */
  addSlot(ring: number, key: Uint8Array, value: Uint8Array): void {
    const memory = this.#memory();
    const at = this.#exports.inputAt();
    memory.set(key, at);
    const isItself = value.length === 1 && (value[0] as number) < 0x80;
    if (!isItself) memory[at + HASH_BYTES] = 0x80 + value.length;
    memory.set(value, at + HASH_BYTES + (isItself ? 0 : 1));
    this.#exports.addSlot(ring, value.length + (isItself ? 0 : 1));
  }

  /** Root of a ring's storage with all that was put in, which is taken for stored. */
  ringRoot(ring: number): Uint8Array {
    this.#exports.hashRing(ring);
    this.#exports.takeForStored();
    return this.#read(this.#exports.inputAt(), HASH_BYTES);
  }

  /** @param nodes from the accounts up to the root. @param rings where the root of each goes. */
  setAccounts(nodes: readonly KernelNode[], rings: readonly KernelTarget[]): AccountNodes {
    const { addAccount, leadAccount, leadRing } = this.#exports;
    const starts = nodes.map(({ encoded, constantBytes }) => {
      const at = addAccount(encoded.length, constantBytes);
      this.#memory().set(encoded, at);
      return at;
    });
    const address = ({ index, offset }: KernelTarget): number => (starts[index] as number) + offset;
    nodes.forEach(({ parent }, index) => {
      if (parent !== undefined) leadAccount(index, address(parent));
    });
    rings.forEach((target, ring) => {
      leadRing(ring, address(target));
    });
    return () => nodes.map(({ encoded }, index) => this.#read(starts[index] as number, encoded.length));
  }

  begin({ parentHash, stateRoot, number, timestamp, spacing }: KernelStart): void {
    const at = this.#exports.inputAt();
    this.#memory().set(parentHash, at);
    this.#memory().set(stateRoot, at + HASH_BYTES);
    this.#exports.begin(number, timestamp, spacing);
  }

  /** For the blocks that follow. */
  setHeader(header: KernelHeader): void {
    this.#memory().set(header.encoded, this.#exports.headerAt());
    const { encoded, parentHash, stateRoot, number, numberBytes, timestamp, timestampBytes, mixHash = 0 } = header;
    this.#exports.setHeader(encoded.length, parentHash, stateRoot, number, numberBytes);
    this.#exports.setHeaderTime(timestamp, timestampBytes, mixHash);
  }

  /** @returns undefined when a trie has become such as is not known here (a leaf that stands in its parent). */
  run(count: number): KernelBlocks | undefined {
    if (this.#exports.run(count) === 0) return undefined;
    const memory = this.#memory();
    const [roots, hashes] = [this.#exports.rootsAt(), this.#exports.hashesAt()];
    const length = count * HASH_BYTES;
    return { roots: memory.subarray(roots, roots + length), hashes: memory.subarray(hashes, hashes + length) };
  }

  /** Nodes of the rings that were changed since they were put in or handed over, some at a time: hash and bytes. */
  *takeNew(): Generator<(readonly [hash: Uint8Array, encoded: Uint8Array])[]> {
    this.#exports.beginExport();
    for (let length = this.#exports.exportSome(); length > 0; length = this.#exports.exportSome()) {
      const bytes = this.#read(this.#exports.exportsAt(), length);
      const view = new DataView(bytes.buffer);
      const nodes: [Uint8Array, Uint8Array][] = [];
      for (let at = 0; at < length; ) {
        const from = at + NODE_HEAD;
        const end = from + view.getUint32(at + HASH_BYTES, true);
        nodes.push([bytes.subarray(at, at + HASH_BYTES), bytes.slice(from, end)]);
        at = end;
      }
      yield nodes;
    }
  }

  #read(at: number, length: number): Uint8Array {
    return this.#memory().slice(at, at + length);
  }

  /** Growing takes the old buffer away. */
  #memory(): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer);
  }
}

/** The nodes of the accounts' trie as the last block left them. */
export type AccountNodes = () => Uint8Array[];
