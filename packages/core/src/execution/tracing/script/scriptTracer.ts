import {
  Address,
  bigIntToBytes,
  bytesToUnprefixedHex,
  eoaCode7702RecoverAuthority,
  setLengthLeft,
} from '@ethereumjs/util';
import { type CoreStatus, opcodeName } from '@minichain/evm';
import type { StateView } from '../../../state/stateView.ts';
import { effectiveGasPrice } from '../../../transactions/prices.ts';
import { haltFromStatus } from '../../engine/haltWords.ts';
import type { TransactionResult } from '../../engine/machine.ts';
import { gethError } from '../../gethError.ts';
import type { ObservedEnd, ObservedMessage, TraceState, TraceStep } from '../../traceObserver.ts';
import { errorOf } from '../frameTracer.ts';
import { wordsKept } from '../structLog.ts';
import type { Tracer, TraceSubject } from '../tracer.ts';
import type { TraceResult } from '../traceTypes.ts';
import { writtenBy } from '../vmTracer.ts';
import { KINDS, type Patch, RECORD, Recording, STEP_FAILURES } from './recording.ts';
import { ScriptThread } from './scriptThread.ts';
import { StateTimeline } from './stateTimeline.ts';

const SSTORE = 0x55;
const WORD = 32;
const NOTHING = new Uint8Array();
/** No fork has a precompile at or above this address. */
const PRECOMPILES = 0x200;
/** A step without its words and what it wrote. */
const STEP_BYTES = 56;
const MESSAGE_BYTES = 130;
/** Failures of an opcode that was not even paid for: the step tells them, there is no fault besides. */
const isEarly = (status: CoreStatus): boolean =>
  STEP_FAILURES.includes(status) && status !== 'success' && status !== 'revert';
/** Failures after the code has run, and of messages that never ran. */
const OUTSIDE: ReadonlySet<CoreStatus> = new Set([
  ...([
    'success',
    'createCollision',
    'codeTooLarge',
    'codeStartsWithEf',
    'initcodeTooLarge',
    'codeStoreOutOfGas',
  ] as const),
  ...(['depthExceeded', 'insufficientBalance', 'nonceOverflow', 'precompileFailed'] as const),
]);

const OPCODES = Array.from({ length: 256 }, (_, opcode) => opcodeName(opcode));
const FAILURES = STEP_FAILURES.map((status) => {
  const halt = haltFromStatus(status);
  return halt === undefined ? null : gethError(halt);
});

const addressAt = (number: number): Uint8Array => setLengthLeft(bigIntToBytes(BigInt(number)), 20);

function precompilesOf({ isPrecompile }: TraceSubject): string[] {
  const addresses = Array.from({ length: PRECOMPILES - 1 }, (_, i) => addressAt(i + 1));
  return addresses.filter((address) => isPrecompile(address)).map(bytesToUnprefixedHex);
}

/** Reads a state for a tracer, as text. */
async function answerFrom(view: StateView, kind: string, hex: string, slot: string): Promise<string> {
  const address = new Address(Buffer.from(hex, 'hex'));
  if (kind === 'c') return bytesToUnprefixedHex(await view.code(address));
  if (kind === 's') return bytesToUnprefixedHex(await view.storage(address, Buffer.from(slot, 'hex')));
  const { exists, nonce, balance } = await view.account(address);
  return `${nonce} ${balance.toString(16)} ${exists ? 1 : 0}`;
}

interface OpenMessage {
  readonly message: ObservedMessage;
  /** Of the step before; -1 before the first. */
  opcode: number;
  stackSize: number;
  written: { readonly offset: number; readonly size: number } | undefined;
  /** Of the last step: where its failure is noted. */
  failure: Patch | undefined;
}

/** What {@link ScriptTracer.open} is given besides what it traces. */
export interface ScriptOptions {
  readonly code: string;
  /** JSON. */
  readonly config: string;
  readonly timeoutMs: number;
}

/**
 * geth's JavaScript tracers. The transaction runs first and is written down, with what it changes in the state; the tracer
 * then runs through that in a thread of its own, and may take as long as it is allowed to: nobody waits for it but its caller.
 */
