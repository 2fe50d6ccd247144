import type { Data, Hex, Quantity } from '../hex.ts';
import type { RpcBlock, RpcHeader } from './block.ts';
import type { RpcCapabilities, RpcConfig, RpcFeeHistory } from './fees.ts';
import type { RpcLog, RpcLogFilter, RpcReceipt } from './receipt.ts';
import type { RpcSimulatedBlock, RpcSimulateRequest } from './simulation.ts';
import type {
  RpcAccessListResult,
  RpcAccount,
  RpcAccountInfo,
  RpcBlockOverrides,
  RpcProof,
  RpcStateOverrides,
} from './state.ts';
import type {
  RpcRawTransaction,
  RpcSendConditions,
  RpcTransaction,
  RpcTransactionRequest,
  RpcTypedData,
  RpcTypedField,
} from './transaction.ts';
import type { BlockNumberOrTag, BlockParameter, NumberLike, RpcAddress, RpcHash } from './values.ts';

type Call = [
  transaction: RpcTransactionRequest,
  block?: BlockParameter,
  stateOverrides?: RpcStateOverrides,
  blockOverrides?: RpcBlockOverrides,
];

/** The `eth` namespace: execution-apis, and what geth and the development nodes add to it. */
export interface EthSchema {
  eth_chainId: { params: []; result: Quantity };
  eth_syncing: { params: []; result: false };
  eth_coinbase: { params: []; result: RpcAddress };
  eth_accounts: { params: []; result: readonly RpcAddress[] };
  eth_requestAccounts: { params: []; result: readonly RpcAddress[] };
  eth_blockNumber: { params: []; result: Quantity };
  eth_protocolVersion: { params: []; result: Quantity };
  eth_mining: { params: []; result: boolean };
  eth_hashrate: { params: []; result: Quantity };
  /** As `net_version`. */
  eth_networkId: { params: []; result: string };
  /** The node compiles nothing. */
  eth_getCompilers: { params: []; result: readonly never[] };
  /** Always refused: since the Merge nobody mines by hashing. */
  eth_getWork: { params: []; result: never };
  /** Always refused: since the Merge nobody mines by hashing. */
  eth_submitWork: { params: [nonce: Hex, powHash: RpcHash, mixDigest: RpcHash]; result: never };
  /** Always refused: since the Merge nobody mines by hashing. */
  eth_submitHashrate: { params: [rate: Quantity, id: RpcHash]; result: never };
  eth_capabilities: { params: []; result: RpcCapabilities };
  eth_config: { params: []; result: RpcConfig };

  eth_getBlockByNumber: { params: [block: BlockNumberOrTag, fullTransactions?: boolean]; result: RpcBlock | null };
  eth_getBlockByHash: { params: [blockHash: RpcHash, fullTransactions?: boolean]; result: RpcBlock | null };
  eth_getHeaderByNumber: { params: [block: BlockNumberOrTag]; result: RpcHeader | null };
  eth_getHeaderByHash: { params: [blockHash: RpcHash]; result: RpcHeader | null };
  eth_getBlockTransactionCountByNumber: { params: [block: BlockNumberOrTag]; result: Quantity | null };
  eth_getBlockTransactionCountByHash: { params: [blockHash: RpcHash]; result: Quantity | null };
  eth_getUncleCountByBlockNumber: { params: [block: BlockNumberOrTag]; result: Quantity | null };
  eth_getUncleCountByBlockHash: { params: [blockHash: RpcHash]; result: Quantity | null };
  eth_getUncleByBlockNumberAndIndex: { params: [block: BlockNumberOrTag, index: Quantity]; result: RpcBlock | null };
  eth_getUncleByBlockHashAndIndex: { params: [blockHash: RpcHash, index: Quantity]; result: RpcBlock | null };
  /** Null: no fork of this chain keeps block access lists (EIP-7928). */
  eth_getBlockAccessList: { params: [block: BlockParameter]; result: null };
  eth_getBlockAccessListByBlockHash: { params: [blockHash: RpcHash]; result: null };
  eth_getBlockAccessListByBlockNumber: { params: [block: BlockNumberOrTag]; result: null };
  eth_getBlockAccessListRaw: { params: [block: BlockParameter]; result: null };
  eth_getBlockReceipts: { params: [block: BlockParameter]; result: readonly RpcReceipt[] | null };

  eth_getTransactionByHash: { params: [transactionHash: RpcHash]; result: RpcTransaction | null };
  eth_getTransactionByBlockHashAndIndex: {
    params: [blockHash: RpcHash, transactionIndex: NumberLike];
    result: RpcTransaction | null;
  };
  eth_getTransactionByBlockNumberAndIndex: {
    params: [block: BlockNumberOrTag, transactionIndex: NumberLike];
    result: RpcTransaction | null;
  };
  eth_getTransactionBySenderAndNonce: {
    params: [sender: RpcAddress, nonce: NumberLike];
    result: RpcTransaction | null;
  };
  eth_getRawTransactionByHash: { params: [transactionHash: RpcHash]; result: Data | null };
  eth_getRawTransactionByBlockHashAndIndex: {
    params: [blockHash: RpcHash, transactionIndex: NumberLike];
    result: Data | null;
  };
  eth_getRawTransactionByBlockNumberAndIndex: {
    params: [block: BlockNumberOrTag, transactionIndex: NumberLike];
    result: Data | null;
  };
  eth_getTransactionReceipt: { params: [transactionHash: RpcHash]; result: RpcReceipt | null };

