import type { Data, Quantity } from '../hex.ts';
import type {
  RpcAnvilMetadata,
  RpcMinedBlock,
  RpcMineOptions,
  RpcNodeInfo,
  RpcReorgTransaction,
  RpcResetOptions,
} from './development.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** The `anvil` namespace: most setters answer null. Times in seconds. */
export interface AnvilSchema {
  anvil_nodeInfo: { params: []; result: RpcNodeInfo };
  anvil_metadata: { params: []; result: RpcAnvilMetadata };
  anvil_mine: { params: [blocks?: NumberLike, interval?: NumberLike]; result: null };
  /** The blocks that were mined, their transactions whole, with what each returned and why it failed. */
  anvil_mine_detailed: { params: [options?: NumberLike | RpcMineOptions]; result: readonly RpcMinedBlock[] };
  /** Timestamp of block 0, seconds. */
  anvil_getGenesisTime: { params: []; result: number };
  /** When the head became the head by the machine's clock, seconds. */
  anvil_getLastBlockWallTime: { params: []; result: number };
  anvil_setAutomine: { params: [enabled: boolean]; result: null };
  anvil_getAutomine: { params: []; result: boolean };
  anvil_setIntervalMining: { params: [interval: NumberLike | readonly [number, number]]; result: null };
  /** Null when no timer runs. */
  anvil_getIntervalMining: { params: []; result: number | null };
  anvil_setBlockGasLimit: { params: [gasLimit: NumberLike]; result: true };
  anvil_setCoinbase: { params: [address: RpcAddress]; result: null };
  anvil_setNextBlockPrevRandao: { params: [prevRandao: RpcHash]; result: true };
  anvil_setBalance: { params: [address: RpcAddress, balance: NumberLike]; result: null };
  anvil_addBalance: { params: [address: RpcAddress, amount: NumberLike]; result: null };
  /** Finds the slot that decides `balanceOf`, behind proxies and in packed words too. The supply stays. */
  anvil_dealERC20: { params: [owner: RpcAddress, token: RpcAddress, amount: NumberLike]; result: null };
  anvil_setERC20Balance: { params: [owner: RpcAddress, token: RpcAddress, amount: NumberLike]; result: null };
  anvil_setERC20Allowance: {
    params: [owner: RpcAddress, spender: RpcAddress, token: RpcAddress, amount: NumberLike];
    result: null;
  };
  /** By its versioned hash; null for one that was not sent to this node since it started, or too long ago. */
  anvil_getBlobByHash: { params: [versionedHash: RpcHash]; result: Data | null };
  anvil_getBlobsByTransactionHash: { params: [transactionHash: RpcHash]; result: readonly Data[] | null };
  anvil_setNonce: { params: [address: RpcAddress, nonce: NumberLike]; result: null };
  anvil_setCode: { params: [address: RpcAddress, code: Data]; result: null };
  anvil_setStorageAt: { params: [address: RpcAddress, slot: NumberLike, value: RpcHash]; result: true };
  /** The whole chain in Anvil's form, gzipped JSON: accounts, blocks, transactions and receipts; with the states after older blocks when asked for. */
  anvil_dumpState: { params: [preserveHistoricalStates?: boolean]; result: Data };
  /** Makes the blocks of a dump, of any version of Anvil, the chain, and adds its accounts to the state. All of it, or nothing. */
  anvil_loadState: { params: [state: Data]; result: true };
  anvil_impersonateAccount: { params: [address: RpcAddress]; result: null };
  anvil_stopImpersonatingAccount: { params: [address: RpcAddress]; result: null };
  /** From now on ECRECOVER recovers the signature (r, s, v: 65 bytes) to the address, whatever was signed; until the node stops. */
  anvil_impersonateSignature: { params: [signature: Data, address: RpcAddress]; result: null };
  anvil_autoImpersonateAccount: { params: [enabled: boolean]; result: null };
  anvil_setNextBlockBaseFeePerGas: { params: [baseFeePerGas: NumberLike]; result: null };
  anvil_setMinGasPrice: { params: [gasPrice: NumberLike]; result: null };
  anvil_setChainId: { params: [chainId: NumberLike]; result: null };
  /** The hash, or null when it was not waiting. */
  anvil_dropTransaction: { params: [transactionHash: RpcHash]; result: RpcHash | null };
  anvil_dropAllTransactions: { params: []; result: null };
  anvil_removePoolTransactions: { params: [address: RpcAddress]; result: null };
  anvil_snapshot: { params: []; result: Quantity };
  anvil_revert: { params: [snapshotId: NumberLike]; result: boolean };
  /**
   * Replaces the last blocks by as many others, with the given transactions and no others. Those that lose stay readable by
   * hash, their transactions wait again, and listeners hear of the logs that are gone. At most 1000 blocks, or nothing.
   */
  anvil_reorg: { params: [depth: NumberLike, transactions?: readonly RpcReorgTransaction[]]; result: null };
  /** Takes the last blocks (default 1) off the chain; they stay readable by hash, and their transactions wait again. */
  anvil_rollback: { params: [depth?: NumberLike]; result: null };
  anvil_setLoggingEnabled: { params: [enabled: boolean]; result: null };
  anvil_reset: { params: [options?: RpcResetOptions]; result: null };
  /** Always refused: this node does not fork another chain. */
  anvil_setRpcUrl: { params: [url: string]; result: never };
  /** Total offset. */
  anvil_increaseTime: { params: [seconds: NumberLike]; result: number };
  anvil_setNextBlockTimestamp: { params: [timestamp: NumberLike]; result: null };
  /** By how much the clock moved. */
  anvil_setTime: { params: [timestamp: NumberLike]; result: number };
  anvil_setBlockTimestampInterval: { params: [seconds: NumberLike]; result: null };
  /** Whether there was one. */
  anvil_removeBlockTimestampInterval: { params: []; result: boolean };
}

/** The methods of the `tenderly` namespace that Anvil answers too. */
export interface TenderlySchema {
  tenderly_addBalance: { params: [address: RpcAddress, amount: NumberLike]; result: null };
  tenderly_setBalance: { params: [address: RpcAddress, balance: NumberLike]; result: null };
}