export class ScriptTracer implements Tracer {
  readonly step: ((step: TraceStep) => void) | undefined;
  readonly #subject: TraceSubject;
  readonly #options: ScriptOptions;
  readonly #thread: ScriptThread;
  readonly #before: StateView;
  #recording: Recording;
  #timeline: StateTimeline | undefined;
  #open: OpenMessage[] = [];
  #top: ObservedMessage | undefined;
  #end: ObservedEnd | undefined;
  #isUntold = false;
  /** Gas before the step whose cost is not known yet, where that is written, and what the engine told of it. */
  #last: { readonly gas: number; readonly cost: number | undefined; readonly patch: Patch } | undefined;

  private constructor(
    subject: TraceSubject,
    options: ScriptOptions,
    parts: { thread: ScriptThread; before: StateView; wants: string },
  ) {
    this.#subject = subject;
    this.#options = options;
    this.#thread = parts.thread;
    this.#before = parts.before;
    this.#recording = this.#newRecording();
    this.step = parts.wants.includes('s') ? (step) => this.#step(step) : undefined;
  }

  /** @throws ExecutionError TRACER_FAILED for what is no tracer. */
  static async open(subject: TraceSubject, options: ScriptOptions): Promise<ScriptTracer> {
    const thread = ScriptThread.take();
    try {
      const facts = { opcodes: OPCODES, kinds: KINDS, failures: FAILURES, precompiles: precompilesOf(subject) };
      const wants = await thread.start({ ...options, facts });
      return new ScriptTracer(subject, options, { thread, before: await subject.view(), wants });
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  begin(state: TraceState): void {
    this.#recording = this.#newRecording();
    this.#timeline = new StateTimeline(state, this.#recording);
    this.#open = [];
    this.#top = undefined;
    this.#last = undefined;
  }

  enter(message: ObservedMessage): void {
    const { kind, depth, caller, to, codeAddress, value, gas, input, callerGas } = message;
    const timeline = this.#timeline as StateTimeline;
    if (depth > 0) this.#settle(callerGas);
    else this.#begin(message);
    timeline.enter();
    timeline.touchAccount(caller);
    timeline.touchAccount(to);
    if (kind.startsWith('CREATE')) timeline.touchCode(to);
    this.#open.push({ message, opcode: -1, stackSize: 0, written: undefined, failure: undefined });
    const recording = this.#recording;
    recording.begin(RECORD.enter, MESSAGE_BYTES + input.length);
    recording.u8(KINDS.indexOf(kind));
    recording.u16(depth);
    for (const address of [caller, to, codeAddress]) recording.bytes(address);
    recording.word(value);
    recording.f64(Number(gas));
    recording.u32(input.length);
    recording.bytes(input);
  }

  exit(end: ObservedEnd): void {
    const { status, endGas, output, gasLeft } = end;
    const { cost, gas: before = 0 } = this.#last ?? {};
    const closed = this.#open.pop() as OpenMessage;
    const { message, failure } = closed;
    const isEnd = this.#open.length === 0;
    if (isEnd) this.#end = end;
    this.#settle(cost === undefined ? endGas : before - cost);
    const isFaulty = !OUTSIDE.has(status);
    if (isFaulty && isEarly(status)) failure?.byte(STEP_FAILURES.indexOf(status));
    this.#timeline?.flush();
    this.#timeline?.exit(status !== 'success');
    const error = status === 'success' ? '' : errorOf(end, { to: message.codeAddress, input: message.input });
    if (error === undefined) this.#isUntold = true;
    const words = Buffer.from(error ?? 'precompile failed', 'latin1');
    const recording = this.#recording;
    recording.begin(RECORD.exit, 24 + words.length + output.length);
    recording.u8(isFaulty && !isEarly(status) ? 1 : 0);
    recording.u16(words.length);
    recording.bytes(words);
    recording.f64(Number(message.gas - gasLeft));
    recording.u32(output.length);
    recording.bytes(output);
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    this.#timeline?.touchAccount(account);
    this.#timeline?.touchAccount(beneficiary);
    this.#recording.begin(RECORD.selfDestruct, 80);
    this.#recording.bytes(account);
    this.#recording.bytes(beneficiary);
    this.#recording.word(balance);
  }

  /** Runs the tracer. @throws ExecutionError TRACER_FAILED. */
  async finish(result: TransactionResult): Promise<TraceResult | undefined> {
    if (this.#isUntold) {
      await this.close();
      return undefined;
    }
    const after = await this.#subject.view();
    const context = this.#contextOf(result);
    let view = this.#before;
    this.#thread.answer = (kind, address, slot) => {
      if (kind === 'end') view = after;
      return kind === 'end' ? Promise.resolve('') : answerFrom(view, kind, address, slot);
    };
    try {
      const json = await this.#thread.run(this.#recording.take(), context, this.#options.timeoutMs);
      this.#thread.release();
      return { type: 'script', json };
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  #newRecording(): Recording {
    return new Recording((bytes) => this.#subject.budget.spend(bytes));
  }

  #begin(message: ObservedMessage): void {
    this.#top = message;
    const tx = this.#subject.tx();
    if (!('authorizationList' in tx)) return;
    for (const authorization of tx.authorizationList) {
      try {
        const { bytes } = eoaCode7702RecoverAuthority(authorization);
        this.#timeline?.touchAccount(bytes);
        this.#timeline?.touchCode(bytes);
      } catch {
        // An authorisation whose signature recovers to nobody changes nobody.
      }
    }
  }

  #settle(gasAfter: number): void {
    this.#last?.patch.number(this.#last.gas - gasAfter);
    this.#last = undefined;
  }

  #step(step: TraceStep): void {
    this.#settle(step.gas);
    const timeline = this.#timeline as StateTimeline;
    timeline.flush();
    const { opcode, stackSize, gas, cost } = step;
    const open = this.#open.at(-1) as OpenMessage;
    const kept = Math.min(wordsKept(open), stackSize);
    const { offset = 0, size = 0 } = open.written ?? {};
    const recording = this.#recording;
    recording.begin(RECORD.step, STEP_BYTES + WORD * (stackSize - kept) + size);
    recording.u8(opcode);
    recording.u16(step.depth + 1);
    recording.u32(step.pc);
    recording.f64(gas);
    this.#last = { gas, cost, patch: recording.patch() };
    recording.f64(0);
    recording.f64(step.refund);
    open.failure = recording.patch();
    recording.u8(0);
    recording.u16(kept);
    recording.u16(stackSize - kept);
    for (let i = stackSize - kept - 1; i >= 0; i--) recording.word(step.word(i));
    recording.u32(step.memorySize);
    recording.u32(offset);
    recording.u32(size);
    if (size > 0) recording.bytes(step.memory(offset, size));
    open.opcode = opcode;
    open.stackSize = stackSize;
    open.written = writtenBy(step);
    if (opcode === SSTORE && stackSize > 1)
      timeline.touchSlot(step.address, setLengthLeft(bigIntToBytes(step.word(0)), WORD));
  }

