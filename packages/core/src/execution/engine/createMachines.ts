import type { OpenVmOptions } from '../openVm.ts';
import { openLibraryMachine } from './libraryMachine.ts';
import type { Machine } from './machine.ts';

/** Opens machines of the engine that the chain was started with. */
export interface Machines {
  open(options: OpenVmOptions): Promise<Machine>;
}

/** @example const machine = await createMachines().open({ state: stateStore.open(root), common, blockHash }) */
export function createMachines(): Machines {
  return { open: openLibraryMachine };
}
