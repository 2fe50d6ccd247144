import type { Common } from '@ethereumjs/common';
import { addressAt } from './addressAt.ts';
import { logsOf, participantsOf, takeChanges } from './changes.ts';
import type { CoreExports } from './coreExports.ts';
import { type CoreOptions, NO_STATE, openInstance } from './coreInstance.ts';
import type { CoreMemory } from './coreMemory.ts';
import type { CoreStep } from './coreStep.ts';
import { supportsFork } from './forkRules.ts';
import type { Host } from './hostImports.ts';
import { ACCOUNT, ACCOUNT_EXISTS, CODE, SLOT, WORD } from './memoryLayout.ts';
import { type CoreFull, enlarged, FIRST_REGIONS, type Regions } from './regions.ts';
import { statusFromNumber } from './status.ts';
import {
  type CoreAccount,
  type CoreBlock,
  type CoreLog,
  type CoreMessage,
  type CoreResult,
  type CoreStateReader,
  type CoreTransaction,
  type MessageObserver,
  type Participants,
  type StateChanges,
  StateMissing,
  type Suspended,
} from './types.ts';

const FINISHED = 0;
const KEY = 4;

/**
 * The machine for messages: one WebAssembly instance with what it knows of one state. Synchronous; one message at a time.
 * @example
 * const core = new Core({ common, precompile: precompileAt(common, libraries) });
 * core.open(reader);
 * core.setBlock(block);
 * core.beginTransaction({ origin: sender, gasPrice: 1n });
 * const result = core.run({ caller: sender, to, value: 0n, data, gas: 100_000n });
 */
export class Core {
  readonly #options: CoreOptions;
  #regions: Regions = FIRST_REGIONS;
  #exports: CoreExports;
  #memory: CoreMemory;
  #host: Host;
  #block: CoreBlock | undefined;
  #stamp = 1;
  /** Begins a message that had to wait before its first frame. */
  #start: (() => void) | undefined;

  /** Whether the core has the rules of this fork. */
  static supports(common: Common): boolean {
    return supportsFork(common);
  }

  constructor(options: CoreOptions) {
    this.#options = options;
    const host = {
      reader: NO_STATE,
      precompile: options.precompile,
      observer: undefined,
      step: undefined,
      units: undefined,
      unfinished: undefined,
    };
    this.#host = host as unknown as Host;
    this.#exports = this.#instantiate();
    this.#memory = this.#host.memory;
  }

  /** Forgets what it knows and works on this state from now on. */
  open(reader: CoreStateReader): void {
    this.#host.reader = reader;
    this.#exports.forget();
    this.#host.units?.forgotten();
  }

