import type { Data, Quantity } from '../hex.ts';
import type { RpcBlockOverrides, RpcStateOverrides } from './state.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** geth's trace options. Without a tracer: struct logs. */
export interface RpcTraceOptions {
  /** The name of one, or one in JavaScript: `{ step, fault, result, setup, enter, exit }`. */
  readonly tracer?: string | null;
  /** How long a tracer in JavaScript may work, such as `300ms`; default 5s. */
  readonly timeout?: string | null;
  readonly tracerConfig?: {
    readonly onlyTopCall?: boolean | null;
    readonly withLog?: boolean | null;
    readonly diffMode?: boolean | null;
    readonly disableCode?: boolean | null;
    readonly disableStorage?: boolean | null;
    readonly includeEmpty?: boolean | null;
    readonly convertParityErrors?: boolean | null;
    readonly includePrecompiles?: boolean | null;
    /** Of `muxTracer`: each tracer's settings by its name. */
    readonly [tracer: string]: unknown;
  } | null;
  readonly enableMemory?: boolean | null;
  readonly disableStack?: boolean | null;
  readonly disableStorage?: boolean | null;
  readonly enableReturnData?: boolean | null;
  /** Most struct logs; 0 = all. */
  readonly limit?: NumberLike | null;
}

/** With what `debug_traceCall` can change for the call. */
export interface RpcTraceCallOptions extends RpcTraceOptions {
  readonly stateOverrides?: RpcStateOverrides | null;
  readonly blockOverrides?: RpcBlockOverrides | null;
  /** How many of the block's transactions have run before; left out: all. */
  readonly txIndex?: NumberLike | null;
}

/** One executed opcode. */
export interface RpcStructLog {
  readonly pc: number;
  readonly op: string;
  readonly gas: number;
  readonly gasCost: number;
  readonly depth: number;
  readonly error?: string;
  readonly stack?: readonly Quantity[];
  readonly memory?: readonly Data[];
  readonly storage?: Readonly<Record<string, RpcHash>>;
  readonly returnData?: Data;
  readonly refund?: number;
}

export interface RpcStructTrace {
  readonly gas: number;
  readonly failed: boolean;
  readonly returnValue: Data;
  readonly structLogs: readonly RpcStructLog[];
}

/** A frame of `callTracer`. */
export interface RpcCallFrame {
  readonly from: RpcAddress;
  readonly gas: Quantity;
  readonly gasUsed: Quantity;
  readonly to?: RpcAddress;
  readonly input: Data;
  readonly output?: Data;
  readonly error?: string;
  readonly revertReason?: string;
  readonly calls?: readonly RpcCallFrame[];
  readonly logs?: readonly {
    readonly address: RpcAddress;
    readonly topics: readonly RpcHash[];
    readonly data: Data;
    readonly position: Quantity;
    readonly index: Quantity;
  }[];
  readonly value?: Quantity;
  readonly type: string;
}

/** An account of `prestateTracer`. */
export interface RpcPrestateAccount {
  readonly balance?: Quantity;
  readonly nonce?: number;
  readonly code?: Data;
  readonly codeHash?: RpcHash;
  readonly storage?: Readonly<Record<string, RpcHash>>;
}

/** Address → account. */
export type RpcPrestate = Readonly<Record<string, RpcPrestateAccount>>;

/** A call in a list of them, as OpenEthereum has it. */
export interface RpcFlatTrace {
  readonly action: Readonly<Record<string, string>>;
  readonly blockHash?: RpcHash;
  readonly blockNumber?: number;
  readonly error?: string;
  /** Left out by geth, null by others, where nothing came of it. */
  readonly result?: Readonly<Record<string, string>> | null | undefined;
  readonly subtraces: number;
  readonly traceAddress: readonly number[];
  readonly transactionHash?: RpcHash;
  readonly transactionPosition?: number;
  readonly type: 'call' | 'create' | 'suicide';
}

/** What several tracers say, by their names. */
export interface RpcTraces {
  readonly [tracer: string]: RpcTrace;
}

/** What a tracer in JavaScript made of it. */
export type RpcScriptResult = string | number | boolean | null | readonly unknown[];

export type RpcTrace =
  | RpcStructTrace
  | RpcScriptResult
  | readonly RpcFlatTrace[]
  | Readonly<Record<string, number>>
  | RpcTraces
  | RpcCallFrame
  | RpcPrestate
  | { readonly pre: RpcPrestate; readonly post: RpcPrestate };

/** A block's traces, by transaction. */
export type RpcBlockTrace = readonly { readonly txHash: RpcHash; readonly result: RpcTrace }[];
