import type { Common } from '@ethereumjs/common';
import type { UnitCompilerOptions } from '@minichain/evm-jit';
import type { OpenState, StateStore } from '../../state/stateStore.ts';
import type { OpenVmOptions } from '../openVm.ts';
import type { CoreSeats } from './coreSeats.ts';
import { DEFAULT_ENGINE, type Engine } from './engine.ts';
import { openLibraryMachine } from './libraryMachine.ts';
import type { Machine } from './machine.ts';
import { VerifyMachine } from './verifyMachine.ts';

/** Opens machines of the engine that the chain was started with. */
export interface Machines {
  /**
   * Forks that the engine does not know run on EthereumJS.
   * @param use whether something is wanted that only EthereumJS does.
   */
  open(options: OpenVmOptions, use?: { readonly onLibrary: boolean }): Promise<Machine>;
  /** Whether attempts never write into the state that they run on, so that many may share one. */
  shareStates(common: Common): Promise<boolean>;
}

/** Loaded when the first block or call asks for it: a node starts without. */
async function loadSeats(engine: Engine, compiling: UnitCompilerOptions | undefined): Promise<CoreSeats> {
  const [module, seats, jit] = await Promise.all([
    import('@minichain/evm'),
    import('./coreSeats.ts'),
    engine === 'core' ? undefined : import('@minichain/evm-jit'),
  ]);
  return new seats.CoreSeats(module, () => jit?.createUnitCompiler(compiling));
}

/**
 * @param compiling when code is compiled, by the engines that compile; each has a default.
 * @param stateStore where the second engine of `verify` opens states of its own.
 * @example const machine = await createMachines({ stateStore }).open({ state: stateStore.open(root), common, blockHash })
 */
export function createMachines({
  engine = DEFAULT_ENGINE,
  compiling,
  stateStore,
}: {
  readonly engine?: Engine;
  readonly compiling?: UnitCompilerOptions;
  readonly stateStore: Pick<StateStore, 'open'>;
}): Machines {
  if (engine === 'ethereumjs') return { open: openLibraryMachine, shareStates: async () => false };
  let loading: Promise<CoreSeats> | undefined;
  const seatsNow = (): Promise<CoreSeats> => {
    loading ??= loadSeats(engine, compiling);
    return loading;
  };
  const shadows = new WeakMap<OpenState, OpenState>();
  const shadowOf = (state: OpenState): OpenState => {
    const shadow = shadows.get(state) ?? stateStore.open(state.root);
    shadows.set(state, shadow);
    return shadow;
  };
  return {
    open: async (options, { onLibrary } = { onLibrary: false }) => {
      const seats = await seatsNow();
      if (onLibrary || !seats.supports(options.common)) return openLibraryMachine(options);
      const machine = seats.open(options);
      if (engine !== 'verify') return machine;
      const library = await openLibraryMachine({ ...options, state: shadowOf(options.state) });
      return new VerifyMachine(machine, library);
    },
    shareStates: async (common) => engine !== 'verify' && (await seatsNow()).supports(common),
  };
}