  /** What `result` is told of the transaction, as JSON: bytes in hex, amounts of ether in decimal. */
  #contextOf({ gasUsed }: TransactionResult): string {
    const { gasLimit, coinbase, header, place } = this.#subject;
    const { kind, caller, to, input, value } = this.#top as ObservedMessage;
    const end = this.#end as ObservedEnd;
    const error = end.status === 'success' ? undefined : errorOf(end, { to, input });
    const hex = (bytes: Uint8Array): string => `0x${bytesToUnprefixedHex(bytes)}`;
    const keepsOutput = end.status === 'success' || end.status === 'revert';
    return JSON.stringify({
      type: kind.startsWith('CREATE') ? 'CREATE' : 'CALL',
      ...{ from: hex(caller), to: hex(to), input: hex(input), value: value.toString() },
      ...{ gas: Number(gasLimit), gasUsed: Number(gasUsed), output: hex(keepsOutput ? end.output : NOTHING) },
      gasPrice: effectiveGasPrice(this.#subject.tx(), header.baseFeePerGas).toString(),
      ...{ block: Number(header.number), coinbase: hex(coinbase.bytes) },
      ...(place === undefined
        ? {}
        : { blockHash: hex(place.blockHash), txHash: hex(place.hash), txIndex: place.index }),
      ...(error === undefined ? {} : { error }),
    });
  }
}
