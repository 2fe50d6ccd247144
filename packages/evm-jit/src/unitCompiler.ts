import type { CompiledInstance, InstanceUnits, UnitCompiler } from '@minichain/evm';
import { Budget } from './budget.ts';
import { DecodedCode, OPERATION } from './decoded.ts';
import { FRAME } from './frame.ts';
import type { GraphOptions } from './graph.ts';
import { IMPORTS } from './imports.ts';
import { type CachedUnit, ModuleCache } from './moduleCache.ts';
import { compileUnit } from './unit.ts';
import { CORE, UNIT } from './wasm.ts';

export interface UnitCompilerOptions {
  /** Entries of a block after which it is compiled; default 1,000. */
  readonly threshold?: number;
  /** Which blocks a unit takes in: those that have run, or all that may be reached. Default `executed`. */
  readonly reach?: 'executed' | 'all';
  /** Most bytes of WebAssembly that are kept; default 4 MB. */
  readonly mostBytes?: number;
  /** Whether compiling may take no more than a share of the time that code runs for; default true. */
  readonly hasBudget?: boolean;
}

/** What was done so far. */
export interface UnitStatistics {
  units: number;
  /** Blocks that were offered and left to the interpreter. */
  refused: number;
  /** That could not be made into WebAssembly: after the first, all is interpreted. */
  failed: number;
  /** Of WebAssembly. */
  bytes: number;
  milliseconds: number;
}

const THRESHOLD = 1_000;
const MOST_BYTES = 1 << 22;
/** Units of one instance, whose functions are dropped together when the core next forgets its codes. */
const MOST_PLACES = 500;
/** A block that is offered while there is no time for it comes again after so many entries more. */
const PATIENCE = 4;

/** Everything that instances share. */
interface Shared {
  readonly threshold: number;
  readonly reach: 'executed' | 'all';
  readonly cache: ModuleCache;
  readonly budget: Budget;
  readonly statistics: UnitStatistics;
  /** WebAssembly may not be compiled here. */
  isForbidden: boolean;
}

/** The units of one instance of the core: places in its table. */
class Units implements InstanceUnits {
  readonly #instance: CompiledInstance;
  readonly #shared: Shared;
  readonly #imports: WebAssembly.Imports;
  readonly #places = new Map<WebAssembly.Module, number>();
  readonly #firstPlace: number;
  #nextPlace: number;

  constructor(instance: CompiledInstance, shared: Shared) {
    this.#instance = instance;
    this.#shared = shared;
    const exports = instance.exports as unknown as Record<string, WebAssembly.ExportValue>;
    const functions = IMPORTS.map(({ name }) => [name, exports[name] as WebAssembly.ExportValue]);
    this.#imports = { [CORE]: { memory: instance.exports.memory, ...Object.fromEntries(functions) } };
    this.#firstPlace = instance.exports.table.length;
    this.#nextPlace = this.#firstPlace;
  }

  decoded(record: number): void {
    if (this.#shared.isForbidden) return;
    const code = new DecodedCode(this.#instance.memory, record);
    for (const [at, unit] of this.#shared.cache.unitsOf(code.hash) ?? []) this.#put(code, at, unit);
  }

  hot(frame: number, block: number): void {
    const { memory } = this.#instance;
    const { threshold, cache, budget, isForbidden } = this.#shared;
    const code = new DecodedCode(memory, memory.u32(frame + FRAME.code));
    const at = block - code.start;
    if (isForbidden || this.#isFull) {
      code.turn(at, OPERATION.block, 0);
      return;
    }
    const known = cache.unitsOf(code.hash)?.get(at);
    if (known === undefined && !budget.allows()) {
      code.turn(at, OPERATION.countedBlock, threshold * PATIENCE + 1);
      return;
    }
    try {
      this.#put(code, at, known ?? this.#compile(code, at));
    } catch {
      // Compiled code is never needed: where it cannot be had, the interpreter goes on.
      this.#shared.statistics.failed++;
      this.#shared.isForbidden = true;
      code.turn(at, OPERATION.block, 0);
    }
  }

  forgotten(): void {
    if (!this.#isFull) return;
    const { table } = this.#instance.exports;
    for (let place = this.#firstPlace; place < this.#nextPlace; place++) table.set(place, null);
    this.#nextPlace = this.#firstPlace;
    this.#places.clear();
  }

  began(): void {
    this.#shared.budget.began();
  }

  ended(): void {
    this.#shared.budget.ended();
  }

  get #isFull(): boolean {
    return this.#places.size >= MOST_PLACES;
  }

  #compile(code: DecodedCode, at: number): CachedUnit {
    const { cache, budget, statistics } = this.#shared;
    const from = performance.now();
    try {
      const unit = compileUnit(code, at, this.#graphOptions());
      const kept = cache.keep(code.hash, at, unit);
      if (unit === undefined) statistics.refused++;
      else statistics.units++;
      statistics.bytes += kept.size;
      return kept;
    } finally {
      const took = performance.now() - from;
      budget.spent(took);
      statistics.milliseconds += took;
    }
  }

  #graphOptions(): GraphOptions {
    const { reach, threshold } = this.#shared;
    if (reach === 'all') return { isWanted: () => true };
    return { isWanted: ({ operation, count }) => operation !== OPERATION.countedBlock || count !== threshold };
  }

  #put(code: DecodedCode, at: number, { module }: CachedUnit): void {
    if (module === undefined || this.#isFull) code.turn(at, OPERATION.block, 0);
    else code.turn(at, OPERATION.unitBlock, this.#placeOf(module));
  }

  #placeOf(module: WebAssembly.Module): number {
    const known = this.#places.get(module);
    if (known !== undefined) return known;
    const { table } = this.#instance.exports;
    const place = this.#nextPlace++;
    if (place >= table.length) table.grow(Math.max(16, table.length));
    const { exports } = new WebAssembly.Instance(module, this.#imports);
    table.set(place, exports[UNIT]);
    this.#places.set(module, place);
    return place;
  }
}

/**
 * A compiler for cores with the same rules: units are kept by code, so that every such core has them at once.
 * @example new Core({ common, precompile, compiler: createUnitCompiler() })
 */
export function createUnitCompiler(options: UnitCompilerOptions = {}): UnitCompiler & {
  readonly statistics: Readonly<UnitStatistics>;
} {
  const { threshold = THRESHOLD, reach = 'executed', mostBytes = MOST_BYTES, hasBudget = true } = options;
  const statistics = { units: 0, refused: 0, failed: 0, bytes: 0, milliseconds: 0 };
  const budget = new Budget(hasBudget);
  const shared: Shared = {
    threshold,
    reach,
    cache: new ModuleCache(mostBytes),
    budget,
    statistics,
    isForbidden: false,
  };
  return { threshold, statistics, attach: (instance) => new Units(instance, shared) };
}
