import { HexKey } from './hexKey.ts';

const CHUNK_BYTES = 1 << 20;
/** Entries begin at multiples of this, so that 32 bits are enough for a place in 16 GB. */
const ALIGNMENT = 4;
const PLACES_PER_CHUNK = CHUNK_BYTES / ALIGNMENT;
/** Length of the value in four bytes, of the key in two; then the key and the value. */
const HEADER_BYTES = 6;
const FIRST_SLOTS = 1024;
/** Bytes that are used for each that is valid, at most: less is moved about more often. */
const WASTE = 1.25;
/** Slots of which more than this share is taken make for long searches. */
const FULL = 0.7;

interface Chunk {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  used: number;
  /** Bytes of entries that are still valid. */
  live: number;
}

type Chunks = readonly (Chunk | undefined)[];

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
const sizeOf = (chunk: Chunk, at: number): number =>
  aligned(HEADER_BYTES + chunk.view.getUint16(at + 4) + chunk.view.getUint32(at));

function keyAt(chunk: Chunk, at: number): Uint8Array {
  return chunk.bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + chunk.view.getUint16(at + 4));
}

function valueAt(chunks: Chunks, place: number): Uint8Array {
  const chunk = chunks[Math.floor(place / PLACES_PER_CHUNK)] as Chunk;
  const at = (place % PLACES_PER_CHUNK) * ALIGNMENT;
  const from = at + HEADER_BYTES + chunk.view.getUint16(at + 4);
  return new Uint8Array(chunk.bytes.buffer, from, chunk.view.getUint32(at));
}

/**
 * Entries one after the other in large chunks, found through a hash table of numbers. Objects of their own for a million
 * keys and values would cost several times their bytes, and the garbage collector would visit each of them.
 * Bytes are never written twice, so that a value that was read stays as it is.
 */
export class Arena {
  #chunks: (Chunk | undefined)[] = [];
  /** Numbers of chunks that are gone. */
  readonly #vacant: number[] = [];
  #current = -1;
  /** Place of an entry plus one; 0 is an empty slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** Hash of the key in the same slot: to compare first, and to grow without a look at the keys. */
  #hashes = new Uint32Array(FIRST_SLOTS);
  readonly #key = new HexKey();
  #size = 0;
  #live = 0;
  #used = 0;
  /** Bytes of all chunks, filled or not. */
  #held = 0;
  /** The chunk that is looked at next when space is to be won. */
  #sweep = 0;

  get size(): number {
    return this.#size;
  }

  /** Bytes that are taken from the process: the chunks and the table. */
  get bytes(): number {
    return this.#held + this.#slots.byteLength + this.#hashes.byteLength;
  }