  /** After {@link CoreFull}: more room, and nothing known. Everything since the last `takeChanges` is lost. */
  enlarge(full: CoreFull): void {
    const regions = enlarged(this.#regions, full.region);
    if (regions === undefined) throw full;
    this.#regions = regions;
    this.#exports = this.#instantiate();
    this.#memory = this.#host.memory;
    this.#exports.forget();
    if (this.#block !== undefined) this.setBlock(this.#block);
  }

  setBlock(block: CoreBlock): void {
    this.#block = block;
    this.#setWord(WORD.coinbase, block.coinbase);
    this.#setNumber(WORD.timestamp, block.timestamp);
    this.#setNumber(WORD.number, block.number);
    this.#setNumber(WORD.gasLimit, block.gasLimit);
    this.#setNumber(WORD.chainId, block.chainId);
    this.#setNumber(WORD.baseFee, block.baseFee ?? 0n);
    this.#setNumber(WORD.blobBaseFee, block.blobBaseFee ?? 0n);
    if (block.prevRandao === undefined) this.#setNumber(WORD.randao, block.difficulty ?? 0n);
    else this.#setWord(WORD.randao, block.prevRandao);
  }

  /** Nothing is warm, transient or logged yet. */
  beginTransaction({ origin, gasPrice, blobHashes = [] }: CoreTransaction): void {
    this.#exports.beginTransaction();
    this.#stamp++;
    this.#setWord(WORD.origin, origin);
    this.#setNumber(WORD.gasPrice, gasPrice);
    const hashes = this.#exports.blobHashesAt();
    for (const [i, hash] of blobHashes.entries()) this.#memory.setBigEndian(hashes + 32 * i, hash);
    this.#exports.setBlobCount(blobHashes.length);
  }

  /** Self-destructed accounts go, and empty ones that were touched (EIP-161). */
  endTransaction(): void {
    this.#exports.endTransaction();
  }

  /** A point to go back to, within this state's changes. */
  checkpoint(): number {
    return this.#exports.mark();
  }

  revert(checkpoint: number): void {
    this.#exports.revertTo(checkpoint);
  }

  /** What was written so far can no longer be reverted. */
  settle(): void {
    this.#exports.forgetJournal();
  }

  takeChanges(): StateChanges {
    return takeChanges({ exports: this.#exports, memory: this.#memory });
  }

  logs(): CoreLog[] {
    return logsOf({ exports: this.#exports, memory: this.#memory });
  }

  participants(): Participants {
    return participantsOf({ exports: this.#exports, memory: this.#memory }, this.#stamp);
  }

  /** As it is now, within the transaction. */
  account(address: Uint8Array): CoreAccount | undefined {
    const at = this.#account(address);
    const flags = this.#memory.u32(at + ACCOUNT.flags);
    if ((flags & ACCOUNT_EXISTS) === 0) return undefined;
    return {
      nonce: this.#memory.u64(at + ACCOUNT.nonce),
      balance: this.#memory.word(at + ACCOUNT.balance),
      codeHash: this.#memory.copy(at + ACCOUNT.codeHash, 32),
      hasStorage: flags > ACCOUNT_EXISTS,
    };
  }

  nonce(address: Uint8Array): bigint {
    return this.#memory.u64(this.#account(address) + ACCOUNT.nonce);
  }

  /** In wei. */
  balance(address: Uint8Array): bigint {
    return this.#memory.word(this.#account(address) + ACCOUNT.balance);
  }

  code(address: Uint8Array): Uint8Array {
    const code = this.#exports.codeOf(this.#account(address));
    return this.#memory.copy(code + CODE.bytes, this.#memory.u32(code + CODE.length));
  }

  slot(address: Uint8Array, key: Uint8Array): Uint8Array {
    const account = this.#account(address);
    return this.#memory.shortest(this.#exports.slot(account, this.#key(key)) + SLOT.value);
  }

  setNonce(address: Uint8Array, nonce: bigint): void {
    const at = this.#account(address);
    this.#exports.touch(at);
    this.#exports.setNonce(at, nonce);
  }

  setBalance(address: Uint8Array, balance: bigint): void {
    const at = this.#account(address);
    const word = this.#exports.messageAt() + 32 * KEY;
    this.#exports.touch(at);
    this.#memory.setWord(word, balance);
    this.#exports.setBalance(at, word);
  }

  setCode(address: Uint8Array, code: Uint8Array): void {
    const at = this.#account(address);
    const bytes = this.#exports.takeInput(code.length);
    this.#memory.write(bytes, code);
    const record = this.#exports.codeOfBytes(bytes, code.length);
    this.#exports.touch(at);
    this.#exports.setCode(at, record, record);
  }

  warmAddress(address: Uint8Array): void {
    this.#exports.warm(this.#account(address));
  }

  warmSlot(address: Uint8Array, key: Uint8Array): void {
    const account = this.#account(address);
    this.#exports.warmSlot(this.#exports.slot(account, this.#key(key)));
  }

  set observer(observer: MessageObserver | undefined) {
    this.#host.observer = observer;
    const watchesFrames =
      observer?.enter !== undefined || observer?.exit !== undefined || observer?.selfDestruct !== undefined;
    this.#exports.observe(watchesFrames ? 1 : 0, observer?.console === undefined ? 0 : 1);
  }

  /**
   * Told of every instruction before it runs, also of one that fails for gas or stack. Costs only while it is set, and is for
   * messages that begin after.
   */
  set stepObserver(observer: ((step: CoreStep) => void) | undefined) {
    this.#host.step = observer;
    this.#exports.step(observer === undefined ? 0 : 1);
  }

  /** Gas after which a running message is suspended, so that others have their turn; none when undefined. */
  set slice(gas: bigint | undefined) {
    this.#exports.setSlice(gas ?? (1n << 63n) - 1n);
  }

  /**
   * Runs a message to its end, or until it has to wait. The sender's nonce is the caller's business, but for a creation, which
   * takes the sender's present nonce for its address and raises it.
   */
  run(message: CoreMessage): CoreResult | Suspended {
    const { caller, to, value, data, gas, isStatic = false, salt } = message;
    // Of a message that was given up.
    this.#host.unfinished = undefined;
    const at = this.#exports.messageAt();
    const memory = this.#memory;
    const input = this.#exports.takeInput(data.length);
    memory.setBigEndian(at, caller);
    memory.setWord(at + 64, value);
    memory.write(input, data);
    return this.#during(() => {
      if (to !== undefined) {
        memory.setBigEndian(at + 32, to);
        this.#exports.startCall(gas, isStatic ? 1 : 0, input, data.length);
        return;
      }
      if (salt !== undefined) memory.setBigEndian(at + 96, salt);
      this.#exports.startCreate(gas, salt === undefined ? 0 : 1, input, data.length);
    });
  }

  /** Lets a suspended message go on. */
  resume(): CoreResult | Suspended {
    return this.#during(this.#start);
  }

  #during(start: (() => void) | undefined): CoreResult | Suspended {
    try {
      // What must be fetched before the first frame lets the message begin again.
      this.#start = start;
      this.#host.units?.began();
      start?.();
      this.#start = undefined;
      while (this.#exports.frameAt() !== 0) {
        if (this.#exports.run() !== FINISHED) return { why: 'slice' };
      }
      return this.#result();
    } catch (error) {
      if (!(error instanceof StateMissing)) throw error;
      return { why: 'missing', fetch: error.fetch };
    } finally {
      this.#host.units?.ended();
    }
  }

  #result(): CoreResult {
    const created = this.#exports.accountOfResult();
    return {
      status: statusFromNumber(this.#exports.statusOfResult()),
      gasLeft: this.#exports.gasOfResult(),
      refund: this.#exports.gasRefund(),
      output: this.#memory.copy(this.#exports.outputAt(), this.#exports.outputSize()),
      createdAddress: created === 0 ? undefined : addressAt(this.#memory, created),
    };
  }

  #account(address: Uint8Array): number {
    const word = this.#exports.messageAt() + 32 * KEY;
    this.#memory.setBigEndian(word, address);
    return this.#exports.accountAt(word);
  }

  #key(key: Uint8Array): number {
    const word = this.#exports.messageAt() + 32 * KEY;
    this.#memory.setBigEndian(word, key);
    return word;
  }

  #setWord(index: number, bytes: Uint8Array): void {
    this.#memory.setBigEndian(this.#exports.wordsAt() + 32 * index, bytes);
  }

  #setNumber(index: number, value: bigint): void {
    this.#memory.setWord(this.#exports.wordsAt() + 32 * index, value);
  }

  #instantiate(): CoreExports {
    return openInstance(this.#options, this.#regions, this.#host);
  }
}
