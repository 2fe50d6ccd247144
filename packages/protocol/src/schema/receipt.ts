import type { Data, Hex, Quantity } from '../hex.ts';
import type { BlockNumberOrTag, RpcAddress, RpcHash } from './values.ts';

/** A log with its place. `removed` when a reorganisation took it away. */
export interface RpcLog {
  readonly address: RpcAddress;
  readonly topics: readonly RpcHash[];
  readonly data: Data;
  readonly blockNumber: Quantity;
  readonly blockHash: RpcHash;
  readonly blockTimestamp: Quantity;
  readonly transactionHash: RpcHash | null;
  readonly transactionIndex: Quantity;
  /** Within the block. */
  readonly logIndex: Quantity;
  readonly removed: boolean;
}

/** What became of a transaction. */
export interface RpcReceipt {
  readonly type: Quantity;
  /** Since Byzantium: 0x1 or 0x0. */
  readonly status?: Quantity;
  /** Before Byzantium. */
  readonly root?: RpcHash;
  readonly cumulativeGasUsed: Quantity;
  readonly logs: readonly RpcLog[];
  readonly logsBloom: Hex;
  readonly transactionHash: RpcHash;
  readonly transactionIndex: Quantity;
  readonly blockHash: RpcHash;
  readonly blockNumber: Quantity;
  readonly gasUsed: Quantity;
  readonly effectiveGasPrice: Quantity;
  readonly from: RpcAddress;
  readonly to: RpcAddress | null;
  readonly contractAddress: RpcAddress | null;
  /** EIP-4844, blob transactions only. */
  readonly blobGasUsed?: Quantity;
  readonly blobGasPrice?: Quantity;
}

type OneOrMany<T> = T | readonly T[];

/** Which logs are wanted: those of one block by its hash, or of a range. */
export interface RpcLogFilter {
  readonly blockHash?: RpcHash | null;
  readonly fromBlock?: BlockNumberOrTag | null;
  readonly toBlock?: BlockNumberOrTag | null;
  /** Any of. */
  readonly address?: OneOrMany<RpcAddress> | null;
  /** By position: null matches anything, a list any of its members. */
  readonly topics?: readonly (OneOrMany<RpcHash | null> | null)[] | null;
}
