import type { MessageObserver, ObservedEnd, ObservedMessage } from '@minichain/evm';

export type { ObservedEnd, ObservedMessage };

/** An opcode that is about to run, as every engine shows it: good only until the observer returns. */
export interface TraceStep {
  readonly pc: number;
  /** 0 behind the end of the code. */
  readonly opcode: number;
  /** What is left of the message's gas, before the opcode is paid for. */
  readonly gas: number;
  /** Of the opcode alone, where the engine tells it beforehand. */
  readonly cost?: number;
  /** What the transaction gets back, so far. */
  readonly refund: number;
  /** 0 for the first message. */
  readonly depth: number;
  /** Whose storage the message works on. */
  readonly address: Uint8Array;
  readonly stackSize: number;
  /** A word of the stack; 0 is the top. */
  word(fromTop: number): bigint;
  /** The stack, its top last. */
  stack(): bigint[];
  /** In bytes, whole words. */
  readonly memorySize: number;
  /** A copy of the memory, or of a piece of it; behind its end are zeros. */
  memory(offset?: number, length?: number): Uint8Array;
}

/** The state in the middle of a transaction, at once. */
export interface TraceState {
  account(address: Uint8Array): { readonly nonce: bigint; readonly balance: bigint } | undefined;
  code(address: Uint8Array): Uint8Array;
  /** @param key 32 bytes. @returns in its shortest form. */
  slot(address: Uint8Array, key: Uint8Array): Uint8Array;
}

/**
 * Is told what a transaction does while it does it: of its messages, those that come to nothing before they begin among
 * them, and of its opcodes if it asks for them, which is far dearer. What it throws ends the run.
 */
export interface TraceObserver extends MessageObserver {
  /** A transaction begins; the same one again where the engine had to start over. */
  begin?(state: TraceState): void;
  readonly step?: ((step: TraceStep) => void) | undefined;
}
