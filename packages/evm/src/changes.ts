import { addressAt } from './addressAt.ts';
import type { CoreExports } from './coreExports.ts';
import type { CoreMemory } from './coreMemory.ts';
import { ACCOUNT, ACCOUNT_EXISTS, CODE, LAST, LOG, SLOT } from './memoryLayout.ts';
import type { AccountChange, CoreLog, Participants, SlotChange, StateChanges } from './types.ts';

type Core = { readonly exports: CoreExports; readonly memory: CoreMemory };

/** The slots that may differ from the state's, by the record of their account. */
function dirtySlots({ exports, memory }: Core): Map<number, SlotChange[]> {
  const byAccount = new Map<number, SlotChange[]>();
  for (let at = exports.firstDirtySlot(); at !== LAST; at = memory.u32(at + SLOT.dirtyNext)) {
    const account = memory.u32(at + SLOT.account);
    // Of a storage that was cleared since.
    if (memory.u32(at + SLOT.generation) !== memory.u32(account + ACCOUNT.generation)) continue;
    const change = { key: memory.bigEndian(at + SLOT.key, 32), value: memory.shortest(at + SLOT.value) };
    const slots = byAccount.get(account);
    if (slots === undefined) byAccount.set(account, [change]);
    else slots.push(change);
  }
  return byAccount;
}

function accountChange({ memory }: Core, record: number, slots: readonly SlotChange[]): AccountChange {
  const exists = (memory.u32(record + ACCOUNT.flags) & ACCOUNT_EXISTS) !== 0;
  return {
    address: addressAt(memory, record),
    account: exists
      ? {
          nonce: memory.u64(record + ACCOUNT.nonce),
          balance: memory.word(record + ACCOUNT.balance),
          codeHash: memory.copy(record + ACCOUNT.codeHash, 32),
        }
      : undefined,
    isStorageCleared: memory.u32(record + ACCOUNT.generation) !== memory.u32(record + ACCOUNT.takenGeneration),
    slots,
  };
}

/** The code of an account if the core made it and has not told of it yet. */
function newCodeOf({ memory }: Core, record: number): { hash: Uint8Array; code: Uint8Array } | undefined {
  const code = memory.u32(record + ACCOUNT.code);
  if (code === 0 || memory.u32(code + CODE.isHosts) !== 0) return undefined;
  const length = memory.u32(code + CODE.length);
  if (length === 0) return undefined;
  memory.setU32(code + CODE.isHosts, 1);
  return { hash: memory.copy(code + CODE.hash, 32), code: memory.copy(code + CODE.bytes, length) };
}

/** What was written since the last time that it was asked. */
export function takeChanges(core: Core): StateChanges {
  const { exports, memory } = core;
  const slots = dirtySlots(core);
  const accounts: AccountChange[] = [];
  const codes: { hash: Uint8Array; code: Uint8Array }[] = [];
  for (let at = exports.firstDirtyAccount(); at !== LAST; at = memory.u32(at + ACCOUNT.dirtyNext)) {
    accounts.push(accountChange(core, at, slots.get(at) ?? []));
    slots.delete(at);
    const code = newCodeOf(core, at);
    if (code !== undefined) codes.push(code);
  }
  for (const [record, changed] of slots) accounts.push(accountChange(core, record, changed));
  exports.taken();
  return { accounts, codes };
}

/** The transaction's logs, in order. */
export function logsOf({ exports, memory }: Core): CoreLog[] {
  const logs: CoreLog[] = [];
  const end = exports.logMark();
  for (let at = exports.logsAt(); at < end; at += memory.u32(at + LOG.size)) {
    const topics = memory.u32(at + LOG.topics);
    const first = at + LOG.header;
    const data = first + 32 * topics;
    logs.push({
      address: addressAt(memory, memory.u32(at + LOG.account)),
      topics: Array.from({ length: topics }, (_, i) => memory.copy(first + 32 * i, 32)),
      data: memory.copy(data, memory.u32(at + LOG.length)),
    });
  }
  return logs;
}

/** Who called or was called in the transaction, and what it created and did not take back. */
export function participantsOf({ exports, memory }: Core, stamp: number): Participants {
  const addresses: Uint8Array[] = [];
  const created: { address: Uint8Array; creator: Uint8Array }[] = [];
  for (let at = exports.firstParticipant(); at !== LAST; at = memory.u32(at + ACCOUNT.participantNext)) {
    const address = addressAt(memory, at);
    addresses.push(address);
    if (memory.u32(at + ACCOUNT.created) === stamp) {
      created.push({ address, creator: addressAt(memory, memory.u32(at + ACCOUNT.creator)) });
    }
  }
  // The list's first is the one that came last.
  return { addresses: addresses.reverse(), created: created.reverse() };
}
