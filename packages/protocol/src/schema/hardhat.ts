import type { Data } from '../hex.ts';
import type { RpcMetadata, RpcResetOptions } from './development.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** The `hardhat` namespace: setters answer true. */
export interface HardhatSchema {
  hardhat_metadata: { params: []; result: RpcMetadata };
  hardhat_mine: { params: [blocks?: NumberLike, interval?: NumberLike]; result: true };
  hardhat_getAutomine: { params: []; result: boolean };
  hardhat_setCoinbase: { params: [address: RpcAddress]; result: true };
  hardhat_setPrevRandao: { params: [prevRandao: RpcHash]; result: true };
  hardhat_setBalance: { params: [address: RpcAddress, balance: NumberLike]; result: true };
  hardhat_addBalance: { params: [address: RpcAddress, amount: NumberLike]; result: null };
  hardhat_dealERC20: { params: [owner: RpcAddress, token: RpcAddress, amount: NumberLike]; result: null };
  hardhat_setNonce: { params: [address: RpcAddress, nonce: NumberLike]; result: true };
  hardhat_setCode: { params: [address: RpcAddress, code: Data]; result: true };
  hardhat_setStorageAt: { params: [address: RpcAddress, slot: NumberLike, value: RpcHash]; result: true };
  /** The whole chain in Anvil's form, gzipped JSON: accounts, blocks, transactions and receipts; with the states after older blocks when asked for. */
  hardhat_dumpState: { params: [preserveHistoricalStates?: boolean]; result: Data };
  /** Makes the blocks of a dump, of any version of Anvil, the chain, and adds its accounts to the state. All of it, or nothing. */
  hardhat_loadState: { params: [state: Data]; result: true };
  hardhat_impersonateAccount: { params: [address: RpcAddress]; result: true };
  /** Whether it was impersonated. */
  hardhat_stopImpersonatingAccount: { params: [address: RpcAddress]; result: boolean };
  hardhat_autoImpersonateAccount: { params: [enabled: boolean]; result: null };
  hardhat_setNextBlockBaseFeePerGas: { params: [baseFeePerGas: NumberLike]; result: true };
  hardhat_setMinGasPrice: { params: [gasPrice: NumberLike]; result: true };
  /** Whether it was waiting. */
  hardhat_dropTransaction: { params: [transactionHash: RpcHash]; result: boolean };
  hardhat_dropAllTransactions: { params: []; result: null };
  hardhat_setLoggingEnabled: { params: [enabled: boolean]; result: true };
  hardhat_reset: { params: [options?: RpcResetOptions]; result: true };
  /** Always refused: this node does not fork another chain. */
  hardhat_setRpcUrl: { params: [url: string]; result: never };
  /** Failed Solidity stack traces; the node makes none yet, so none has failed. */
  hardhat_getStackTraceFailuresCount: { params: []; result: number };
  /** As viem sends it: in milliseconds, whole seconds only. */
  hardhat_setBlockTimestampInterval: { params: [ms: NumberLike]; result: null };
  /** Whether there was one. */
  hardhat_removeBlockTimestampInterval: { params: []; result: boolean };
}
