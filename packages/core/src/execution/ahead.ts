import { Address } from '@ethereumjs/util';
import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { hexFrom } from '../state/hexFrom.ts';
import type { OpenState } from '../state/stateStore.ts';
import type { ExecutionModules } from './environment.ts';
import type { CallRequest, Overrides } from './request.ts';

/** What calls may know of the last block before it is worked out. */
export interface AheadBlocks {
  /** The block, when it is one that is yet to be worked out and a call can run in it. Its hashes and randomness are zero. */
  glimpse(ref: BlockRef): ExecutedBlock | undefined;
  /** Whether blocks that are yet to be worked out write into an account's storage. */
  writesInto(address: Address): boolean;
}

export interface AheadModules extends ExecutionModules {
  readonly chain: ExecutionModules['chain'] & { readonly head: ExecutedBlock };
  readonly ahead: AheadBlocks;
}

const PREVRANDAO = 0x44;
const CREATE = 0xf0;
const CREATE2 = 0xf5;
const PUSH1 = 0x60;
const PUSH32 = 0x7f;

/** Whether code may ask for randomness, itself or in what it creates. */
function mayAskForRandomness(code: Uint8Array): boolean {
  for (let at = 0; at < code.length; at++) {
    const opcode = code[at] as number;
    if (opcode === PREVRANDAO || opcode === CREATE || opcode === CREATE2) return true;
    if (opcode >= PUSH1 && opcode <= PUSH32) at += opcode - PUSH1 + 1;
  }
  return false;
}

/** Codes that were looked at, by hash; a node runs few. */
const looked = new Map<string, boolean>();
const MOST_LOOKED = 4096;

function isUnsettling(codeHash: Uint8Array, { manager }: OpenState): boolean {
  const key = hexFrom(codeHash);
  const known = looked.get(key);
  if (known !== undefined) return known;
  if (looked.size > MOST_LOOKED) looked.clear();
  const found = mayAskForRandomness(manager.codeNow(codeHash));
  looked.set(key, found);
  return found;
}

/** Notes when a call asks for what is not known yet. */
interface Watch {
  isUnknown: boolean;
}

/** Has reads of a state noted that the answer may depend on what is not worked out. */
function watched(state: OpenState, ahead: AheadBlocks, watch: Watch): OpenState {
  const { manager } = state;
  const [accountNow, slotNow] = [manager.accountNow.bind(manager), manager.slotNow.bind(manager)];
  manager.accountNow = (address) => {
    const account = accountNow(address);
    if (account !== undefined && isUnsettling(account.codeHash, state)) watch.isUnknown = true;
    return account;
  };
  manager.slotNow = (address, key) => {
    if (ahead.writesInto(new Address(address))) watch.isUnknown = true;
    return slotNow(address, key);
  };
  return state;
}

function modulesAt(block: ExecutedBlock, modules: AheadModules, watch: Watch) {
  const { chain, stateStore, ahead } = modules;
  const told: (readonly string[])[] = [];
  const ancestorHash = (_: ExecutedBlock, number: bigint): Uint8Array | undefined => {
    const { head } = chain;
    if (number <= head.block.header.number) return chain.ancestorHash(head, number);
    watch.isUnknown = true;
    return undefined;
  };
  const { worlds: _, ...own } = modules;
  const watchedModules: ExecutionModules = {
    ...own,
    chain: { get: async () => block, require: async () => block, ancestorHash },
    stateStore: { ...stateStore, open: (root) => watched(stateStore.open(root), ahead, watch) },
    events: { emit: (_: string, lines: readonly string[]) => told.push(lines) } as never,
  };
  return { watchedModules, told };
}

/**
 * Runs a call in a block that is yet to be worked out, where nothing that it reads depends on that; else it waits, and runs
 * then. What is not known is noted as it is read, and an answer that may hold it is thrown away.
 */
export async function runAhead<T>(
  modules: AheadModules,
  { request, at, overrides }: { request: CallRequest; at: BlockRef; overrides: Overrides | undefined },
  run: (modules: ExecutionModules) => Promise<T>,
): Promise<T> {
  const block = modules.ahead.glimpse(at);
  if (block === undefined) return run(modules);
  const { number, timestamp } = block.block.header;
  const isWatchable = await modules.machines.shareStates(modules.hardforks.callCommonAt(number, timestamp));
  const isCreation = request.to == null || overrides?.state !== undefined;
  if (!isWatchable || isCreation) return run(modules);
  const watch: Watch = { isUnknown: false };
  const { watchedModules, told } = modulesAt(block, modules, watch);
  const outcome = await run(watchedModules).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (watch.isUnknown) return run(modules);
  for (const lines of told) modules.events.emit('consoleLogged', lines);
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
