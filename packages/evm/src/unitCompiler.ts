import type { CoreExports } from './coreExports.ts';
import type { CoreMemory } from './coreMemory.ts';

/** The instance that compiled code works in. */
export interface CompiledInstance {
  readonly exports: CoreExports;
  readonly memory: CoreMemory;
}

/** What a compiler does for one instance of the core. */
export interface InstanceUnits {
  /** A code was decoded: blocks whose units are known become units. */
  decoded(code: number): void;
  /** A block's count is over: it becomes a unit, an ordinary block, or is counted on. Never throws. */
  hot(frame: number, block: number): void;
  /** The core has forgotten all codes. */
  forgotten(): void;
  /** Code begins to run, and ends or waits. */
  began(): void;
  ended(): void;
}

/**
 * Turns blocks that are entered often into WebAssembly functions on the core's own memory; see `@minichain/evm-jit`.
 * @example new Core({ common, precompile, compiler: createUnitCompiler() })
 */
export interface UnitCompiler {
  /** Entries after which a block is offered. */
  readonly threshold: number;
  attach(instance: CompiledInstance): InstanceUnits;
}
