import {
  Address,
  bigIntToBytes,
  bytesToHex,
  eoaCode7702RecoverAuthority,
  equalsBytes,
  hexToBytes,
  KECCAK256_NULL,
  type PrefixedHexString,
  setLengthLeft,
} from '@ethereumjs/util';
import type { StateView } from '../../state/stateView.ts';
import { createdAddress } from '../receipt.ts';
import type { ObservedMessage, TraceState, TraceStep } from '../traceObserver.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { Tracer, TraceSubject } from './tracer.ts';
import type { AccountChanged, PrestateAccount, AccountSeen as Read, TraceOptions, TraceResult } from './traceTypes.ts';

type Config = NonNullable<TraceOptions['tracerConfig']>;
type Accounts = Map<string, PrestateAccount>;
type Slot = readonly [slot: Uint8Array, value: Uint8Array];

const OPCODE = { sload: 0x54, sstore: 0x55, selfDestruct: 0xff };
/** BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFDESTRUCT. */
const ADDRESS_ON_TOP = new Set([0x31, 0x3b, 0x3c, 0x3f, 0xff]);
/** CALL, CALLCODE, DELEGATECALL, STATICCALL. */
const CALLS = new Set([0xf1, 0xf2, 0xf4, 0xfa]);
const addressOf = (value: bigint): Address => new Address(setLengthLeft(bigIntToBytes(value % 2n ** 160n), 20));
const fromKey = (hex: string): Address => new Address(hexToBytes(hex as PrefixedHexString));
const isZero = (value: Uint8Array): boolean => value.every((byte) => byte === 0);

/** Where an account with EIP-7702's delegation takes its code from. */
function delegateOf(code: Uint8Array): Address | undefined {
  const delegates = code.length === 23 && code[0] === 0xef && code[1] === 0x01 && code[2] === 0x00;
  return delegates ? new Address(code.slice(3)) : undefined;
}

/** Notes which accounts and slots a transaction looks at; their values are read from the states before and after. */
export class PrestateTracer implements Tracer {
  readonly #config: Config;
  readonly #subject: TraceSubject;
  readonly #budget: TraceBudget;
  readonly #before: StateView;
  readonly #touched = new Map<string, Set<string>>();
  readonly #destroyed = new Set<string>();
  #state: TraceState | undefined;

  private constructor(subject: TraceSubject, config: Config, before: StateView) {
    this.#config = config;
    this.#subject = subject;
    this.#budget = subject.budget;
    this.#before = before;
  }

  /** @param subject as it is before its transaction runs. */
  static async open(subject: TraceSubject, config: Config): Promise<PrestateTracer> {
    const tracer = new PrestateTracer(subject, config, await subject.view());
    await tracer.#touchTransaction();
    return tracer;
  }

  begin(state: TraceState): void {
    this.#state = state;
  }

  enter({ kind, to }: ObservedMessage): void {
    if (kind === 'CREATE' || kind === 'CREATE2') this.#touch(new Address(to));
  }

  step(step: TraceStep): void {
    const { opcode, stackSize } = step;
    if (stackSize === 0) return;
    if (opcode === OPCODE.sload || opcode === OPCODE.sstore) this.#touchSlot(new Address(step.address), step.word(0));
    if (ADDRESS_ON_TOP.has(opcode)) this.#touch(addressOf(step.word(0)));
    if (opcode === OPCODE.selfDestruct) this.#destroyed.add(bytesToHex(step.address));
    if (stackSize < 2 || !CALLS.has(opcode)) return;
    const called = addressOf(step.word(1));
    this.#touch(called);
    this.#touch(delegateOf((this.#state as TraceState).code(called.bytes)));
  }

