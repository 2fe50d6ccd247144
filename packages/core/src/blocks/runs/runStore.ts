import { createBlockFromBytesArray } from '@ethereumjs/block';
import { bytesToUnprefixedHex, equalsBytes } from '@ethereumjs/util';
import { LRUCache } from 'lru-cache';
import type { Hardforks } from '../../contract.ts';
import type { RingBlock } from '../../state/ringTries.ts';
import type { RingPlan } from '../../state/turnedRings.ts';
import type { Database } from '../../storage/database.ts';
import { keyOf, namePart, numberPart } from '../../storage/keys.ts';
import type { ExecutedBlock } from '../executedBlock.ts';
import { type BlockRun, bytesFromRun, RunHeaders, runFromBytes, timestampIn } from './blockRun.ts';
import { FIELD } from './headerTemplate.ts';
import { CHUNK_BLOCKS, chunkPart, findPrefix, HASH_BYTES, RunWriter, SEGMENT_BLOCKS } from './runParts.ts';

const LIST = keyOf('meta', namePart('runs'));
const ID_BYTES = 17;
/** Chunks whose hashes stay worked out, 8 KiB each. */
const KEPT_CHUNKS = 128;
/** State roots that are remembered with their block, so that the state can be worked out. */
const KEPT_ROOTS = 4096;
/** From here on a header has a root of withdrawals, and its block a list of them. */
const WITHDRAWALS_FIELD = 16;

const NO_HASH = new Uint8Array(HASH_BYTES);

/** A block of a run, by its place. */
export interface RunPlace {
  readonly run: BlockRun;
  readonly number: number;
}

/**
 * Runs of empty blocks: of each block the state root is kept, 32 bytes, and for every 256 a parent hash. All else is worked
 * out when it is asked for. Changes are staged in the database, as all changes are.
 */
export class RunStore {
  readonly #database: Database;
  readonly #hardforks: Hardforks;
  #known = new Map<string, BlockRun>();
  /** Those of which something is canonical, lowest first. */
  #ordered: BlockRun[] = [];
  /** Whether the database says something else since: it is asked when it is next needed, for it may be closed for now. */
  #isStale = true;
  readonly #hashes = new LRUCache<string, Uint8Array>({ max: KEPT_CHUNKS });
  readonly #headers = new LRUCache<string, RunHeaders>({ max: 8 });
  readonly #places = new LRUCache<string, RunPlace>({ max: KEPT_ROOTS });

  constructor({ database, hardforks }: { readonly database: Database; readonly hardforks: Hardforks }) {
    this.#database = database;
    this.#hardforks = hardforks;
    database.onDiscard(() => {
      this.#isStale = true;
      this.#hashes.clear();
      this.#headers.clear();
    });
  }

  get #runs(): Map<string, BlockRun> {
    if (this.#isStale) this.#load();
    return this.#known;
  }

  get #canonical(): readonly BlockRun[] {
    if (this.#isStale) this.#load();
    return this.#ordered;
  }

