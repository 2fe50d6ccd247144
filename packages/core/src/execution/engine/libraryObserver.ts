import type { EVMInterface, EVMResult, InterpreterStep, Message } from '@ethereumjs/evm';
import { bigIntToBytes, generateAddress, generateAddress2, setLengthLeft } from '@ethereumjs/util';
import type { MessageKind, ObservedEnd } from '@minichain/evm';
import type { SenderMaskStateManager } from '../../state/senderMask.ts';
import type { ForkEvm } from '../forkEvm.ts';
import { haltOf } from '../gethError.ts';
import type { TraceObserver, TraceState, TraceStep } from '../traceObserver.ts';
import { statusFromHalt } from './haltWords.ts';
import { LibraryStep } from './libraryStep.ts';

const NOTHING = new Uint8Array();
const STIPEND = 2300;
const MAX_DEPTH = 1024;
const FRONTIER_DEPOSIT = 'code store out of gas';
const ADDRESSES = 2n ** 160n;
const OPCODE = { return: 0xf3, selfDestruct: 0xff, create2: 0xf5 };
const KINDS: Readonly<Record<number, MessageKind>> = {
  240: 'CREATE',
  241: 'CALL',
  242: 'CALLCODE',
  244: 'DELEGATECALL',
  245: 'CREATE2',
  250: 'STATICCALL',
};

/** Where on the stack the value stands, and the offset of the call data with its size below. */
const ARGUMENTS: Readonly<Record<MessageKind, { readonly word?: number; readonly piece: number }>> = {
  CREATE: { word: 0, piece: 1 },
  CREATE2: { word: 0, piece: 1 },
  CALL: { word: 2, piece: 3 },
  CALLCODE: { word: 2, piece: 3 },
  DELEGATECALL: { piece: 2 },
  STATICCALL: { piece: 2 },
};

const addressFrom = (word: bigint): Uint8Array => setLengthLeft(bigIntToBytes(word % ADDRESSES), 20);
const createdBy = (creator: Uint8Array, nonce: bigint): Uint8Array =>
  generateAddress(creator, nonce === 0n ? NOTHING : bigIntToBytes(nonce));
const isCreation = (kind: MessageKind): boolean => kind === 'CREATE' || kind === 'CREATE2';
const isPaid = ({ gas, cost = 0 }: TraceStep): boolean => gas >= cost;

/** The state manager as tracers read it. */
export const traceStateOf = (manager: SenderMaskStateManager): TraceState => ({
  account: (address) => manager.accountNow(address),
  code: (address) => {
    const account = manager.accountNow(address);
    return account === undefined ? NOTHING : manager.codeNow(account.codeHash);
  },
  slot: (address, key) => manager.slotNow(address, key),
});

interface Open {
  readonly isStatic: boolean;
  readonly isCreation: boolean;
  readonly gas: bigint;
  /** What the code of a creation has handed back, which then could perhaps not be paid for. */
  returned: Uint8Array | undefined;
}

/** Tells an observer what the library's EVM does, as a core would. */
class LibraryObserver {
  readonly #state: TraceState;
  readonly #observer: TraceObserver;
  readonly #evm: EVMInterface;
  readonly #open: Open[] = [];
  #last: { readonly opcode: number; readonly gas: number; readonly cost: number } | undefined;

  constructor(evm: EVMInterface, state: TraceState, observer: TraceObserver) {
    this.#evm = evm;
    this.#state = state;
    this.#observer = observer;
  }