  /** Every account that was touched and is not as it was. */
  async changes(): Promise<AccountChanged[]> {
    const after = await this.#subject.view();
    const changed: AccountChanged[] = [];
    for (const [address, slots] of this.#touched) {
      const before = await read(this.#before, address, slots);
      const now = await read(after, address, slots);
      this.#budget.spend(bytesOf(before) + bytesOf(now));
      if (before.isPresent !== now.isPresent || changedFields(before, now, {}) !== undefined)
        changed.push({ address, before, now });
    }
    return changed;
  }

  async finish(): Promise<TraceResult> {
    if (this.#config.diffMode !== true) return { type: 'prestate', accounts: await this.#prestate() };
    return { type: 'diff', ...(await this.#diff(await this.#subject.view())) };
  }

  /** Every transaction touches its sender, its recipient or creation, the coinbase, and who signed authorisations. */
  async #touchTransaction(): Promise<void> {
    const { sender, coinbase } = this.#subject;
    const tx = this.#subject.tx();
    const before = this.#before;
    const to = tx.to ?? createdAddress(sender, (await before.account(sender)).nonce);
    for (const address of [sender, to, coinbase]) this.#touch(address);
    this.#touch(delegateOf(await before.code(to)));
    if (!('authorizationList' in tx)) return;
    for (const authorization of tx.authorizationList) {
      try {
        this.#touch(eoaCode7702RecoverAuthority(authorization));
      } catch {
        // An authorisation whose signature recovers to nobody touches nobody.
      }
    }
  }

  /** What the transaction found. Accounts that were empty show only when asked for. */
  async #prestate(): Promise<Accounts> {
    const [before, config] = [this.#before, this.#config];
    const accounts: Accounts = new Map();
    for (const [address, slots] of this.#touched) {
      const found = await read(before, address, slots);
      this.#budget.spend(bytesOf(found));
      if (exists(found) || config.includeEmpty === true) accounts.set(address, shown(found, config));
    }
    return accounts;
  }

  /** What differs: old values in `pre`, new ones in `post`. What destroyed itself has no new ones. */
  async #diff(after: StateView): Promise<{ pre: Accounts; post: Accounts }> {
    const [before, config] = [this.#before, this.#config];
    const [pre, post]: [Accounts, Accounts] = [new Map(), new Map()];
    for (const [address, slots] of this.#touched) {
      const old = await read(before, address, slots);
      const now = await read(after, address, slots);
      this.#budget.spend(bytesOf(old) + bytesOf(now));
      // Since EIP-6780 what destroys itself mostly stays.
      const isDestroyed = this.#destroyed.has(address) && !now.isPresent;
      const changed = changedFields(old, now, config);
      if (!isDestroyed && changed === undefined) continue;
      const storage = isDestroyed ? old.storage : changedSlots(old, now).filter(([, value]) => !isZero(value));
      if (exists(old) || config.includeEmpty === true) pre.set(address, shown({ ...old, storage }, config));
      if (!isDestroyed && changed !== undefined) post.set(address, changed);
    }
    return { pre, post };
  }

  #touch(address: Address | undefined): void {
    const key = address?.toString();
    if (key !== undefined && !this.#touched.has(key)) this.#touched.set(key, new Set());
  }

  #touchSlot(address: Address, slot: bigint): void {
    this.#touch(address);
    this.#touched.get(address.toString())?.add(bytesToHex(setLengthLeft(bigIntToBytes(slot), 32)));
  }
}

async function read(view: StateView, hex: string, slots: ReadonlySet<string>): Promise<Read> {
  const address = fromKey(hex);
  const { exists: isPresent, balance, nonce, codeHash } = await view.account(address);
  const storage: Slot[] = [];
  for (const slot of slots) {
    const key = hexToBytes(slot as PrefixedHexString);
    storage.push([key, await view.storage(address, key)]);
  }
  return { isPresent, balance, nonce, codeHash, code: await view.code(address), storage };
}

/** About how many bytes of JSON an account becomes. */
const bytesOf = ({ code, storage }: Read): number => 200 + 2 * code.length + 140 * storage.length;

const exists = ({ balance, nonce, code }: Read): boolean => balance > 0n || nonce > 0n || code.length > 0;

function shown({ balance, nonce, code, codeHash, storage }: Read, config: Config): PrestateAccount {
  return {
    balance,
    ...(nonce === 0n ? {} : { nonce }),
    ...(code.length === 0 ? {} : { codeHash }),
    ...(code.length === 0 || config.disableCode === true ? {} : { code }),
    ...(storage.length === 0 || config.disableStorage === true ? {} : { storage }),
  };
}

/** Old values of the slots that have new ones. */
function changedSlots(old: Read, now: Read): readonly Slot[] {
  return old.storage.filter(([, value], i) => !equalsBytes(value, (now.storage[i] as Slot)[1]));
}

/** New values; undefined when nothing that the options let show has changed. */
function changedFields(old: Read, now: Read, config: Config): PrestateAccount | undefined {
  const storage = config.disableStorage === true ? [] : changedSlots(now, old);
  const kept = storage.filter(([, value]) => !isZero(value));
  const hasNewCode = !equalsBytes(old.code, now.code);
  if (old.balance === now.balance && old.nonce === now.nonce && !hasNewCode && storage.length === 0) return undefined;
  return {
    ...(old.balance === now.balance ? {} : { balance: now.balance }),
    ...(old.nonce === now.nonce ? {} : { nonce: now.nonce }),
    ...(hasNewCode ? { codeHash: now.code.length === 0 ? KECCAK256_NULL : now.codeHash } : {}),
    ...(hasNewCode && config.disableCode !== true ? { code: now.code } : {}),
    ...(kept.length === 0 ? {} : { storage: kept }),
  };
}
