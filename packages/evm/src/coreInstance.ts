import type { Common } from '@ethereumjs/common';
import type { CoreExports } from './coreExports.ts';
import { CoreMemory } from './coreMemory.ts';
import { type CoreLimits, numbersOf } from './forkRules.ts';
import { type Host, hostImports } from './hostImports.ts';
import { opcodesOf } from './opcodeTable.ts';
import type { Regions } from './regions.ts';
import type { CoreStateReader, PrecompileRun } from './types.ts';
import type { UnitCompiler } from './unitCompiler.ts';
import { coreModule } from './wasm/coreModule.ts';

export interface CoreOptions {
  readonly common: Common;
  /** What runs at a low address; undefined where no precompile is. The identity (4) runs in the core itself. */
  readonly precompile: (address: number) => PrecompileRun | undefined;
  readonly limits?: CoreLimits;
  /** Compiles what runs often; without one all is interpreted. */
  readonly compiler?: UnitCompiler | undefined;
}

/** Where nothing is. */
export const NO_STATE: CoreStateReader = {
  account: () => undefined,
  slot: () => new Uint8Array(),
  code: () => new Uint8Array(),
  blockHash: () => undefined,
};

const PRECOMPILE_ADDRESSES = 1024;
const IDENTITY = 4;

function writeRules(exports: CoreExports, memory: CoreMemory, { common, precompile, limits = {} }: CoreOptions): void {
  const opcodes = exports.opcodesAt();
  for (const [op, { gas, taken, put }] of opcodesOf(common)) {
    memory.setU32(opcodes + 8 * op, gas);
    memory.bytes.set([taken, put, 1], opcodes + 8 * op + 4);
  }
  const at = exports.precompilesAt();
  for (let address = 1; address < PRECOMPILE_ADDRESSES; address++) {
    memory.bytes[at + address] = address === IDENTITY || precompile(address) !== undefined ? 1 : 0;
  }
  const numbers = exports.numbersAt();
  for (const [i, number] of numbersOf(common, limits).entries()) {
    memory.view.setBigInt64(numbers + 8 * i, BigInt(number), true);
  }
  exports.readRules();
}

/** An instance with a fork's rules that knows nothing yet; the host is completed with it. */
export function openInstance(options: CoreOptions, regions: Regions, host: Host): CoreExports {
  const instance = new WebAssembly.Instance(coreModule(), { host: hostImports(host) });
  const exports = instance.exports as unknown as CoreExports;
  const { accounts, slots, journal, logs, codes, output } = regions;
  exports.setup(accounts, slots, journal, logs, codes, output);
  host.exports = exports;
  host.memory = new CoreMemory(exports);
  writeRules(exports, host.memory, options);
  host.units = options.compiler?.attach({ exports, memory: host.memory });
  exports.countDown(options.compiler?.threshold ?? 0);
  return exports;
}
