import type { Data, Hex, Quantity } from '../hex.ts';
import type { RpcWithdrawal } from './block.ts';
import type { RpcAddress, RpcHash } from './values.ts';

/** PayloadAttributesV3 of the Engine API. */
export interface RpcPayloadAttributes {
  /** Seconds. */
  readonly timestamp: Quantity;
  readonly prevRandao: RpcHash;
  readonly suggestedFeeRecipient: RpcAddress;
  readonly withdrawals?: readonly RpcWithdrawal[] | null;
  readonly parentBeaconBlockRoot?: RpcHash | null;
}

/** ExecutionPayload of the Engine API. A fork's field is there from that fork on. */
export interface RpcExecutionPayload {
  readonly parentHash: RpcHash;
  readonly feeRecipient: RpcAddress;
  readonly stateRoot: RpcHash;
  readonly receiptsRoot: RpcHash;
  readonly logsBloom: Hex;
  readonly prevRandao: RpcHash;
  readonly blockNumber: Quantity;
  readonly gasLimit: Quantity;
  readonly gasUsed: Quantity;
  readonly timestamp: Quantity;
  readonly extraData: Data;
  readonly baseFeePerGas: Quantity;
  readonly blockHash: RpcHash;
  readonly transactions: readonly Data[];
  readonly withdrawals?: readonly RpcWithdrawal[];
  readonly blobGasUsed?: Quantity;
  readonly excessBlobGas?: Quantity;
}

export interface RpcBuiltBlock {
  readonly executionPayload: RpcExecutionPayload;
  /** What the fee recipient earns, wei. */
  readonly blockValue: Quantity;
  readonly blobsBundle: {
    readonly commitments: readonly Data[];
    readonly proofs: readonly Data[];
    readonly blobs: readonly Data[];
  };
  /** EIP-7685. */
  readonly executionRequests: readonly Data[];
  readonly shouldOverrideBuilder: false;
}

/** The `testing` namespace of execution-apis. */
export interface TestingSchema {
  testing_buildBlockV1: {
    params: [
      parentBlockHash: RpcHash,
      payloadAttributes: RpcPayloadAttributes,
      transactions: readonly Data[] | null,
      extraData?: Data,
    ];
    result: RpcBuiltBlock;
  };
}
