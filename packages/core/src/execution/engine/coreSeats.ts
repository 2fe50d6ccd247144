import type { Common } from '@ethereumjs/common';
import type { UnitCompiler } from '@minichain/evm';
import type { OpenVmOptions } from '../openVm.ts';
import { Pace } from '../pace.ts';
import { CoreMachine } from './coreMachine.ts';
import { CoreSeat } from './coreSeat.ts';

/** Idle cores that are kept: as many as run beside each other on an ordinary day. */
const KEPT = 4;

/** Lends out cores, which cost a few milliseconds and megabytes each, and knows which state each stands on. */
export class CoreSeats {
  readonly #module: typeof import('@minichain/evm');
  readonly #createCompiler: () => UnitCompiler | undefined;
  /** By the rules that they compile for. */
  readonly #compilers = new WeakMap<Common, UnitCompiler | undefined>();
  readonly #idle: CoreSeat[] = [];

  constructor(
    module: typeof import('@minichain/evm'),
    createCompiler: () => UnitCompiler | undefined = () => undefined,
  ) {
    this.#module = module;
    this.#createCompiler = createCompiler;
  }

  supports(common: Common): boolean {
    return this.#module.Core.supports(common);
  }

  open({ state, common, blockHash, pace = new Pace() }: OpenVmOptions): CoreMachine {
    const seat = this.#take({ state, common });
    if (seat.world?.state !== state) seat.turnTo({ state, blockHash });
    return new CoreMachine({ seat, pace, release: (used) => this.#keep(used) });
  }

  /** One that stands on the state already, else any that has the rules, else a new one. */
  #take({ state, common }: Pick<OpenVmOptions, 'state' | 'common'>): CoreSeat {
    const fitting = this.#idle.filter((seat) => seat.common === common);
    const best = fitting.find(({ world }) => world?.state === state) ?? fitting[0];
    if (best === undefined) return new CoreSeat(this.#module, common, this.#compilerFor(common));
    this.#idle.splice(this.#idle.indexOf(best), 1);
    return best;
  }

  #compilerFor(common: Common): UnitCompiler | undefined {
    if (!this.#compilers.has(common)) this.#compilers.set(common, this.#createCompiler());
    return this.#compilers.get(common);
  }

  #keep(seat: CoreSeat): void {
    if (seat.isLarge) return;
    this.#idle.push(seat);
    if (this.#idle.length > KEPT) this.#idle.shift();
  }
}