  get(key: string): Uint8Array | undefined {
    const slot = this.#find(key);
    return slot < 0 ? undefined : valueAt(this.#chunks, (this.#slots[slot] as number) - 1);
  }

  has(key: string): boolean {
    return this.#find(key) >= 0;
  }

  /** @returns whether the key is new. */
  set(key: string, value: Uint8Array): boolean {
    const slot = this.#find(key);
    const place = this.#append(this.#key.bytes.subarray(0, this.#key.length), value);
    if (slot >= 0) {
      this.#release((this.#slots[slot] as number) - 1);
      this.#slots[slot] = place + 1;
    } else this.#insert(place, this.#key.hash);
    this.#reclaim();
    return slot < 0;
  }

  /** @returns whether it was there. */
  delete(key: string): boolean {
    const slot = this.#find(key);
    if (slot < 0) return false;
    this.#release((this.#slots[slot] as number) - 1);
    this.#vacate(slot);
    this.#size--;
    this.#reclaim();
    return true;
  }

  /** Every key, in no order. */
  *keys(): Generator<Uint8Array> {
    for (const held of this.#slots) if (held !== 0) yield this.#keyOf(held - 1);
  }

  /** The values of keys that are here, as they are now, whatever happens to the arena until they are read. */
  reader(keys: readonly string[]): (index: number) => Uint8Array {
    const chunks = this.#chunks.slice();
    const places = Uint32Array.from(keys, (key) => (this.#slots[this.#find(key)] as number) - 1);
    return (index) => valueAt(chunks, places[index] as number);
  }

  #keyOf(place: number): Uint8Array {
    const chunk = this.#chunks[Math.floor(place / PLACES_PER_CHUNK)] as Chunk;
    return keyAt(chunk, (place % PLACES_PER_CHUNK) * ALIGNMENT);
  }

  /** The key's slot, or -1. Leaves the key's bytes and hash in `#key`. */
  #find(key: string): number {
    const wanted = this.#key;
    wanted.read(key);
    const mask = this.#slots.length - 1;
    for (let slot = wanted.hash & mask; ; slot = (slot + 1) & mask) {
      const held = this.#slots[slot] as number;
      if (held === 0) return -1;
      if (this.#hashes[slot] === wanted.hash && wanted.equals(this.#keyOf(held - 1))) return slot;
    }
  }

  #insert(place: number, hash: number): void {
    if (this.#size >= this.#slots.length * FULL) this.#grow();
    this.#fill(place + 1, hash);
    this.#size++;
  }

  #fill(held: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = held;
    this.#hashes[slot] = hash;
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Uint32Array(slots.length * 2);
    this.#hashes = new Uint32Array(slots.length * 2);
    for (let i = 0; i < slots.length; i++) if (slots[i] !== 0) this.#fill(slots[i] as number, hashes[i] as number);
  }

  /** Empties a slot and moves those after it that would not be found past the gap. */
  #vacate(slot: number): void {
    const mask = this.#slots.length - 1;
    let gap = slot;
    for (let next = (gap + 1) & mask; this.#slots[next] !== 0; next = (next + 1) & mask) {
      const home = (this.#hashes[next] as number) & mask;
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      this.#slots[gap] = this.#slots[next] as number;
      this.#hashes[gap] = this.#hashes[next] as number;
      gap = next;
    }
    this.#slots[gap] = 0;
  }

  #append(key: Uint8Array, value: Uint8Array): number {
    const size = aligned(HEADER_BYTES + key.length + value.length);
    const chunk = this.#room(size);
    const at = chunk.used;
    chunk.view.setUint32(at, value.length);
    chunk.view.setUint16(at + 4, key.length);
    chunk.bytes.set(key, at + HEADER_BYTES);
    chunk.bytes.set(value, at + HEADER_BYTES + key.length);
    chunk.used += size;
    chunk.live += size;
    this.#used += size;
    this.#live += size;
    return this.#current * PLACES_PER_CHUNK + at / ALIGNMENT;
  }

  /** The chunk that is being filled, or a new one. */
  #room(size: number): Chunk {
    const left = this.#current;
    const current = this.#chunks[left];
    if (current !== undefined && current.used + size <= current.bytes.length) return current;
    const bytes = new Uint8Array(Math.max(CHUNK_BYTES, size));
    const chunk: Chunk = { view: new DataView(bytes.buffer), bytes, used: 0, live: 0 };
    this.#current = this.#vacant.pop() ?? this.#chunks.length;
    this.#chunks[this.#current] = chunk;
    this.#held += bytes.length;
    // With nothing valid in it, it was kept only because it was the current one.
    if (current?.live === 0) this.#drop(left);
    return chunk;
  }

  #release(place: number): void {
    const number = Math.floor(place / PLACES_PER_CHUNK);
    const chunk = this.#chunks[number] as Chunk;
    const size = sizeOf(chunk, (place % PLACES_PER_CHUNK) * ALIGNMENT);
    chunk.live -= size;
    this.#live -= size;
    if (chunk.live === 0 && number !== this.#current) this.#drop(number);
  }

  #drop(number: number): void {
    const chunk = this.#chunks[number] as Chunk;
    this.#used -= chunk.used;
    this.#held -= chunk.bytes.length;
    this.#chunks[number] = undefined;
    this.#vacant.push(number);
  }

  /** Moves what is valid out of chunks that waste much, one after the other, until most of all bytes are valid. */
  #reclaim(): void {
    while (this.#used > WASTE * this.#live && this.#used > CHUNK_BYTES) {
      const number = this.#nextWasteful();
      if (number === undefined) return;
      this.#evacuate(number);
    }
  }

  #nextWasteful(): number | undefined {
    for (let i = 0; i < this.#chunks.length; i++) {
      this.#sweep = (this.#sweep + 1) % this.#chunks.length;
      const chunk = this.#chunks[this.#sweep];
      if (chunk !== undefined && this.#sweep !== this.#current && chunk.used > WASTE * chunk.live) return this.#sweep;
    }
    return undefined;
  }

  /** Moves what is valid to the end and drops the chunk. */
  #evacuate(number: number): void {
    const chunk = this.#chunks[number] as Chunk;
    for (let at = 0, size = 0; at < chunk.used && this.#chunks[number] === chunk; at += size) {
      size = sizeOf(chunk, at);
      const place = number * PLACES_PER_CHUNK + at / ALIGNMENT;
      const key = keyAt(chunk, at);
      const slot = this.#slotOf(place, HexKey.hash(key, key.length));
      if (slot < 0) continue;
      this.#slots[slot] = this.#append(key, valueAt(this.#chunks, place)) + 1;
      this.#release(place);
    }
  }

  #slotOf(place: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#slots[slot] === place + 1) return slot;
    }
    return -1;
  }
}
