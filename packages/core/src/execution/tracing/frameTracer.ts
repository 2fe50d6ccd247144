import { bytesToBigInt } from '@ethereumjs/util';
import type { MessageObserver, ObservedEnd, ObservedMessage } from '@minichain/evm';
import { haltFromStatus } from '../engine/haltWords.ts';
import type { TransactionResult } from '../engine/machine.ts';
import { gethError } from '../gethError.ts';
import { revertReason } from '../revertReason.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { CallFrame } from './traceTypes.ts';

interface OpenFrame extends CallFrame {
  to: Uint8Array | undefined;
  gas: bigint;
  gasUsed: bigint;
  output: Uint8Array;
  error?: string;
  revertReason?: string;
  readonly calls: OpenFrame[];
}

const NOTHING = new Uint8Array();
const ERROR_SELECTOR = 0x08c379a0n;
/** About how many bytes of JSON a frame is without its data. */
const FRAME_BYTES = 300;

/** How a message can end that a core cannot tell in geth's words: which opcode was invalid, what a precompile missed. */
const UNTOLD: ReadonlySet<string> = new Set(['invalidOpcode', 'precompileFailed']);

/** Builds geth's call tree out of what a core tells of its messages, without a look at opcodes. */
export class FrameTracer implements MessageObserver {
  readonly #onlyTop: boolean;
  readonly #budget: TraceBudget;
  readonly #stack: OpenFrame[] = [];
  #top: OpenFrame | undefined;
  #isUntold = false;

  constructor({ onlyTopCall = false }: { readonly onlyTopCall?: boolean }, budget: TraceBudget) {
    this.#onlyTop = onlyTopCall;
    this.#budget = budget;
  }

  enter({ kind, caller, to, codeAddress, value, gas, input }: ObservedMessage): void {
    const isShown = this.#stack.length === 0 || !this.#onlyTop;
    if (isShown) this.#budget.spend(FRAME_BYTES + 2 * input.length);
    const isDelegated = kind === 'DELEGATECALL' || kind === 'CALLCODE';
    this.#push({
      kind,
      from: isDelegated ? to : caller,
      to: isDelegated ? codeAddress : to,
      value,
      gas,
      gasUsed: 0n,
      input: isShown ? input : NOTHING,
      output: NOTHING,
      calls: [],
    });
  }

  exit({ status, gasLeft, output }: ObservedEnd): void {
    const frame = this.#stack.pop() as OpenFrame;
    const isShown = this.#stack.length === 0 || !this.#onlyTop;
    if (isShown) this.#budget.spend(2 * output.length);
    frame.gasUsed = frame.gas - gasLeft;
    if (isShown && UNTOLD.has(status)) this.#isUntold = true;
    const halt = haltFromStatus(status);
    if (halt === undefined) {
      frame.output = output;
      return;
    }
    frame.error = gethError(halt);
    if (frame.kind.startsWith('CREATE')) frame.to = undefined;
    if (status !== 'revert' || output.length === 0) return;
    frame.output = output;
    const reason = bytesToBigInt(output.subarray(0, 4)) === ERROR_SELECTOR ? revertReason(output) : undefined;
    if (reason !== undefined) frame.revertReason = reason;
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    this.#push({
      ...{ kind: 'SELFDESTRUCT', from: account, to: beneficiary, value: balance },
      ...{ gas: 0n, gasUsed: 0n, input: NOTHING, output: NOTHING, calls: [] },
    });
    this.#stack.pop();
  }

  /** The finished tree, whose top frame has the transaction's gas, as geth has it; undefined where a core cannot tell it. */
  finish(result: TransactionResult, gasLimit: bigint): CallFrame | undefined {
    const top = this.#top as OpenFrame;
    top.gas = gasLimit;
    top.gasUsed = result.gasUsed;
    return this.#isUntold ? undefined : top;
  }

  #push(frame: OpenFrame): void {
    this.#top ??= frame;
    if (!this.#onlyTop) this.#stack.at(-1)?.calls.push(frame);
    this.#stack.push(frame);
  }
}
