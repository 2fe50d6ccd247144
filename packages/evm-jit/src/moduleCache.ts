import type { Unit } from './unit.ts';

/** A compiled unit, good for every instance of the core; undefined where the block is better left to the interpreter. */
export interface CachedUnit {
  readonly module: WebAssembly.Module | undefined;
  readonly size: number;
}

/** Units of code by its hash and the offset of their first block, until they take too much room: the oldest code goes first. */
export class ModuleCache {
  readonly #byCode = new Map<string, Map<number, CachedUnit>>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  unitsOf(hash: string): ReadonlyMap<number, CachedUnit> | undefined {
    const units = this.#byCode.get(hash);
    if (units === undefined) return undefined;
    // What is used last is kept longest.
    this.#byCode.delete(hash);
    this.#byCode.set(hash, units);
    return units;
  }

  keep(hash: string, at: number, unit: Unit | undefined): CachedUnit {
    const size = unit?.bytes.length ?? 0;
    const kept = { module: unit && new WebAssembly.Module(unit.bytes), size };
    const units = this.#byCode.get(hash) ?? new Map<number, CachedUnit>();
    this.#bytes += size - (units.get(at)?.size ?? 0);
    units.set(at, kept);
    this.#byCode.set(hash, units);
    for (const [oldest, old] of this.#byCode) {
      if (this.#bytes <= this.#mostBytes || oldest === hash) break;
      this.#byCode.delete(oldest);
      for (const { size: freed } of old.values()) this.#bytes -= freed;
    }
    return kept;
  }
}
