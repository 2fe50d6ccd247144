import type { Data, Quantity } from '../hex.ts';
import type { RpcBlockOverrides, RpcStateOverrides } from './state.ts';
import type { RpcTransactionRequest } from './transaction.ts';
import type { BlockParameter, NumberLike, RpcAddress, RpcHash } from './values.ts';

/** Calls that run in one block's environment. */
export interface RpcCallBundle {
  readonly transactions: readonly RpcTransactionRequest[];
  readonly blockOverride?: RpcBlockOverrides | null;
}

export interface RpcStateContext {
  /** Default `latest`. */
  readonly blockNumber?: BlockParameter | null;
  /** How many of the block's transactions have run before; -1 or left out: all. */
  readonly transactionIndex?: NumberLike | null;
}

/** What a call among others came to. */
export type RpcCallOutcome = { readonly value: Data } | { readonly error: string };

/** Flashbots' bundle, to be tried. */
export interface RpcSignedBundle {
  /** Signed. */
  readonly txs: readonly Data[];
  /** Of the block that they would be in. */
  readonly blockNumber: NumberLike;
  /** Block after which they run. */
  readonly stateBlockNumber: BlockParameter;
  readonly coinbase?: RpcAddress | null;
  /** Seconds. */
  readonly timestamp?: NumberLike | null;
  readonly gasLimit?: NumberLike | null;
  readonly difficulty?: NumberLike | null;
  readonly baseFee?: NumberLike | null;
  /** Seconds; calls have a limit of their own. */
  readonly timeout?: NumberLike | null;
}

/** Amounts in wei, decimal. */
export interface RpcBundledTransaction {
  readonly coinbaseDiff: string;
  readonly ethSentToCoinbase: string;
  readonly fromAddress: RpcAddress;
  readonly gasFees: string;
  readonly gasPrice: string;
  readonly gasUsed: number;
  readonly toAddress: RpcAddress | null;
  readonly txHash: RpcHash;
  readonly value?: Data;
  readonly error?: string;
  readonly revert?: string;
}

export interface RpcBundleResult {
  readonly bundleGasPrice: string;
  readonly bundleHash: RpcHash;
  readonly coinbaseDiff: string;
  readonly ethSentToCoinbase: string;
  readonly gasFees: string;
  readonly results: readonly RpcBundledTransaction[];
  readonly stateBlockNumber: number;
  readonly totalGasUsed: number;
}

/** What each opcode has cost together, the dearest first. */
export interface RpcOpcodeGas {
  readonly transactionHash: RpcHash;
  readonly opcodeGas: readonly { readonly opcode: string; readonly count: number; readonly gasUsed: number }[];
}

export interface RpcBlockOpcodeGas {
  readonly blockHash: RpcHash;
  readonly blockNumber: Quantity;
  readonly transactions: readonly RpcOpcodeGas[];
}

/** Several calls or transactions at once, and what they are made of. */
export interface BundleSchema {
  /** Each call sees what those before it did; each bundle runs a block after the one before. The time is limited by the node. */
  eth_callMany: {
    params: [
      bundles: readonly RpcCallBundle[],
      context?: RpcStateContext,
      stateOverrides?: RpcStateOverrides,
      timeoutMs?: NumberLike,
    ];
    result: readonly (readonly RpcCallOutcome[])[];
  };
  /** As Flashbots have it. Nothing is sent. */
  eth_callBundle: { params: [bundle: RpcSignedBundle]; result: RpcBundleResult };
  /** As reth has it; gas that a call hands on is part of its price. */
  trace_transactionOpcodeGas: { params: [transactionHash: RpcHash]; result: RpcOpcodeGas };
  trace_blockOpcodeGas: { params: [block: BlockParameter]; result: RpcBlockOpcodeGas };
}
