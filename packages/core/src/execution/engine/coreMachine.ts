import { type Address, bigIntToAddressBytes } from '@ethereumjs/util';
import type { CoreMessage, CoreResult, StateChanges, Suspended } from '@minichain/evm';
import { CoreFull } from '@minichain/evm';
import type { AccountNow } from '../../state/accountEntry.ts';
import type { OpenState } from '../../state/stateStore.ts';
import type { Pace } from '../pace.ts';
import type { MessageOutcome } from './coreParts.ts';
import type { CoreSeat, CoreWorld } from './coreSeat.ts';
import { haltFromStatus } from './haltWords.ts';
import type {
  EditableState,
  Machine,
  MachineAccount,
  MaybePromise,
  SystemCallResult,
  TransactionResult,
  TransactionRun,
} from './machine.ts';
import { closeTransaction, openTransaction } from './transaction.ts';

interface CoreMachineModules {
  readonly seat: CoreSeat;
  readonly pace: Pace;
  readonly release: (seat: CoreSeat) => void;
}

const NO_DATA = new Uint8Array();

const isSuspended = (ended: CoreResult | Suspended): ended is Suspended => 'why' in ended;

const outcomeFrom = ({ status, gasLeft, refund, output }: CoreResult): MessageOutcome => ({
  halt: haltFromStatus(status),
  gasLeft,
  refund,
  output,
});

/** Runs transactions by our core: at once, unless code runs for so long that others must have their turn. */
export class CoreMachine implements Machine {
  readonly #seat: CoreSeat;
  readonly #pace: Pace;
  readonly #release: (seat: CoreSeat) => void;
  #isClosed = false;
  #hasWritten = false;

  constructor({ seat, pace, release }: CoreMachineModules) {
    this.#seat = seat;
    this.#pace = pace;
    this.#release = release;
  }

  get common(): CoreSeat['common'] {
    return this.#seat.common;
  }

  get state(): OpenState {
    return (this.#seat.world as CoreWorld).state;
  }

  run(run: TransactionRun): MaybePromise<TransactionResult> {
    this.#hasWritten = true;
    const ran = this.#withRoom(run);
    return ran instanceof Promise ? ran.then((result) => this.#kept(result)) : this.#kept(ran);
  }

  attempt(run: TransactionRun): MaybePromise<TransactionResult> {
    const { core } = this.#seat;
    this.#seat.use(run.header);
    const before = core.checkpoint();
    const ran = this.#withRoom(run);
    if (ran instanceof Promise) return ran.finally(() => core.revert(before));
    core.revert(before);
    return ran;
  }

  callSystem(contract: Address): MaybePromise<SystemCallResult> {
    this.#hasWritten = true;
    const { core } = this.#seat;
    this.#seat.use();
    const caller = bigIntToAddressBytes(this.common.param('systemAddress'));
    const gas = this.common.param('systemCallGasLimit');
    core.beginTransaction({ origin: caller, gasPrice: 0n });
    const ended = this.#finish({ caller, to: contract.bytes, value: 0n, data: NO_DATA, gas });
    const close = ({ output, halt }: MessageOutcome): SystemCallResult => {
      core.endTransaction();
      return { output, halt };
    };
    return ended instanceof Promise ? ended.then(close) : close(ended);
  }

  account(address: Address): MachineAccount | undefined {
    this.#seat.use();
    return this.#seat.core.account(address.bytes);
  }

  settledAccount(address: Address): AccountNow | undefined {
    this.settle();
    return this.state.manager.accountNow(address.bytes);
  }

  code(address: Address): Uint8Array {
    this.#seat.use();
    return this.#seat.core.code(address.bytes);
  }

  storage(address: Address, key: Uint8Array): Uint8Array {
    this.#seat.use();
    return this.#seat.core.slot(address.bytes, key);
  }

  isPrecompile({ bytes }: Address): boolean {
    return this.#seat.precompiles.some((address) => Buffer.compare(address, bytes) === 0);
  }

  async edit(change: (state: EditableState) => Promise<void>): Promise<void> {
    this.#hasWritten = true;
    this.settle();
    await change(this.state.manager);
    this.#seat.turnTo(this.#seat.world as CoreWorld);
  }

  async stateRoot(): Promise<Uint8Array> {
    this.settle();
    return this.state.manager.getStateRoot();
  }

  /** Hands to the state what was changed. */
  settle(): StateChanges | undefined {
    return this.#seat.settle();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // Others may change a state that was written to; one that was only read is shared, and stays as it is.
    if (this.#hasWritten) this.#seat.leave();
    this.#release(this.#seat);
  }

  /** What stays needs no way back. */
  #kept(result: TransactionResult): MaybePromise<TransactionResult> {
    this.#seat.core.settle();
    if (this.#seat.rules.hasStatus) return result;
    return this.stateRoot().then((stateRoot) => ({ ...result, stateRoot }));
  }

  /** Runs it again with more room, where a core that has none left ended it. */
  #withRoom(run: TransactionRun): MaybePromise<TransactionResult> {
    this.#seat.use(run.header);
    const before = this.#seat.core.checkpoint();
    try {
      const ran = this.#transact(run);
      return ran instanceof Promise ? ran.catch((error: unknown) => this.#again(run, before, error)) : ran;
    } catch (error) {
      return this.#again(run, before, error);
    }
  }

  #again(run: TransactionRun, before: number, error: unknown): MaybePromise<TransactionResult> {
    this.#seat.core.revert(before);
    if (!(error instanceof CoreFull)) throw error;
    this.settle();
    this.#seat.enlarge(error);
    return this.#withRoom(run);
  }

  #transact(run: TransactionRun): MaybePromise<TransactionResult> {
    const seat = this.#seat;
    const opened = openTransaction(seat.core, run, seat.rules);
    seat.recorder.start(run.recording ?? 'nothing', run.observer);
    const close = (outcome: MessageOutcome): TransactionResult => {
      const result = closeTransaction(seat.core, opened, outcome, seat.rules);
      const record = seat.recorder.take();
      // Not copied, which would work the bloom out.
      return record === undefined ? result : Object.assign(result, { record });
    };
    const ended = this.#finish(opened.message);
    return ended instanceof Promise ? ended.then(close) : close(ended);
  }

  /** Runs a message to its end. */
  #finish(message: CoreMessage): MaybePromise<MessageOutcome> {
    const seat = this.#seat;
    seat.allowSlice();
    let ended = seat.core.run(message);
    while (isSuspended(ended)) {
      const turn = this.#pause(ended);
      if (turn !== undefined) return this.#goOn(turn);
      ended = seat.resume();
    }
    return outcomeFrom(ended);
  }

  async #goOn(turn: Promise<void>): Promise<MessageOutcome> {
    await turn;
    let ended = this.#seat.resume();
    while (isSuspended(ended)) {
      await this.#pause(ended);
      ended = this.#seat.resume();
    }
    return outcomeFrom(ended);
  }

  /** @returns what is to be waited for, if anything. @throws ExecutionError TIMED_OUT. */
  #pause({ fetch }: Suspended): Promise<void> | undefined {
    return fetch === undefined ? this.#pace.breathe() : fetch();
  }
}