  /** The part of a run's id that tells it from others at the same place. */
  freeId(first: number, parentHash: Uint8Array): string {
    const start = numberPart(BigInt(first)) + bytesToUnprefixedHex(parentHash.subarray(0, 8));
    for (let last = 0; ; last++) {
      const id = start + last.toString(16).padStart(2, '0');
      if (!this.#runs.has(id)) return id;
    }
  }

  /** The run of which the block at a height is canonical. */
  canonicalRun(number: number): BlockRun | undefined {
    let [low, high] = [0, this.#canonical.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#canonical[middle] as BlockRun).canonicalLast < number) low = middle + 1;
      else high = middle;
    }
    const run = this.#canonical[low];
    return run !== undefined && run.first <= number ? run : undefined;
  }

  /** Runs with blocks between two heights, both included, canonical or not. */
  *between(from: number, to: number): Generator<BlockRun> {
    for (const run of this.#runs.values()) if (run.last >= from && run.first <= to) yield run;
  }

  /** Where the block of a hash is. */
  find(hash: Uint8Array): RunPlace | undefined {
    for (const run of this.#runs.values()) {
      for (let segment = 0; segment * SEGMENT_BLOCKS <= run.last - run.first; segment++) {
        const prefixes = this.#database.get(keyOf('runHashes', run.id, chunkPart(segment)));
        for (const offset of prefixes === undefined ? [] : findPrefix(prefixes, hash)) {
          const number = run.first + segment * SEGMENT_BLOCKS + offset;
          if (number <= run.last && equalsBytes(this.hash(run, number), hash)) return { run, number };
        }
      }
    }
    return undefined;
  }

  hash(run: BlockRun, number: number): Uint8Array {
    const index = number - run.first;
    const at = (index % CHUNK_BLOCKS) * HASH_BYTES;
    return this.#chunkHashes(run, Math.floor(index / CHUNK_BLOCKS)).slice(at, at + HASH_BYTES);
  }

  block(run: BlockRun, number: number): ExecutedBlock {
    const stateRoot = this.#stateRoot(run, number);
    const headers = this.#headersOf(run);
    const hash = headers.fill(number, this.#parentHash(run, number), stateRoot);
    this.#places.set(bytesToUnprefixedHex(stateRoot), { run, number });
    return this.#blockOf(run, number, headers, { hash, stateRoot });
  }

  /** The last block of a run that is yet to be worked out: hash, parent's hash and randomness are zero, the state its base's. */
  preview(run: BlockRun): ExecutedBlock {
    const headers = new RunHeaders({ ...run, isMerged: false });
    headers.fill(run.last, NO_HASH, NO_HASH);
    return this.#blockOf(run, run.last, headers, { hash: NO_HASH, stateRoot: run.baseRoot });
  }

  /** A run that was planned before its first parent was known. */
  onto(run: BlockRun, { hash, stateRoot }: ExecutedBlock): BlockRun {
    const header = run.header.with(FIELD.parentHash, hash);
    return { ...run, id: this.freeId(run.first, hash), header, baseRoot: stateRoot };
  }

  /** How the state of a block that was read lately is worked out. */
  plan(stateRoot: string): RingPlan | undefined {
    const place = this.#places.get(stateRoot);
    return place === undefined ? undefined : this.planOf(place);
  }

  planOf({ run, number }: RunPlace): RingPlan {
    const { id, baseRoot, rings, first } = run;
    return { id, baseRoot, rings, first, number, blocks: (from, to) => this.#ringBlocks(run, from, to) };
  }

  /** For what is to be kept of a run that is being worked out. */
  writer({ id }: BlockRun): RunWriter {
    return new RunWriter(this.#database, id);
  }

  put(run: BlockRun): void {
    const isNew = !this.#runs.has(run.id);
    this.#runs.set(run.id, run);
    this.#database.put(keyOf('run', run.id), bytesFromRun(run));
    if (isNew) this.#putList();
    this.#order();
  }

  /** Takes away its blocks after a number; all of it when there are none before. */
  truncate(run: BlockRun, last: number): void {
    if (last >= run.first) {
      this.put({ ...run, last, canonicalLast: Math.min(run.canonicalLast, last) });
      return;
    }
    this.forgetChunks(run, run.last);
    this.#runs.delete(run.id);
    this.#database.delete(keyOf('run', run.id));
    this.#putList();
    this.#order();
  }

  /** Takes away what is kept of its blocks up to a number, in whole pieces. Its hashes of then can no longer be asked for. */
  forgetChunks(run: BlockRun, to: number): void {
    const isAll = to >= run.last;
    for (const [kind, size] of [
      ['runRoots', CHUNK_BLOCKS],
      ['runHashes', SEGMENT_BLOCKS],
    ] as const) {
      const blocks = to - run.first + 1;
      const pieces = isAll ? Math.ceil((run.last - run.first + 1) / size) : Math.floor(blocks / size);
      for (let piece = 0; piece < pieces; piece++) this.#database.delete(keyOf(kind, run.id, chunkPart(piece)));
    }
  }

  #blockOf(
    run: BlockRun,
    number: number,
    headers: RunHeaders,
    { hash, stateRoot }: Pick<ExecutedBlock, 'hash' | 'stateRoot'>,
  ): ExecutedBlock {
    const fields = headers.fields();
    const common = this.#hardforks.commonAt(BigInt(number), BigInt(timestampIn(run, number)), run.chainId);
    const body = fields.length > WITHDRAWALS_FIELD ? [[], [], []] : [[], []];
    const raw = [fields, ...body] as never;
    const block = createBlockFromBytesArray(raw, { common, freeze: false, skipConsensusFormatValidation: true });
    return { block, hash, receipts: [], senders: [], activity: [], stateRoot };
  }

  #headersOf(run: BlockRun): RunHeaders {
    let headers = this.#headers.get(run.id);
    if (headers === undefined) {
      headers = new RunHeaders(run);
      this.#headers.set(run.id, headers);
    }
    return headers;
  }

  #chunk(run: BlockRun, chunk: number): Uint8Array {
    return this.#database.get(keyOf('runRoots', run.id, chunkPart(chunk))) as Uint8Array;
  }

  #stateRoot(run: BlockRun, number: number): Uint8Array {
    const index = number - run.first;
    const at = HASH_BYTES * (1 + (index % CHUNK_BLOCKS));
    return this.#chunk(run, Math.floor(index / CHUNK_BLOCKS)).slice(at, at + HASH_BYTES);
  }

  #parentHash(run: BlockRun, number: number): Uint8Array {
    return number === run.first ? (run.header[FIELD.parentHash] as Uint8Array) : this.hash(run, number - 1);
  }

  #chunkHashes(run: BlockRun, chunk: number): Uint8Array {
    const key = run.id + chunkPart(chunk);
    const known = this.#hashes.get(key);
    if (known !== undefined) return known;
    const bytes = this.#chunk(run, chunk);
    const headers = this.#headersOf(run);
    const hashes = new Uint8Array(bytes.length - HASH_BYTES);
    let parent: Uint8Array = bytes.slice(0, HASH_BYTES);
    for (let at = 0, number = run.first + chunk * CHUNK_BLOCKS; at < hashes.length; at += HASH_BYTES, number++) {
      parent = headers.fill(number, parent, bytes.slice(at + HASH_BYTES, at + 2 * HASH_BYTES));
      hashes.set(parent, at);
    }
    this.#hashes.set(key, hashes);
    return hashes;
  }

  *#ringBlocks(run: BlockRun, from: number, to: number): Generator<RingBlock> {
    for (let number = from; number <= to; number++) {
      yield { number, timestamp: timestampIn(run, number), parentHash: this.#parentHash(run, number) };
    }
  }

  #putList(): void {
    this.#database.put(LIST, Buffer.from([...this.#runs.keys()].join(''), 'hex'));
  }

  #order(): void {
    this.#ordered = [...this.#known.values()]
      .filter(({ first, canonicalLast }) => canonicalLast >= first)
      .sort((a, b) => a.first - b.first);
  }

  #load(): void {
    const ids = Buffer.from(this.#database.get(LIST) ?? []).toString('hex');
    const runs = new Map<string, BlockRun>();
    for (let at = 0; at < ids.length; at += 2 * ID_BYTES) {
      const id = ids.slice(at, at + 2 * ID_BYTES);
      runs.set(id, runFromBytes(this.#database.get(keyOf('run', id)) as Uint8Array));
    }
    this.#known = runs;
    this.#isStale = false;
    this.#order();
  }
}
