import type { Address } from '@ethereumjs/util';
import type { UnitCompilerOptions } from '@minichain/evm-jit';
import type { KeystoreOptions } from './accounts/keystoreFolder.ts';
import type { Engine } from './execution/engine/engine.ts';
import type { ExecutionLimits } from './execution/limits.ts';
import type { ScheduledFork } from './hardforks/schedule.ts';
import type { MiningMode } from './mining/modes.ts';
import type { Fsync } from './storage/database.ts';

export interface GenesisAccounts {
  readonly mnemonic: string;
  readonly count: number;
  /** In wei. */
  readonly balance: bigint;
  /** With or without a trailing `/`; the index is appended. */
  readonly derivationPath: string;
}

/** Where the chain is kept, and how safe. */
export interface StorageOptions {
  /** A directory; left out: in memory, gone with the process. */
  readonly path?: string;
  /** Of the program that writes, to be noted in the directory. */
  readonly version?: string;
  /** When a write waits for the device: with each, with each block (default), or never. */
  readonly fsync?: Fsync;
  /** Memory for what was read and written last, bytes. Default 256 MiB. */
  readonly cacheBytes?: number;
  /** States older than that many blocks go; blocks and receipts stay. Default: all are kept. */
  readonly pruneStates?: number;
  /** Blocks, receipts and indexes older than that many blocks go, and their states. Default: all are kept. */
  readonly historyBlocks?: number;
}

/** What requests may cost, and may change while the chain runs. A limit of 0 is none. */
export interface ChainLimits extends ExecutionLimits {
  /** Transactions of one account that may wait in the pool. */
  accountTransactionLimit: number;
}

export interface ChainOptions {
  readonly storage?: StorageOptions;
  /** Default 31337. */
  readonly chainId?: bigint;
  /** EthereumJS name in lower case, or `latest` (default). */
  readonly hardfork?: string;
  /** Forks that come while the chain lives, one of them at 0; instead of `hardfork`. */
  readonly hardforkSchedule?: readonly ScheduledFork[];
  /** What runs transactions. Default `jit`; forks that an engine does not know run on EthereumJS. */
  readonly engine?: Engine;
  /** When the engine `jit` compiles code, and how much. */
  readonly compiling?: UnitCompilerOptions;
  /** A parsed geth `genesis.json` (`--init`). Its config gives chain id and fork schedule. */
  readonly genesis?: GethGenesis;
  readonly accounts?: Partial<GenesisAccounts>;
  /** A folder of keys as geth keeps them; left out: what is made or imported is gone with the process. */
  readonly keystore?: KeystoreOptions;
  /** Gas. Default 30,000,000. */
  readonly gasLimit?: bigint;
  /** Of the genesis block, wei per gas. Default 1 gwei. */
  readonly baseFee?: bigint;
  /** What eth_gasPrice and the defaults of legacy transactions use; default: base fee + suggested tip. */
  readonly gasPrice?: bigint;
  /** Genesis timestamp, seconds. Default: now. */
  readonly timestamp?: bigint;
  readonly coinbase?: Address;
  readonly systemContracts?: boolean;
  readonly create2Deployer?: boolean;
  readonly mining?: MiningMode;
  /** Whether no block is ever made but on demand, without that being kept: for tools that open a kept chain. Default false. */
  readonly isIdle?: boolean;
  readonly order?: 'fees' | 'fifo';
  /** Most transactions in one block; the rest waits for the next. Default: as many as fit. */
  readonly maxTransactions?: number;
  /**
   * Whether each transaction gets a block of its own in instant mode, also when several arrive together (one batch, or at the
   * same moment from several clients). Default false: these share one, in the order of their arrival.
   */
  readonly onePerBlock?: boolean;
  /** Whether a sender must be able to pay for a transaction when it is sent, not only when it is mined. Default true. */
  readonly poolBalanceChecks?: boolean;
  /** Whether a nonce that leaves a gap is refused where transactions are mined at once, as Hardhat does. Default false: it waits. */
  readonly strictNonce?: boolean;
  /** Priority fee that wallets are told to offer, wei per gas. Default 1 gwei. */
  readonly suggestedTip?: bigint;
  /** Bytes of deployed code; default 24576 (EIP-170); Infinity switches the check off. */
  readonly codeSizeLimit?: number;
  /** Bytes of initcode (EIP-3860); default twice that of deployed code; Infinity switches the check off. */
  readonly initCodeSizeLimit?: number;
  /** Whether EIP-7825's cap of 2^24 gas per transaction holds. Default true where the fork has it. */
  readonly transactionGasCap?: boolean;
  /** No fee needed, base fee may be 0 for calls; default false. */
  readonly allowSameTimestamp?: boolean;
  readonly autoImpersonate?: boolean;
  /** Default: calls of 30 seconds and 50,000,000 gas, traces of 128 MB, as many transactions as an account sends. */
  readonly limits?: Partial<ChainLimits>;
  /** Blocks that make an epoch; safe = head − n, finalized = head − 2n. Default 32. */
  readonly slotsInAnEpoch?: number;
  /** Record a call tree for each mined transaction in the `transactionMined` event. Default false. */
  readonly traceMined?: boolean;
  /** Milliseconds since 1970; injected so that runs can be deterministic. */
  readonly now?: () => number;
  /** Instance id, snapshot ids and the like. */
  readonly randomBytes?: (length: number) => Uint8Array;
}

export interface ResolvedChainOptions
  extends Required<
    Omit<
      ChainOptions,
      | 'genesis'
      | 'accounts'
      | 'coinbase'
      | 'gasPrice'
      | 'codeSizeLimit'
      | 'initCodeSizeLimit'
      | 'hardforkSchedule'
      | 'keystore'
      | 'limits'
    >
  > {
  readonly genesis: GethGenesis | undefined;
  readonly accounts: GenesisAccounts;
  readonly coinbase: Address;
  readonly limits: Readonly<ChainLimits>;
  readonly gasPrice: bigint | undefined;
  readonly codeSizeLimit: number | undefined;
  readonly initCodeSizeLimit: number | undefined;
  readonly hardforkSchedule: readonly ScheduledFork[] | undefined;
  readonly keystore: KeystoreOptions | undefined;
}

/** The parts of geth's genesis format that are read. Quantities are hex or decimal strings or numbers. */
export interface GethGenesis {
  readonly config: Record<string, unknown>;
  readonly alloc: Record<
    string,
    { balance?: string; nonce?: string | number; code?: string; storage?: Record<string, string> }
  >;
  readonly timestamp?: string | number;
  readonly gasLimit?: string | number;
  readonly difficulty?: string | number;
  readonly extraData?: string;
  readonly nonce?: string;
  readonly mixHash?: string;
  readonly coinbase?: string;
  readonly baseFeePerGas?: string | number;
  readonly excessBlobGas?: string | number;
  readonly blobGasUsed?: string | number;
}