  eth_getBalance: { params: [address: RpcAddress, block?: BlockParameter]; result: Quantity };
  eth_getCode: { params: [address: RpcAddress, block?: BlockParameter]; result: Data };
  eth_getTransactionCount: { params: [address: RpcAddress, block?: BlockParameter]; result: Quantity };
  eth_getStorageAt: { params: [address: RpcAddress, slot: Quantity, block?: BlockParameter]; result: RpcHash };
  eth_getStorageValues: {
    params: [requests: Readonly<Record<string, readonly Quantity[]>>, block?: BlockParameter];
    result: Readonly<Record<string, readonly RpcHash[]>>;
  };
  eth_getProof: {
    params: [address: RpcAddress, storageKeys: readonly Quantity[], block?: BlockParameter];
    result: RpcProof;
  };
  eth_getAccount: { params: [address: RpcAddress, block?: BlockParameter]; result: RpcAccount };
  eth_getAccountInfo: { params: [address: RpcAddress, block?: BlockParameter]; result: RpcAccountInfo };

  eth_call: { params: Call; result: Data };
  eth_estimateGas: { params: Call; result: Quantity };
  eth_createAccessList: { params: Call; result: RpcAccessListResult };
  eth_simulateV1: {
    params: [payload: RpcSimulateRequest, block?: BlockParameter];
    result: readonly RpcSimulatedBlock[];
  };

  eth_gasPrice: { params: []; result: Quantity };
  eth_maxPriorityFeePerGas: { params: []; result: Quantity };
  eth_blobBaseFee: { params: []; result: Quantity };
  eth_baseFee: { params: []; result: Quantity | null };
  eth_feeHistory: {
    params: [blockCount: NumberLike, newestBlock: BlockNumberOrTag, rewardPercentiles?: readonly number[]];
    result: RpcFeeHistory;
  };

  eth_getLogs: { params: [filter: RpcLogFilter]; result: readonly RpcLog[] };
  eth_newFilter: { params: [filter: RpcLogFilter]; result: Quantity };
  eth_newBlockFilter: { params: []; result: Quantity };
  eth_newPendingTransactionFilter: { params: [fullTransactions?: boolean]; result: Quantity };
  /** Logs, hashes of blocks, hashes of transactions or whole ones, by what the filter is about. */
  eth_getFilterChanges: {
    params: [filterId: Quantity];
    result: readonly RpcLog[] | readonly RpcHash[] | readonly RpcTransaction[];
  };
  eth_getFilterLogs: { params: [filterId: Quantity]; result: readonly RpcLog[] };
  eth_uninstallFilter: { params: [filterId: Quantity]; result: boolean };
  eth_subscribe: {
    params: [
      kind: 'newHeads' | 'logs' | 'newPendingTransactions' | 'transactionReceipts' | 'syncing',
      options?: RpcLogFilter | boolean | { readonly transactionHashes?: readonly RpcHash[] },
    ];
    result: Quantity;
  };
  eth_unsubscribe: { params: [subscription: Quantity]; result: boolean };

  eth_sign: { params: [address: RpcAddress, message: string]; result: Data };
  /** EIP-712's own name of `eth_signTypedData_v4`; a list of fields is signed as MetaMask's V1. */
  eth_signTypedData: {
    params: [address: RpcAddress, typedData: RpcTypedData | string | readonly RpcTypedField[]];
    result: Data;
  };
  /** MetaMask's older reading: no arrays, and what is not there is left out of what is signed. */
  eth_signTypedData_v3: { params: [address: RpcAddress, typedData: RpcTypedData | string]; result: Data };
  eth_signTypedData_v4: { params: [address: RpcAddress, typedData: RpcTypedData | string]; result: Data };
  eth_signTransaction: { params: [transaction: RpcTransactionRequest]; result: RpcRawTransaction };

  eth_sendRawTransaction: { params: [transaction: Data]; result: RpcHash };
  eth_sendTransaction: { params: [transaction: RpcTransactionRequest]; result: RpcHash };
  /** From anybody, without a signature and without impersonation. */
  eth_sendUnsignedTransaction: { params: [transaction: RpcTransactionRequest]; result: RpcHash };
  eth_sendRawTransactionSync: { params: [transaction: Data, timeoutMs?: NumberLike]; result: RpcReceipt };
  eth_sendTransactionSync: {
    params: [transaction: RpcTransactionRequest, timeoutMs?: NumberLike];
    result: RpcReceipt;
  };
  /** A waiting transaction of the same sender and nonce anew, with other prices or another gas limit. */
  eth_resend: {
    params: [transaction: RpcTransactionRequest, gasPrice?: NumberLike, gasLimit?: NumberLike];
    result: RpcHash;
  };
  /** Refused where the head does not meet the conditions. */
  eth_sendRawTransactionConditional: { params: [transaction: Data, conditions: RpcSendConditions]; result: RpcHash };
  eth_fillTransaction: { params: [transaction: RpcTransactionRequest]; result: RpcRawTransaction };
  eth_pendingTransactions: { params: []; result: readonly RpcTransaction[] };
}
