import {
  type Address,
  bigIntToBytes,
  bytesToHex,
  hexToBytes,
  type PrefixedHexString,
  setLengthLeft,
} from '@ethereumjs/util';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import type { ExecutionModules } from '../environment.ts';
import type { TraceObserver } from '../traceObserver.ts';
import { openReplay } from './replay.ts';

type Slot = readonly [slot: Uint8Array, value: Uint8Array];

const SSTORE = 0x55;

/** A contract in the middle of a block. */
export interface StoragePlace {
  readonly executed: ExecutedBlock;
  /** How many of the block's transactions have run. */
  readonly index: number;
  readonly address: Address;
}

/** Slots, 32 bytes each with their values, of a contract after some of a block's transactions; none of them zero. */
export async function storageAt(
  modules: ExecutionModules,
  { executed, index, address }: StoragePlace,
): Promise<readonly Slot[]> {
  const parent = await modules.chain.require({ hash: executed.block.header.parentHash });
  const dumped = await modules.stateStore.dump(parent.stateRoot);
  const before = dumped.find((account) => account.address.equals(address));
  const keys = new Set<string>(before?.storage.map(([slot]) => bytesToHex(slot)));
  const observer: TraceObserver = {
    step: (step) => {
      if (step.opcode !== SSTORE || step.stackSize === 0 || Buffer.compare(step.address, address.bytes) !== 0) return;
      keys.add(bytesToHex(setLengthLeft(bigIntToBytes(step.word(0)), 32)));
    },
  };
  const replay = await openReplay(modules, executed);
  try {
    for (let i = 0; i < index; i++) await replay.next(observer);
    const slots: Slot[] = [];
    for (const key of keys) {
      const slot = hexToBytes(key as PrefixedHexString);
      const value = await replay.machine.storage(address, slot);
      if (value.some((byte) => byte !== 0)) slots.push([slot, setLengthLeft(value, 32)]);
    }
    return slots;
  } finally {
    replay.machine.close();
  }
}
