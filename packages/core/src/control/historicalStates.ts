import { Account, KECCAK256_RLP } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { HistoricalState } from '../blocks/loadedState.ts';
import type { DumpedAccount } from '../state/dump.ts';
import { hexFrom } from '../state/hexFrom.ts';
import type { SenderMaskStateManager } from '../state/senderMask.ts';
import type { StateStore } from '../state/stateStore.ts';
import { createTurns } from '../state/turns.ts';

interface Known {
  readonly account: DumpedAccount;
  readonly slots: ReadonlyMap<string, readonly [slot: Uint8Array, value: Uint8Array]>;
}

const known = (account: DumpedAccount): Known => ({
  account,
  slots: new Map(account.storage.map((pair) => [hexFrom(pair[0]), pair])),
});

const isSame = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0;

async function turnInto(manager: SenderMaskStateManager, before: Known | undefined, { account, slots }: Known) {
  const { address, nonce, balance, code } = account;
  const was = before?.account;
  if (was?.nonce !== nonce || was.balance !== balance || !isSame(was.code, code)) {
    const entry = (await manager.getAccount(address)) ?? new Account();
    entry.nonce = nonce;
    entry.balance = balance;
    await manager.putAccount(address, entry);
    if (!isSame(was?.code ?? new Uint8Array(), code)) await manager.putCode(address, code);
  }
  for (const [key, [slot, value]] of slots) {
    if (!isSame(before?.slots.get(key)?.[1], value)) await manager.putStorage(address, slot, value);
  }
  for (const [key, [slot]] of before?.slots ?? []) {
    if (!slots.has(key)) await manager.putStorage(address, slot, new Uint8Array());
  }
}

/**
 * Inside the lane: stages states of the past, each by what differs from the one before it, and has their blocks read as them.
 * States of blocks that are not there are passed over.
 */
export async function putHistoricalStates(
  states: readonly HistoricalState[],
  { blocks, stateStore }: { readonly blocks: BlockStore; readonly stateStore: StateStore },
): Promise<void> {
  const placed = states.flatMap((state) => {
    const block = blocks.get(state.blockHash);
    return block === undefined ? [] : [{ state, block }];
  });
  const heightOf = (executed: ExecutedBlock): number => Number(executed.block.header.number);
  placed.sort((a, b) => heightOf(a.block) - heightOf(b.block));
  const turns = createTurns();
  let root: Uint8Array = KECCAK256_RLP;
  let before = new Map<string, Known>();
  for (const { state, block } of placed) {
    const open = stateStore.open(root);
    const after = new Map<string, Known>();
    for (const account of state.accounts()) {
      const key = account.address.toString();
      const made = known(account);
      await turnInto(open.manager, before.get(key), made);
      after.set(key, made);
      if (turns.isOver()) await turns.next();
    }
    for (const [key, { account }] of before) if (!after.has(key)) await open.manager.deleteAccount(account.address);
    root = await open.flush();
    before = after;
    blocks.putStateRoot(block, root);
  }
}
