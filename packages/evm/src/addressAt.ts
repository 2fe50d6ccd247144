import type { CoreMemory } from './coreMemory.ts';
import { ACCOUNT } from './memoryLayout.ts';

const ADDRESS_LENGTH = 20;

/** The address of an account's record, 20 bytes. */
export function addressAt(memory: CoreMemory, account: number): Uint8Array {
  return memory.bigEndian(account + ACCOUNT.address, ADDRESS_LENGTH);
}
