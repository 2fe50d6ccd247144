import type { Data, Hex, Quantity } from '../hex.ts';
import type { RpcTransaction } from './transaction.ts';
import type { RpcAddress, RpcHash } from './values.ts';

/** A header. A fork's field is there from that fork on. */
export interface RpcHeader {
  readonly hash: RpcHash;
  readonly parentHash: RpcHash;
  readonly sha3Uncles: RpcHash;
  readonly miner: RpcAddress;
  readonly stateRoot: RpcHash;
  readonly transactionsRoot: RpcHash;
  readonly receiptsRoot: RpcHash;
  readonly logsBloom: Hex;
  readonly difficulty: Quantity;
  readonly number: Quantity;
  readonly gasLimit: Quantity;
  readonly gasUsed: Quantity;
  /** Seconds. */
  readonly timestamp: Quantity;
  readonly extraData: Data;
  readonly mixHash: RpcHash;
  readonly nonce: Hex;
  readonly baseFeePerGas?: Quantity;
  readonly withdrawalsRoot?: RpcHash;
  readonly blobGasUsed?: Quantity;
  readonly excessBlobGas?: Quantity;
  readonly parentBeaconBlockRoot?: RpcHash;
  readonly requestsHash?: RpcHash;
}

/** EIP-4895; amount in gwei. */
export interface RpcWithdrawal {
  readonly index: Quantity;
  readonly validatorIndex: Quantity;
  readonly address: RpcAddress;
  readonly amount: Quantity;
}

/** A block, its transactions whole or by hash. */
export interface RpcBlock extends RpcHeader {
  /** Bytes of the RLP. */
  readonly size: Quantity;
  readonly uncles: readonly RpcHash[];
  readonly transactions: readonly RpcHash[] | readonly RpcTransaction[];
  readonly withdrawals?: readonly RpcWithdrawal[];
}