  enter(message: Message): void {
    const { depth, caller, value, gasLimit, data, isStatic } = message;
    const kind = this.#kindOf(message);
    const to = message.to?.bytes ?? this.#addressOfCreation(message);
    const given = Number(gasLimit) - (value > 0n && (kind === 'CALL' || kind === 'CALLCODE') ? STIPEND : 0);
    const { gas = 0, cost = 0 } = this.#last ?? {};
    this.#open.push({ isStatic, isCreation: isCreation(kind), gas: gasLimit, returned: undefined });
    this.#observer.enter?.({
      ...{ kind, depth, value, isStatic, to, gas: gasLimit, caller: caller.bytes },
      codeAddress: message.to === undefined ? to : message.codeAddress.bytes,
      // A view of the caller's memory, which the caller goes on to write.
      input: data.slice(),
      callerGas: depth === 0 ? 0 : gas - cost - given,
    });
  }

  exit({ execResult }: EVMResult): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const halt = execResult.exceptionError && haltOf(execResult.exceptionError.error);
    const gasLeft = closed.gas - execResult.executionGasUsed;
    const isUnpaid = halt === FRONTIER_DEPOSIT && !this.#evm.common.gteHardfork('homestead');
    // Before Homestead a creation that cannot pay for its code succeeds without any.
    const end: ObservedEnd = isUnpaid
      ? { status: 'success', gasLeft, endGas: Number(gasLeft), output: closed.returned ?? NOTHING }
      : { ...this.#statusOf(halt, closed), gasLeft, endGas: Number(gasLeft), output: execResult.returnValue };
    this.#observer.exit?.(end);
  }

  step(event: InterpreterStep): void {
    const step = new LibraryStep(event);
    const open = this.#open.at(-1);
    this.#last = { opcode: step.opcode, gas: step.gas, cost: step.cost };
    this.#observer.step?.(step);
    if (open === undefined || !isPaid(step)) return;
    if (step.opcode === OPCODE.return && open.isCreation && step.stackSize > 1) {
      open.returned = step.memory(Number(step.word(0)), Number(step.word(1)));
    }
    if (step.opcode === OPCODE.selfDestruct && !open.isStatic && step.stackSize > 0) {
      const balance = this.#state.account(step.address)?.balance ?? 0n;
      this.#observer.selfDestruct?.(step.address, addressFrom(step.word(0)), balance);
    }
    const kind = KINDS[step.opcode];
    if (kind !== undefined && !open.isStatic) this.#stillborn(step, kind);
  }

  /** A call that its value or its depth forbids is no message to the library. */
  #stillborn(step: TraceStep, kind: MessageKind): void {
    const { word, piece } = ARGUMENTS[kind];
    if (step.stackSize < piece + 2) return;
    const value = word === undefined ? 0n : step.word(word);
    const balance = this.#state.account(step.address)?.balance ?? 0n;
    const isDeep = step.depth >= MAX_DEPTH;
    if (!isDeep && value <= balance) return;
    const size = Number(step.word(piece + 1));
    if (isCreation(kind) && size > this.#mostInitcode) return;
    const input = size === 0 ? NOTHING : step.memory(Number(step.word(piece)), size);
    const free = step.gas - (step.cost ?? 0);
    const most = free - Math.floor(free / 64);
    const given = isCreation(kind) ? most : Math.min(Number(step.word(0)), most);
    const gas = BigInt(given + (isCreation(kind) || value === 0n ? 0 : STIPEND));
    this.#observer.enter?.({
      ...{ kind, depth: step.depth + 1, value, gas, caller: step.address, isStatic: false },
      ...this.#partiesOf(step, kind, input),
      input,
      callerGas: free - given,
    });
    const status = isDeep ? 'depthExceeded' : 'insufficientBalance';
    this.#observer.exit?.({ status, gasLeft: gas, endGas: Number(gas), output: NOTHING });
  }

  /** Whose storage a message works on, and whose code it runs. */
  #partiesOf(step: TraceStep, kind: MessageKind, input: Uint8Array): { to: Uint8Array; codeAddress: Uint8Array } {
    if (kind === 'CREATE2') {
      const made = generateAddress2(step.address, setLengthLeft(bigIntToBytes(step.word(3)), 32), input);
      return { to: made, codeAddress: made };
    }
    if (kind === 'CREATE') {
      const made = createdBy(step.address, this.#state.account(step.address)?.nonce ?? 0n);
      return { to: made, codeAddress: made };
    }
    const codeAddress = addressFrom(step.word(1));
    return { to: kind === 'CALL' || kind === 'STATICCALL' ? codeAddress : step.address, codeAddress };
  }

  get #mostInitcode(): number {
    const { common } = this.#evm;
    return common.isActivatedEIP(3860) ? Number(common.param('maxInitCodeSize')) : Number.POSITIVE_INFINITY;
  }

  #kindOf({ depth, to }: Message): MessageKind {
    if (depth === 0) return to === undefined ? 'CREATE' : 'CALL';
    return KINDS[this.#last?.opcode ?? 0] ?? 'CALL';
  }

  /** The creator's nonce was raised already. */
  #addressOfCreation({ caller, salt, data }: Message): Uint8Array {
    if (salt !== undefined) return generateAddress2(caller.bytes, salt, data);
    return createdBy(caller.bytes, (this.#state.account(caller.bytes)?.nonce ?? 1n) - 1n);
  }

  #statusOf(halt: string | undefined, closed: Open): Pick<ObservedEnd, 'status' | 'detail' | 'invalidOpcode'> {
    if (halt === 'out of gas' && closed.returned !== undefined) return { status: 'codeStoreOutOfGas' };
    const status = statusFromHalt(halt);
    if (status === 'invalidOpcode') return { status, invalidOpcode: this.#last?.opcode ?? 0xfe };
    return status === undefined ? { status: 'precompileFailed', detail: halt as string } : { status };
  }
}

/**
 * Lets an observer see what the EVM does; a traced opcode is dear, since all of memory is copied for it, and so every one
 * keeps pace. @returns the function that ends it.
 */
export function observe(evm: EVMInterface, manager: SenderMaskStateManager, observer: TraceObserver): () => void {
  const state = traceStateOf(manager);
  const seen = new LibraryObserver(evm, state, observer);
  const { pace } = evm as ForkEvm;
  const before = (message: Message): void => seen.enter(message);
  const after = (result: EVMResult): void => seen.exit(result);
  const step = (event: InterpreterStep, resolve?: (result?: unknown) => void): void => {
    seen.step(event);
    resolve?.(pace.breathe());
  };
  evm.events?.on('beforeMessage', before);
  evm.events?.on('afterMessage', after);
  evm.events?.on('step', step);
  observer.begin?.(state);
  return () => {
    evm.events?.off('beforeMessage', before);
    evm.events?.off('afterMessage', after);
    evm.events?.off('step', step);
  };
}
