import { Address, bytesToHex, bytesToUnprefixedHex, equalsBytes } from '@ethereumjs/util';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import { createStateStore, type OpenState, type StateStore } from '../../state/stateStore.ts';
import { createMachines } from '../engine/createMachines.ts';
import type { ExecutionModules } from '../environment.ts';
import { executionError } from '../faults.ts';
import { openHeader, sealBlock } from '../sealBlock.ts';
import { openReplay, type Replay } from './replay.ts';
import type { ExecutionWitness } from './traceTypes.ts';

const CODE_KEY = 66;

/** Accounts and slots in the order in which they were first looked at. */
class KeyList {
  readonly #slots = new Map<string, Set<string>>();

  account(address: Uint8Array): Set<string> {
    const key = bytesToUnprefixedHex(address);
    const known = this.#slots.get(key) ?? new Set<string>();
    this.#slots.set(key, known);
    return known;
  }

  slot(address: Uint8Array, key: Uint8Array): void {
    this.account(address).add(bytesToUnprefixedHex(key));
  }

  accounts(): Address[] {
    return Array.from(this.#slots.keys(), (address) => new Address(Buffer.from(address, 'hex')));
  }

  list(): Uint8Array[] {
    const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
    return [...this.#slots].flatMap(([address, slots]) => [bytes(address), ...Array.from(slots, bytes)]);
  }
}

/** Has everything noted that is read or written by address. */
function noteKeys(state: OpenState, keys: KeyList): OpenState {
  const { manager } = state;
  const { accountNow, slotNow, putAccount, putStorage, getAccount, getStorage } = manager;
  manager.accountNow = (address) => {
    keys.account(address);
    return accountNow.call(manager, address);
  };
  manager.slotNow = (address, key) => {
    keys.slot(address, key);
    return slotNow.call(manager, address, key);
  };
  manager.getAccount = (address) => {
    keys.account(address.bytes);
    return getAccount.call(manager, address);
  };
  manager.getStorage = (address, key) => {
    keys.slot(address.bytes, key);
    return getStorage.call(manager, address, key);
  };
  manager.putAccount = (address, account) => {
    keys.account(address.bytes);
    return putAccount.call(manager, address, account);
  };
  manager.putStorage = (address, key, value) => {
    keys.slot(address.bytes, key);
    return putStorage.call(manager, address, key, value);
  };
  return state;
}

/** The state before the block in a store of its own, which notes what is read of it. */
function recordingStore(modules: ExecutionModules, root: Uint8Array) {
  const nodes = modules.stateStore.nodesOf(root);
  const read = new Map<string, Uint8Array>();
  const keys = new KeyList();
  const store = createStateStore({
    get: (key) => {
      const found = nodes.get(key);
      if (found !== undefined) read.set(key, found.slice());
      return found;
    },
    write: () => {},
    preimages: { get: () => undefined, put: () => {} },
  });
  const stateStore: StateStore = { ...store, open: (at) => noteKeys(store.open(at), keys) };
  return { stateStore, read, keys };
}

/** Runs all of the block, to the root of the state after it: taking something out of a trie looks at its neighbours. */
async function runWhole({ machine, next }: Replay, { block, senders, receipts, activity, hash }: ExecutedBlock) {
  for (const _ of block.transactions) await next();
  const { header, transactions } = block;
  const contents = {
    ...{ transactions, senders, receipts, activity },
    gasUsed: header.gasUsed,
    blobGasUsed: header.blobGasUsed ?? 0n,
    withdrawals: block.withdrawals ?? [],
  };
  const { executed } = await sealBlock(machine, openHeader({ ...header }, machine.common), contents);
  if (equalsBytes(executed.stateRoot, header.stateRoot)) return;
  const detail = `block ${bytesToHex(hash)} cannot be executed again: it ends in another state than it did`;
  throw executionError({ code: 'CALL_INVALID', detail });
}

/** Headers from the oldest that was asked for, whatever lies between: each proves the one before. */
async function headersTo(modules: ExecutionModules, parent: ExecutedBlock, oldest: bigint): Promise<Uint8Array[]> {
  const headers = [parent.block.header.serialize()];
  let at = parent;
  while (at.block.header.number > oldest) {
    at = await modules.chain.require({ hash: at.block.header.parentHash });
    headers.unshift(at.block.header.serialize());
  }
  return headers;
}

/** A header stands for the state after its block, unless a setter has changed that since. */
function requireCommitted(parent: ExecutedBlock): void {
  const { header } = parent.block;
  if (equalsBytes(header.stateRoot, parent.stateRoot)) return;
  const detail =
    `there is no witness: the state after block ${header.number} was changed by a setter (such as hardhat_setBalance), ` +
    "so that block's header does not commit to it; mine a block between the setter and the one to be proven";
  throw executionError({ code: 'CALL_INVALID', detail });
}

/**
 * `debug_executionWitness`: executes the block again and notes what of the state before it was needed.
 * @throws ExecutionError CALL_INVALID for the genesis, and where the parent's header does not commit to its state.
 */
export async function executionWitness(modules: ExecutionModules, executed: ExecutedBlock): Promise<ExecutionWitness> {
  const { header } = executed.block;
  if (header.number === 0n) throw executionError({ code: 'CALL_INVALID', detail: 'the genesis is not executed' });
  const parent = await modules.chain.require({ hash: header.parentHash });
  requireCommitted(parent);
  const { stateStore, read, keys } = recordingStore(modules, parent.stateRoot);
  let oldest = parent.block.header.number;
  const chain: ExecutionModules['chain'] = {
    get: (ref) => modules.chain.get(ref),
    require: (ref) => modules.chain.require(ref),
    ancestorHash: (from, number) => {
      if (number < oldest) oldest = number;
      return modules.chain.ancestorHash(from, number);
    },
  };
  const machines = createMachines({ engine: 'core', stateStore });
  const replay = await openReplay({ ...modules, chain, stateStore, machines }, executed);
  try {
    await runWhole(replay, executed);
    // What the block itself does to system contracts is known without their code; others execute it.
    for (const address of keys.accounts()) await replay.machine.code(address);
  } finally {
    replay.machine.close();
  }
  const isCode = (key: string): boolean => key.length === CODE_KEY;
  const wanted = (which: boolean): Uint8Array[] =>
    [...read].filter(([key]) => isCode(key) === which).map(([, value]) => value);
  return {
    state: wanted(false),
    codes: wanted(true),
    keys: keys.list(),
    headers: await headersTo(modules, parent, oldest),
  };
}
