import { type Address, concatBytes } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import type { PoolOrder } from '../pool/order.ts';
import type { MiningMode } from './modes.ts';

export interface MinerOptions {
  readonly mode: MiningMode;
  readonly order: PoolOrder;
  readonly gasLimit: bigint;
  readonly coinbase: Address;
  readonly traceMined: boolean;
  readonly maxTransactions: number;
  readonly onePerBlock: boolean;
}

export interface MinerEnvironment {
  mode: MiningMode;
  gasLimit: bigint;
  coinbase: Address;
  nextPrevRandao?: Uint8Array | undefined;
  /** Empty when left out, as in snapshots of before there was one. */
  extraData?: Uint8Array | undefined;
  /** The mode that was in force when it was paused. */
  paused?: MiningMode | undefined;
}

export type MinerMemento = Readonly<MinerEnvironment>;

/** Anvil's formula, the number as a little-endian u64: equal chains then have equal block hashes on both nodes. */
export function randaoAfter(parentHash: Uint8Array, number: bigint): Uint8Array {
  const littleEndian = Buffer.alloc(8);
  littleEndian.writeBigUInt64LE(number);
  return keccak256(concatBytes(parentHash, littleEndian));
}
