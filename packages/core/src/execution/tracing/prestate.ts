import type { EVMInterface, InterpreterStep } from '@ethereumjs/evm';
import type { TypedTransaction } from '@ethereumjs/tx';
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
import { onStep } from './onStep.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { PrestateAccount, TraceOptions } from './traceTypes.ts';

type Config = NonNullable<TraceOptions['tracerConfig']>;
type Accounts = Map<string, PrestateAccount>;
type Slot = readonly [slot: Uint8Array, value: Uint8Array];

/** An account in full: what it can show is chosen afterwards. */
interface Read {
  readonly isPresent: boolean;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  readonly codeHash: Uint8Array;
  readonly storage: readonly Slot[];
}

const ADDRESS_ON_TOP = new Set(['BALANCE', 'EXTCODECOPY', 'EXTCODESIZE', 'EXTCODEHASH', 'SELFDESTRUCT']);
const CALLS = new Set(['CALL', 'CALLCODE', 'DELEGATECALL', 'STATICCALL']);
const addressOf = (value: bigint): Address => new Address(setLengthLeft(bigIntToBytes(value % 2n ** 160n), 20));
const fromKey = (hex: string): Address => new Address(hexToBytes(hex as PrefixedHexString));
const isZero = (value: Uint8Array): boolean => value.every((byte) => byte === 0);

/** Where an account with EIP-7702's delegation takes its code from. */
function delegateOf(code: Uint8Array): Address | undefined {
  const delegates = code.length === 23 && code[0] === 0xef && code[1] === 0x01 && code[2] === 0x00;
  return delegates ? new Address(code.slice(3)) : undefined;
}

/** Notes which accounts and slots a transaction looks at; their values are read from the states before and after. */
export class PrestateTracer {
  readonly #budget: TraceBudget;
  readonly #touched = new Map<string, Set<string>>();
  readonly #destroyed = new Set<string>();

  constructor(budget: TraceBudget) {
    this.#budget = budget;
  }

  attach(evm: EVMInterface): () => void {
    const created = ({ address }: { address: Address }): void => this.#touch(address);
    evm.events?.on('newContract', created);
    const offStep = onStep(evm, (event) => this.#step(event));
    return () => {
      evm.events?.off('newContract', created);
      offStep();
    };
  }

  /** Every transaction touches its sender, its recipient or creation, the coinbase, and who signed authorisations. */
  async touchTransaction(tx: TypedTransaction, sender: Address, coinbase: Address, before: StateView): Promise<void> {
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
  async prestate(before: StateView, config: Config): Promise<Accounts> {
    const accounts: Accounts = new Map();
    for (const [address, slots] of this.#touched) {
      const found = await read(before, address, slots);
      this.#budget.spend(bytesOf(found));
      if (exists(found) || config.includeEmpty === true) accounts.set(address, shown(found, config));
    }
    return accounts;
  }

  /** What differs: old values in `pre`, new ones in `post`. What destroyed itself has no new ones. */
  async diff(before: StateView, after: StateView, config: Config): Promise<{ pre: Accounts; post: Accounts }> {
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

  async #step({ opcode, stack, address, stateManager }: InterpreterStep): Promise<void> {
    const top = stack.at(-1);
    if (top === undefined) return;
    if (opcode.name === 'SLOAD' || opcode.name === 'SSTORE') this.#touchSlot(address, top);
    if (ADDRESS_ON_TOP.has(opcode.name)) this.#touch(addressOf(top));
    if (opcode.name === 'SELFDESTRUCT') this.#destroyed.add(address.toString());
    const target = stack.at(-2);
    if (target === undefined || !CALLS.has(opcode.name)) return;
    const called = addressOf(target);
    this.#touch(called);
    this.#touch(delegateOf(await stateManager.getCode(called)));
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
