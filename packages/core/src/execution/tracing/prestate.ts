import type { EVMInterface, InterpreterStep, Message } from '@ethereumjs/evm';
import type { TypedTransaction } from '@ethereumjs/tx';
import { Address, bigIntToBytes, bytesToHex, equalsBytes, hexToBytes, setLengthLeft } from '@ethereumjs/util';
import type { StateView } from '../../state/stateView.ts';
import type { PrestateAccount, TraceOptions } from './traceTypes.ts';

type Config = NonNullable<TraceOptions['tracerConfig']>;
type Accounts = Map<string, PrestateAccount>;

const ADDRESS_ON_TOP = new Set(['BALANCE', 'EXTCODECOPY', 'EXTCODESIZE', 'EXTCODEHASH', 'SELFDESTRUCT']);
const CALLS = new Set(['CALL', 'CALLCODE', 'DELEGATECALL', 'STATICCALL']);
const addressOf = (value: bigint): Address => new Address(setLengthLeft(bigIntToBytes(value % 2n ** 160n), 20));
const isZero = (value: Uint8Array): boolean => value.every((byte) => byte === 0);

/** Notes which accounts and slots a transaction looks at; their values are read from the states before and after. */
export class PrestateTracer {
  readonly #touched = new Map<string, Set<string>>();

  attach(evm: EVMInterface): () => void {
    const before = (message: Message): void => {
      this.#touch(message.caller);
      if (message.to !== undefined) this.#touch(message.to);
      if (message.to !== undefined) this.#touch(message.codeAddress);
    };
    const created = ({ address }: { address: Address }): void => this.#touch(address);
    const step = ({ opcode, stack, address }: InterpreterStep): void => {
      const top = stack.at(-1);
      if (top === undefined) return;
      if (opcode.name === 'SLOAD' || opcode.name === 'SSTORE') this.#touchSlot(address, top);
      if (ADDRESS_ON_TOP.has(opcode.name)) this.#touch(addressOf(top));
      const target = stack.at(-2);
      if (target !== undefined && CALLS.has(opcode.name)) this.#touch(addressOf(target));
    };
    evm.events?.on('beforeMessage', before);
    evm.events?.on('newContract', created);
    evm.events?.on('step', step);
    return () => {
      evm.events?.off('beforeMessage', before);
      evm.events?.off('newContract', created);
      evm.events?.off('step', step);
    };
  }

  /** Sender, recipient and coinbase are touched by every transaction. */
  touchTransaction(tx: TypedTransaction, sender: Address, coinbase: Address): void {
    for (const address of [sender, tx.to, coinbase]) if (address !== undefined) this.#touch(address);
  }

  async prestate(view: StateView, config: Config): Promise<Accounts> {
    const accounts: Accounts = new Map();
    for (const [address, slots] of this.#touched)
      accounts.set(address, await readAccount(view, address, slots, config));
    return accounts;
  }

  /** What differs: old values in `pre`, new ones in `post`. */
  async diff(before: StateView, after: StateView, config: Config): Promise<{ pre: Accounts; post: Accounts }> {
    const [pre, post]: [Accounts, Accounts] = [new Map(), new Map()];
    for (const [address, slots] of this.#touched) {
      const [old, now] = [
        await readAccount(before, address, slots, config),
        await readAccount(after, address, slots, config),
      ];
      const existsNow = (await after.account(new Address(hexToBytes(address as `0x${string}`)))).exists;
      const existed = (await before.account(new Address(hexToBytes(address as `0x${string}`)))).exists;
      const changed = changedFields(old, now);
      if (Object.keys(changed).length === 0 && existed === existsNow) continue;
      if (existed) pre.set(address, withoutZeroSlots({ ...old, ...onlyChangedSlots(old, now) }));
      if (existsNow) post.set(address, changed);
    }
    return { pre, post };
  }

  #touch(address: Address): void {
    const key = address.toString();
    if (!this.#touched.has(key)) this.#touched.set(key, new Set());
  }

  #touchSlot(address: Address, slot: bigint): void {
    this.#touch(address);
    this.#touched.get(address.toString())?.add(bytesToHex(setLengthLeft(bigIntToBytes(slot), 32)));
  }
}

async function readAccount(view: StateView, hex: string, slots: ReadonlySet<string>, config: Config) {
  const address = new Address(hexToBytes(hex as `0x${string}`));
  const { balance, nonce } = await view.account(address);
  const code = config.disableCode === true ? new Uint8Array() : await view.code(address);
  const storage: [Uint8Array, Uint8Array][] = [];
  if (config.disableStorage !== true) {
    for (const slot of slots) {
      const key = hexToBytes(slot as `0x${string}`);
      storage.push([key, await view.storage(address, key)]);
    }
  }
  const account: PrestateAccount = {
    balance,
    ...(nonce === 0n ? {} : { nonce }),
    ...(code.length === 0 ? {} : { code }),
    ...(storage.length === 0 ? {} : { storage }),
  };
  return account;
}

function slotChanges(old: PrestateAccount, now: PrestateAccount) {
  const before = old.storage ?? [];
  return (now.storage ?? []).filter(([, value], i) => !equalsBytes(value, (before[i] as (typeof before)[number])[1]));
}

function changedFields(old: PrestateAccount, now: PrestateAccount): PrestateAccount {
  const storage = slotChanges(old, now).filter(([, value]) => !isZero(value));
  const codeChanged = bytesToHex(old.code ?? new Uint8Array()) !== bytesToHex(now.code ?? new Uint8Array());
  const anySlot = slotChanges(old, now).length > 0;
  return {
    ...(old.balance === now.balance ? {} : { balance: now.balance as bigint }),
    ...(old.nonce === now.nonce ? {} : { nonce: now.nonce ?? 0n }),
    ...(codeChanged && now.code !== undefined ? { code: now.code } : {}),
    ...(anySlot ? { storage } : {}),
  };
}

function onlyChangedSlots(old: PrestateAccount, now: PrestateAccount): PrestateAccount {
  const changed = new Set(slotChanges(old, now).map(([slot]) => bytesToHex(slot)));
  return { storage: (old.storage ?? []).filter(([slot]) => changed.has(bytesToHex(slot))) };
}

function withoutZeroSlots(account: PrestateAccount): PrestateAccount {
  const { storage = [], ...rest } = account;
  const kept = storage.filter(([, value]) => !isZero(value));
  return kept.length === 0 ? rest : { ...rest, storage: kept };
}
