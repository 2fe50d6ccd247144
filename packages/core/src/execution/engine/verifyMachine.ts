import { type Address, Address as AddressClass, bytesToHex, equalsBytes } from '@ethereumjs/util';
import type { StateChanges } from '@minichain/evm';
import type { AccountNow } from '../../state/accountEntry.ts';
import type { OpenState } from '../../state/stateStore.ts';
import { type ExecutionError, executionError } from '../faults.ts';
import type { CoreMachine } from './coreMachine.ts';
import { EventStream } from './eventStream.ts';
import type { LibraryMachine } from './libraryMachine.ts';
import type {
  EditableState,
  Machine,
  MachineAccount,
  MaybePromise,
  SystemCallResult,
  TransactionResult,
  TransactionRun,
} from './machine.ts';

type Outcome = { readonly result: TransactionResult } | { readonly error: unknown };

const differ = (what: string, theirs: unknown, ours: unknown): ExecutionError =>
  executionError({
    code: 'ENGINES_DIFFER',
    detail: `${what} is ${shown(theirs)} by EthereumJS, ${shown(ours)} by the core`,
  });

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (value instanceof Error) return `refused: ${value.message}`;
  return (
    JSON.stringify(value, (_, one) =>
      typeof one === 'bigint' ? `${one}` : one instanceof Uint8Array ? bytesToHex(one) : one,
    ) ?? 'undefined'
  );
}

/** Within one basic block another rule may be found broken first; the message fails and costs all of its gas either way. */
function kindOf({ halt }: TransactionResult): string {
  return halt === undefined ? 'success' : halt === 'revert' ? 'revert' : 'halt';
}

const comparable = (result: TransactionResult) => ({
  outcome: kindOf(result),
  'gas used': result.gasUsed,
  'gas before refunds': result.gasBeforeRefund,
  output: result.output,
  logs: result.logs,
  bloom: result.logsBloom,
});

function compareResults(theirs: TransactionResult, ours: TransactionResult): void {
  const expected = Object.entries(comparable(theirs));
  const found = comparable(ours) as Record<string, unknown>;
  for (const [what, value] of expected) {
    if (shown(value) !== shown(found[what])) throw differ(what, value, found[what]);
  }
}

async function outcomeOf(run: () => MaybePromise<TransactionResult>): Promise<Outcome> {
  try {
    return { result: await run() };
  } catch (error) {
    return { error };
  }
}

/** Runs everything twice, by EthereumJS and by the core, each on a state of its own, and lets no difference pass. */
export class VerifyMachine implements Machine {
  readonly #core: CoreMachine;
  readonly #library: LibraryMachine;

  constructor(core: CoreMachine, library: LibraryMachine) {
    this.#core = core;
    this.#library = library;
  }

  get common(): LibraryMachine['common'] {
    return this.#library.common;
  }

  get state(): OpenState {
    return this.#core.state;
  }

  async run(run: TransactionRun): Promise<TransactionResult> {
    const result = await this.#both(run, (machine, its) => machine.run(its));
    await this.#compareChanges(this.#core.settle());
    if (result.stateRoot !== undefined) await this.stateRoot();
    return result;
  }

  attempt(run: TransactionRun): Promise<TransactionResult> {
    return this.#both(run, (machine, its) => machine.attempt(its));
  }

  async callSystem(contract: Address): Promise<SystemCallResult> {
    const theirs = await this.#library.callSystem(contract);
    const ours = await this.#core.callSystem(contract);
    for (const what of ['output', 'halt'] as const) {
      if (shown(theirs[what]) !== shown(ours[what]))
        throw differ(`the ${what} of ${contract}`, theirs[what], ours[what]);
    }
    await this.#compareChanges(this.#core.settle());
    return theirs;
  }

  account(address: Address): MachineAccount | undefined {
    return this.#core.account(address);
  }

  settledAccount(address: Address): AccountNow | undefined {
    return this.#core.settledAccount(address);
  }

  code(address: Address): Uint8Array {
    return this.#core.code(address);
  }

  storage(address: Address, key: Uint8Array): Uint8Array {
    return this.#core.storage(address, key);
  }

  isPrecompile(address: Address): boolean {
    return this.#core.isPrecompile(address);
  }

  async edit(change: (state: EditableState) => Promise<void>): Promise<void> {
    await this.#library.edit(change);
    await this.#core.edit(change);
  }

  async stateRoot(): Promise<Uint8Array> {
    const [theirs, ours] = [await this.#library.stateRoot(), await this.#core.stateRoot()];
    if (!equalsBytes(theirs, ours)) throw differ('the state root', theirs, ours);
    return ours;
  }

  close(): void {
    this.#core.close();
    this.#library.close();
  }

  /** An observer is told by the core, of which both must tell the same. */
  async #both(
    { observer, ...run }: TransactionRun,
    start: (machine: Machine, run: TransactionRun) => MaybePromise<TransactionResult>,
  ): Promise<TransactionResult> {
    const watchesSteps = observer?.step !== undefined;
    const [seen, told] = [new EventStream(undefined, watchesSteps), new EventStream(observer, watchesSteps)];
    const watched = (stream: EventStream) => (observer === undefined ? run : { ...run, observer: stream });
    const theirs = await outcomeOf(() => start(this.#library, watched(seen)));
    const ours = await outcomeOf(() => start(this.#core, watched(told)));
    if (told.failure !== undefined) throw told.failure;
    const [expected, found] = told.differenceFrom(seen) ?? [];
    if (expected !== undefined) throw differ('what a transaction does', expected, found);
    if ('error' in theirs && 'error' in ours) throw theirs.error;
    if ('error' in theirs || 'error' in ours) {
      const [expected, found] = [theirs, ours].map((one) => ('error' in one ? one.error : kindOf(one.result)));
      throw differ('the outcome', expected, found);
    }
    // Of a creation that cannot pay for its code, which Frontier lets succeed, EthereumJS keeps nothing to show.
    const isShown = run.fields.to !== undefined || this.common.gteHardfork('homestead');
    compareResults(isShown ? theirs.result : { ...theirs.result, output: ours.result.output }, ours.result);
    const { record } = ours.result;
    return record === undefined ? theirs.result : { ...theirs.result, record };
  }

  /** Every account and slot that the core has changed is what it is for EthereumJS. */
  async #compareChanges(changes: StateChanges | undefined): Promise<void> {
    const { manager } = this.#library.state;
    for (const { address: bytes, account, slots } of changes?.accounts ?? []) {
      const address = new AddressClass(bytes);
      const theirs = await manager.getAccount(address);
      const facts = (of: MachineAccount | undefined) => of && [of.nonce, of.balance, bytesToHex(of.codeHash)];
      if (shown(facts(theirs)) !== shown(facts(account)))
        throw differ(`account ${address}`, facts(theirs), facts(account));
      for (const { key, value } of slots) {
        const stored = await manager.getStorage(address, key);
        if (!equalsBytes(stored, value)) throw differ(`slot ${bytesToHex(key)} of ${address}`, stored, value);
      }
    }
  }
}
