import type { EVMInterface, EVMResult, InterpreterStep, Message } from '@ethereumjs/evm';
import { Address, bigIntToBytes, bytesToBigInt, setLengthLeft } from '@ethereumjs/util';
import type { RunTxResult } from '@ethereumjs/vm';
import { gethError } from '../gethError.ts';
import { revertReason } from '../revertReason.ts';
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

export interface CallTracerOptions {
  readonly onlyTopCall?: boolean;
  readonly withLog?: boolean;
}

const SELFDESTRUCT = 'SELFDESTRUCT';

/** Builds geth's call tree: a frame a message. */
export class CallTracer {
  readonly #options: CallTracerOptions;
  readonly #stack: OpenFrame[] = [];
  #top: OpenFrame | undefined;
  #opcode = 'CALL';
  #logCount = 0;

  constructor(options: CallTracerOptions) {
    this.#options = options;
  }

  attach(evm: EVMInterface): () => void {
    const before = (message: Message): void => this.#enter(message);
    const after = (result: EVMResult): void => this.#exit(result);
    const step = (event: InterpreterStep, resolve?: (result?: unknown) => void): void => {
      void this.#step(event).then(() => resolve?.());
    };
    evm.events?.on('beforeMessage', before);
    evm.events?.on('afterMessage', after);
    evm.events?.on('step', step);
    return () => {
      evm.events?.off('beforeMessage', before);
      evm.events?.off('afterMessage', after);
      evm.events?.off('step', step);
    };
  }

  /** The finished tree; the top frame's gas is the transaction's, as geth has it. */
  finish(result: RunTxResult, gasLimit: bigint): CallFrame {
    const top = this.#top as OpenFrame;
    top.gas = gasLimit;
    top.gasUsed = result.totalGasSpent;
    if (this.#options.withLog === true) dropFailedLogs(top, false);
    return top;
  }

  #enter(message: Message): void {
    const isInner = message.depth > 0;
    const kind = (isInner ? this.#opcode : message.to === undefined ? 'CREATE' : 'CALL') as CallFrame['kind'];
    const isDelegated = kind === 'DELEGATECALL' || kind === 'CALLCODE';
    const frame: OpenFrame = {
      kind,
      from: (isDelegated && message.to !== undefined ? message.to : message.caller).bytes,
      to: (isDelegated ? message.codeAddress : message.to)?.bytes,
      value: message.value,
      gas: message.gasLimit,
      gasUsed: 0n,
      // A view of the caller's memory, which the caller goes on to write.
      input: message.data.slice(),
      output: new Uint8Array(),
      calls: [],
    };
    this.#top ??= frame;
    if (this.#options.onlyTopCall !== true || !isInner) this.#stack.at(-1)?.calls.push(frame);
    this.#stack.push(frame);
  }

  #exit(result: EVMResult): void {
    const frame = this.#stack.pop();
    if (frame === undefined) return;
    const { execResult, createdAddress } = result;
    frame.gasUsed = execResult.executionGasUsed;
    frame.to ??= createdAddress?.bytes;
    const error = execResult.exceptionError?.error;
    if (error === undefined) {
      frame.output = execResult.returnValue;
      return;
    }
    frame.error = gethError(error);
    if (frame.kind.startsWith('CREATE')) frame.to = undefined;
    if (error !== 'revert' || execResult.returnValue.length === 0) return;
    frame.output = execResult.returnValue;
    const isString = bytesToBigInt(execResult.returnValue.subarray(0, 4)) === 0x08c379a0n;
    const reason = isString ? revertReason(execResult.returnValue) : undefined;
    if (reason !== undefined) frame.revertReason = reason;
  }

  async #step(event: InterpreterStep): Promise<void> {
    this.#opcode = event.opcode.name;
    const frame = this.#stack.at(-1);
    if (frame === undefined) return;
    if (this.#opcode === SELFDESTRUCT && this.#options.onlyTopCall !== true) {
      const beneficiary = new Address(setLengthLeft(bigIntToBytes((event.stack.at(-1) ?? 0n) % 2n ** 160n), 20));
      const account = await event.stateManager.getAccount(event.address);
      frame.calls.push({
        kind: 'SELFDESTRUCT',
        from: event.address.bytes,
        to: beneficiary.bytes,
        value: account?.balance ?? 0n,
        gas: 0n,
        gasUsed: 0n,
        input: new Uint8Array(),
        output: new Uint8Array(),
        calls: [],
      });
    }
    if (this.#options.withLog === true && /^LOG[0-4]$/.test(this.#opcode)) this.#log(frame, event);
  }

  #log(frame: OpenFrame, event: InterpreterStep): void {
    const count = Number(this.#opcode.slice(3));
    const args = [...event.stack].reverse();
    if (args.length < 2 + count) return;
    const [offset, size] = [Number(args[0]), Number(args[1])];
    const data = new Uint8Array(size);
    data.set(event.memory.subarray(offset, offset + size));
    frame.logs ??= [];
    frame.logs.push({
      address: event.address.bytes,
      topics: args.slice(2, 2 + count).map((topic) => setLengthLeft(bigIntToBytes(topic), 32)),
      data,
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
