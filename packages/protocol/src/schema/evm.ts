import type { Data, Quantity } from '../hex.ts';
import type { RpcMinedBlock, RpcMineOptions } from './development.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** The `evm` namespace of Ganache and Hardhat. Times in seconds. */
export interface EvmSchema {
  evm_mine: { params: [options?: NumberLike | RpcMineOptions]; result: string };
  /** The blocks that were mined, their transactions whole, with what each returned and why it failed. */
  evm_mine_detailed: { params: [options?: NumberLike | RpcMineOptions]; result: readonly RpcMinedBlock[] };
  evm_setAutomine: { params: [enabled: boolean]; result: true };
  evm_setIntervalMining: { params: [interval: NumberLike | readonly [number, number]]; result: true };
  evm_setBlockGasLimit: { params: [gasLimit: NumberLike]; result: true };
  evm_snapshot: { params: []; result: Quantity };
  evm_revert: { params: [snapshotId: NumberLike]; result: boolean };
  /** Total offset, decimal. */
  evm_increaseTime: { params: [seconds: NumberLike]; result: string };
  /** The timestamp, decimal. */
  evm_setNextBlockTimestamp: { params: [timestamp: NumberLike]; result: string };
  /** By how much the clock moved. */
  evm_setTime: { params: [timestamp: NumberLike]; result: number };
  /** An account without a key, locked until `personal_unlockAccount`. False when it is there already. */
  evm_addAccount: { params: [address: RpcAddress, passphrase?: string]; result: boolean };
  /** False when it is not there. */
  evm_removeAccount: { params: [address: RpcAddress, passphrase?: string]; result: boolean };
  evm_setAccountBalance: { params: [address: RpcAddress, balance: NumberLike]; result: true };
  evm_setAccountNonce: { params: [address: RpcAddress, nonce: NumberLike]; result: true };
  evm_setAccountCode: { params: [address: RpcAddress, code: Data]; result: true };
  evm_setAccountStorageAt: { params: [address: RpcAddress, slot: NumberLike, value: RpcHash]; result: true };
}
