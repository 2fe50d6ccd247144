import { Address, hexToBytes } from '@ethereumjs/util';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { StateView } from './stateView.ts';
import type { WrittenKeys } from './writtenKeys.ts';

/** An account with everything in it. */
export interface DumpedAccount {
  readonly address: Address;
  readonly nonce: bigint;
  /** In wei. */
  readonly balance: bigint;
  readonly code: Uint8Array;
  /** Slot and value, 32 bytes each; none of them zero. */
  readonly storage: readonly (readonly [slot: Uint8Array, value: Uint8Array])[];
}

/** A state with the block at whose end it stands. */
export interface StateDump {
  readonly head: ExecutedBlock;
  readonly accounts: readonly DumpedAccount[];
}

/** What is taken in of a dump. */
export interface LoadedState {
  /** Height that the chain reaches. */
  readonly number: bigint;
  /** Of the block at that height, seconds. */
  readonly timestamp?: bigint;
  readonly accounts: readonly DumpedAccount[];
}

const isZero = (value: Uint8Array): boolean => value.every((byte) => byte === 0);

/** Every account of a state, in order of address; its slots in order too. */
export async function dumpAccounts(view: StateView, written: WrittenKeys): Promise<DumpedAccount[]> {
  const accounts: DumpedAccount[] = [];
  for (const [hex, slots] of written.sorted()) {
    const address = new Address(hexToBytes(`0x${hex}`));
    const { exists, nonce, balance } = await view.account(address);
    if (!exists) continue;
    const storage: [Uint8Array, Uint8Array][] = [];
    for (const slot of slots) {
      const key = hexToBytes(`0x${slot}`);
      const value = await view.storage(address, key);
      if (!isZero(value)) storage.push([key, value]);
    }
    accounts.push({ address, nonce, balance, code: await view.code(address), storage });
  }
  return accounts;
}
