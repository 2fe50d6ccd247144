import type { EVMInterface, EVMResult, InterpreterStep, Message } from '@ethereumjs/evm';
import { Address, bigIntToBytes, bytesToBigInt, setLengthLeft } from '@ethereumjs/util';
import type { TransactionResult } from '../engine/machine.ts';
import { gethError } from '../gethError.ts';
import { revertReason } from '../revertReason.ts';
import { onStep } from './onStep.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { CallFrame } from './traceTypes.ts';

type FrameLog = NonNullable<CallFrame['logs']>[number];

interface OpenFrame extends CallFrame {
  to: Uint8Array | undefined;
  gas: bigint;
  gasUsed: bigint;
  output: Uint8Array;
  error?: string;
  revertReason?: string;
  logs?: FrameLog[];
  readonly calls: OpenFrame[];
}

/** A frame under way, with what the code of a creation handed back. */
interface Entered {
  readonly frame: OpenFrame;
  returned: Uint8Array | undefined;
}

export interface CallTracerOptions {
  readonly onlyTopCall?: boolean;
  readonly withLog?: boolean;
}

const FRONTIER_DEPOSIT = 'code store out of gas';
const CALL_STIPEND = 2300n;
const MAX_DEPTH = 1024;
const EMPTY = new Uint8Array();
/** About how many bytes of JSON a frame or a log is without its data. */
const FRAME_BYTES = 300;

const costOf = ({ opcode }: InterpreterStep): bigint => opcode.dynamicFee ?? BigInt(opcode.fee);
/** Whether the opcode can be paid for, so that what it asks of memory is bounded. */
const isPaid = (event: InterpreterStep): boolean => event.gasLeft >= costOf(event);
const addressFrom = (word = 0n): Address => new Address(setLengthLeft(bigIntToBytes(word % 2n ** 160n), 20));

/** Memory that was never written reads as zeros. */
function memoryAt({ memory }: InterpreterStep, offset = 0n, size = 0n): Uint8Array {
  const bytes = new Uint8Array(Number(size));
  if (size > 0n) bytes.set(memory.subarray(Number(offset), Number(offset + size)));
  return bytes;
}

/** Builds geth's call tree: a frame a message. */
export class CallTracer {
  readonly #options: CallTracerOptions;
  readonly #budget: TraceBudget;
  readonly #stack: Entered[] = [];
  #top: OpenFrame | undefined;
  #opcode = 'CALL';
  #logCount = 0;

  constructor(options: CallTracerOptions, budget: TraceBudget) {
    this.#options = options;
    this.#budget = budget;
  }

