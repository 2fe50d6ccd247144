import { type Address, concatBytes } from '@ethereumjs/util';
import type { Hardforks } from '../contract.ts';
import { keccak256 } from '../crypto/keccak.ts';
import type { WithdrawalInput } from '../execution/request.ts';
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

/** What the next block alone gets; it is used up by that block. */
export interface NextBlock {
  readonly coinbase?: Address;
  readonly gasLimit?: bigint;
  /** At most 32 bytes. */
  readonly extraData?: Uint8Array;
  /** EIP-4788, 32 bytes; zeros when left out. */
  readonly parentBeaconBlockRoot?: Uint8Array;
  /** EIP-4895, amounts in gwei; none when left out. */
  readonly withdrawals?: readonly WithdrawalInput[];
}

export interface MinerEnvironment {
  mode: MiningMode;
  gasLimit: bigint;
  /** Whether the gas limit was set for blocks of before London; see {@link gasLimitAt}. */
  isLimitOfBerlin?: boolean | undefined;
  coinbase: Address;
  nextPrevRandao?: Uint8Array | undefined;
  next?: NextBlock | undefined;
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

/** geth's largest. */
const MOST_GAS = 2n ** 63n - 1n;

/** Block from which on London holds, as far as it comes by height; 0 when it is there from the start, or comes by time. */
export const londonBlock = ({ schedule }: Pick<Hardforks, 'schedule'>): bigint =>
  BigInt(schedule.find(({ name }) => name === 'london')?.block ?? 0);

/**
 * Gas limit of a block. London keeps the gas that blocks aim at and lets them take twice that: with its first block the limit
 * doubles (EIP-1559), and clients refuse a block where it does not.
 */
export function gasLimitAt(
  { gasLimit, isLimitOfBerlin = false }: Pick<MinerEnvironment, 'gasLimit' | 'isLimitOfBerlin'>,
  isBerlin: boolean,
): bigint {
  if (isLimitOfBerlin === isBerlin) return gasLimit;
  if (isBerlin) return gasLimit / 2n;
  return 2n * gasLimit > MOST_GAS ? MOST_GAS : 2n * gasLimit;
}

/** The environment of a block at a height: what holds from now on, and over it what the next block alone gets. */
export function environmentAt(environment: MinerEnvironment, isBerlin: boolean) {
  const { coinbase, extraData = new Uint8Array(), next } = environment;
  return { coinbase, extraData, gasLimit: gasLimitAt(environment, isBerlin), ...next };
}
