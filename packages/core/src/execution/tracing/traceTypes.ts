import type { ExecutedBlock, Log } from '../../blocks/executedBlock.ts';
import type { MessageTrace } from '../messageTrace.ts';
import type { CallRequest, Overrides } from '../request.ts';
import type { FlatTrace } from './flatTrace.ts';
import type { StepSink } from './stepSink.ts';
import type { VmTrace } from './vmTracer.ts';

export interface TraceOptions {
  /** Absent: struct logs. */
  readonly tracer?: string;
  /** How long a tracer in JavaScript may work, milliseconds. Default 5000. */
  readonly timeoutMs?: number;
  readonly tracerConfig?: {
    readonly onlyTopCall?: boolean;
    readonly withLog?: boolean;
    readonly diffMode?: boolean;
    readonly disableCode?: boolean;
    readonly disableStorage?: boolean;
    /** Accounts that were empty before, too. */
    readonly includeEmpty?: boolean;
    readonly convertParityErrors?: boolean;
    readonly includePrecompiles?: boolean;
    /** All of it as JSON, for a tracer in JavaScript. */
    readonly text?: string;
    /** Of `muxTracer`: the tracers by name, each with its own settings. */
    readonly tracers?: ReadonlyMap<string, NonNullable<TraceOptions['tracerConfig']>>;
  };
  readonly enableMemory?: boolean;
  readonly disableStack?: boolean;
  readonly disableStorage?: boolean;
  readonly enableReturnData?: boolean;
  /** Most struct logs returned; 0 = all. */
  readonly limit?: number;
  /** In place of a tracer: what `trace_*` tells. */
  readonly parity?: ParityWanted;
  /** In place of a tracer: what each opcode cost. */
  readonly opcodeGas?: boolean;
  /** Where struct logs go, one sink for each transaction. Default: a list in the result. */
  readonly steps?: (options: TraceOptions) => StepSink;
}

/** What can be said besides of a call that is traced. */
export interface TraceCallOptions extends TraceOptions {
  readonly overrides?: Overrides;
  /** How many of the block's transactions have run before; left out: all, and what the block does after them. */
  readonly transactionIndex?: number;
}

/** What the opcodes of one kind have cost together, gas. */
export interface OpcodeGas {
  readonly opcode: string;
  readonly count: number;
  readonly gasUsed: number;
}

/** What of OpenEthereum's traces is wanted besides the calls. */
export interface ParityWanted {
  readonly stateDiff: boolean;
  readonly vmTrace: boolean;
}

/** A call to trace, and what is wanted of it. */
export interface ParityCall {
  readonly request: CallRequest;
  readonly wanted: ParityWanted;
}

/** An account in full, with the slots that were touched. */
export interface AccountSeen {
  readonly isPresent: boolean;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  readonly codeHash: Uint8Array;
  readonly storage: readonly (readonly [slot: Uint8Array, value: Uint8Array])[];
}

/** An account that a transaction has changed; address in lower-case hex. */
export interface AccountChanged {
  readonly address: string;
  readonly before: AccountSeen;
  readonly now: AccountSeen;
}

/** One executed opcode, as geth's struct logger records it. */
export interface StructLog {
  readonly pc: number;
  readonly op: string;
  readonly gas: bigint;
  readonly gasCost: bigint;
  readonly depth: number;
  readonly error?: string;
  readonly stack?: readonly bigint[];
  readonly memory?: Uint8Array;
  readonly storage?: readonly (readonly [slot: Uint8Array, value: Uint8Array])[];
  readonly returnData?: Uint8Array;
  readonly refund?: bigint;
}

export interface CallFrame extends Omit<MessageTrace, 'calls'> {
  readonly revertReason?: string;
  readonly logs?: readonly (Log & { readonly position: number; readonly index: number })[];
  readonly calls: readonly CallFrame[];
}

export interface PrestateAccount {
  readonly balance?: bigint;
  readonly nonce?: bigint;
  readonly code?: Uint8Array;
  readonly codeHash?: Uint8Array;
  readonly storage?: readonly (readonly [slot: Uint8Array, value: Uint8Array])[];
}

export type TraceResult =
  | {
      readonly type: 'struct';
      readonly gas: bigint;
      readonly failed: boolean;
      readonly returnValue: Uint8Array;
      /** None where another sink took them. */
      readonly structLogs: readonly StructLog[];
      readonly steps: StepSink;
    }
  | { readonly type: 'call'; readonly frame: CallFrame }
  | { readonly type: 'selectors'; readonly counts: ReadonlyMap<string, number> }
  | { readonly type: 'nothing' }
  /** What a tracer in JavaScript said. */
  | { readonly type: 'script'; readonly json: string }
  | { readonly type: 'opcodes'; readonly opcodes: readonly OpcodeGas[] }
  | { readonly type: 'flat'; readonly traces: readonly FlatTrace[] }
  | {
      readonly type: 'parity';
      readonly output: Uint8Array;
      readonly traces: readonly FlatTrace[];
      readonly stateDiff?: readonly AccountChanged[];
      readonly vmTrace?: VmTrace;
    }
  | { readonly type: 'several'; readonly results: ReadonlyMap<string, TraceResult> }
  | { readonly type: 'prestate'; readonly accounts: ReadonlyMap<string, PrestateAccount> }
  | {
      readonly type: 'diff';
      readonly pre: ReadonlyMap<string, PrestateAccount>;
      readonly post: ReadonlyMap<string, PrestateAccount>;
    };

/** An account as code could see it. Balance in wei. */
export interface AccountWithin {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly code: Uint8Array;
}

/** A place between a block's transactions. */
export interface PlaceWithin {
  readonly executed: ExecutedBlock;
  /** How many of its transactions have run. */
  readonly index: number;
}

/** What is needed to execute a block without the state before it. */
export interface ExecutionWitness {
  /** Nodes of the tries, RLP. */
  readonly state: readonly Uint8Array[];
  readonly codes: readonly Uint8Array[];
  /** What the tries' keys are hashes of: an account's address, then its slots. */
  readonly keys: readonly Uint8Array[];
  /** RLP of the headers from the oldest whose hash was asked for to the parent's, in order. */
  readonly headers: readonly Uint8Array[];
}