  attach(evm: EVMInterface): () => void {
    const before = (message: Message): void => this.#enter(message);
    const after = (result: EVMResult): void => this.#exit(result);
    evm.events?.on('beforeMessage', before);
    evm.events?.on('afterMessage', after);
    const offStep = onStep(evm, (event) => this.#step(event));
    return () => {
      evm.events?.off('beforeMessage', before);
      evm.events?.off('afterMessage', after);
      offStep();
    };
  }

  /** The finished tree; the top frame's gas is the transaction's, as geth has it. */
  finish(result: TransactionResult, gasLimit: bigint): CallFrame {
    const top = this.#top as OpenFrame;
    top.gas = gasLimit;
    top.gasUsed = result.gasUsed;
    if (this.#options.withLog === true) dropFailedLogs(top, false);
    return top;
  }

  #enter(message: Message): void {
    const isInner = message.depth > 0;
    const kind = (isInner ? this.#opcode : message.to === undefined ? 'CREATE' : 'CALL') as CallFrame['kind'];
    if (this.#keeps) this.#budget.spend(FRAME_BYTES + 2 * message.data.length);
    const isDelegated = kind === 'DELEGATECALL' || kind === 'CALLCODE';
    const frame: OpenFrame = {
      kind,
      from: (isDelegated && message.to !== undefined ? message.to : message.caller).bytes,
      to: (isDelegated ? message.codeAddress : message.to)?.bytes,
      value: message.value,
      gas: message.gasLimit,
      gasUsed: 0n,
      // A view of the caller's memory, which the caller goes on to write.
      input: this.#keeps ? message.data.slice() : EMPTY,
      output: new Uint8Array(),
      calls: [],
    };
    this.#top ??= frame;
    this.#addToOpen(frame);
    this.#stack.push({ frame, returned: undefined });
  }

  /** Whether a frame that opens now is going to be shown. */
  get #keeps(): boolean {
    return this.#stack.length === 0 || this.#options.onlyTopCall !== true;
  }

  #addToOpen(frame: OpenFrame): void {
    if (this.#options.onlyTopCall !== true) this.#stack.at(-1)?.frame.calls.push(frame);
  }

  #exit(result: EVMResult): void {
    const entered = this.#stack.pop();
    if (entered === undefined) return;
    const { frame, returned } = entered;
    const { execResult, createdAddress } = result;
    if (this.#keeps) this.#budget.spend(2 * execResult.returnValue.length);
    frame.gasUsed = execResult.executionGasUsed;
    frame.to ??= createdAddress?.bytes;
    const error = execResult.exceptionError?.error;
    if (error === undefined || error === FRONTIER_DEPOSIT) {
      // Before Homestead a creation that cannot pay for its code succeeds without any.
      frame.output = error === undefined ? execResult.returnValue : (returned ?? execResult.returnValue);
      return;
    }
    // Code that was handed back and then ran out of gas could not be paid for.
    frame.error = gethError(returned !== undefined && error === 'out of gas' ? 'code store out of gas' : error);
    if (error === 'invalid opcode') frame.error = `invalid opcode: ${this.#opcode}`;
    if (frame.kind.startsWith('CREATE')) frame.to = undefined;
    if (error !== 'revert' || execResult.returnValue.length === 0) return;
    frame.output = execResult.returnValue;
    const isString = bytesToBigInt(execResult.returnValue.subarray(0, 4)) === 0x08c379a0n;
    const reason = isString ? revertReason(execResult.returnValue) : undefined;
    if (reason !== undefined) frame.revertReason = reason;
  }

  async #step(event: InterpreterStep): Promise<void> {
    this.#opcode = event.opcode.name;
    const entered = this.#stack.at(-1);
    if (entered === undefined) return;
    const { frame } = entered;
    if (this.#opcode === 'RETURN' && frame.kind.startsWith('CREATE') && isPaid(event)) {
      entered.returned = memoryAt(event, event.stack.at(-1), event.stack.at(-2));
    }
    if (this.#opcode === 'SELFDESTRUCT') await this.#selfdestruct(event);
    if (this.#options.withLog === true && /^LOG[0-4]$/.test(this.#opcode)) this.#log(frame, event);
    if (this.#keeps && /^(CALL|CALLCODE|CREATE2?)$/.test(this.#opcode)) await this.#stillborn(event);
  }

  async #selfdestruct(event: InterpreterStep): Promise<void> {
    const account = await event.stateManager.getAccount(event.address);
    this.#addToOpen({
      kind: 'SELFDESTRUCT',
      from: event.address.bytes,
      to: addressFrom(event.stack.at(-1)).bytes,
      value: account?.balance ?? 0n,
      gas: 0n,
      gasUsed: 0n,
      input: new Uint8Array(),
      output: new Uint8Array(),
      calls: [],
    });
  }

  /** A call that its value or its depth forbids is no message to the library; geth shows it all the same. */
  async #stillborn(event: InterpreterStep): Promise<void> {
    const isCreate = this.#opcode.startsWith('CREATE');
    const { stack } = event;
    const value = (isCreate ? stack.at(-1) : stack.at(-3)) ?? 0n;
    const balance = (await event.stateManager.getAccount(event.address))?.balance ?? 0n;
    const error = event.depth >= MAX_DEPTH ? 'max call depth exceeded' : 'insufficient balance for transfer';
    if ((value <= balance && event.depth < MAX_DEPTH) || !isPaid(event)) return;
    const [offset, size = 0n] = isCreate ? [stack.at(-2), stack.at(-3)] : [stack.at(-4), stack.at(-5)];
    this.#budget.spend(FRAME_BYTES + 2 * Number(size));
    const free = event.gasLeft - costOf(event);
    const most = free - free / 64n;
    const wanted = isCreate ? most : (stack.at(-1) ?? 0n);
    this.#addToOpen({
      kind: this.#opcode as CallFrame['kind'],
      from: event.address.bytes,
      to: isCreate ? undefined : addressFrom(stack.at(-2)).bytes,
      value,
      gas: (wanted < most ? wanted : most) + (isCreate || value === 0n ? 0n : CALL_STIPEND),
      gasUsed: 0n,
      input: memoryAt(event, offset, size),
      output: new Uint8Array(),
      error,
      calls: [],
    });
  }

  #log(frame: OpenFrame, event: InterpreterStep): void {
    const count = Number(this.#opcode.slice(3));
    const args = [...event.stack].reverse();
    if (args.length < 2 + count) return;
    if (!isPaid(event)) return;
    this.#budget.spend(FRAME_BYTES + 2 * Number(args[1]));
    frame.logs ??= [];
    frame.logs.push({
      address: event.address.bytes,
      topics: args.slice(2, 2 + count).map((topic) => setLengthLeft(bigIntToBytes(topic), 32)),
      data: memoryAt(event, args[0], args[1]),
      position: frame.calls.length,
      index: this.#logCount++,
    });
  }
}

/** What a failed frame and its children logged did not happen. */
function dropFailedLogs(frame: OpenFrame, parentFailed: boolean): void {
  const failed = parentFailed || frame.error !== undefined;
  if (failed) delete frame.logs;
  for (const child of frame.calls) dropFailedLogs(child, failed);
}
