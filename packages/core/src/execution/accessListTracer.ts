import { bigIntToBytes, bytesToHex, hexToBytes, type PrefixedHexString, setLengthLeft } from '@ethereumjs/util';
import type { AccessListEntry } from './request.ts';
import type { ObservedMessage, TraceObserver, TraceState, TraceStep } from './traceObserver.ts';

const SLOAD = 0x54;
const SSTORE = 0x55;
const STIPEND = 2300;
/** BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFDESTRUCT. */
const ADDRESS_ON_TOP = new Set([0x31, 0x3b, 0x3c, 0x3f, 0xff]);
/** CALL, CALLCODE, DELEGATECALL, STATICCALL. */
const CALLS = new Set([0xf1, 0xf2, 0xf4, 0xfa]);
const DELEGATION_SIZE = 23;
const DELEGATION = Uint8Array.of(0xef, 0x01, 0x00);

const addressOf = (word: bigint): Uint8Array => setLengthLeft(bigIntToBytes(word % 2n ** 160n), 20);

/** Where an account with EIP-7702's delegation takes its code from. */
function delegateOf(code: Uint8Array): Uint8Array | undefined {
  const isDelegation = code.length === DELEGATION_SIZE && DELEGATION.every((byte, i) => code[i] === byte);
  return isDelegation ? code.slice(DELEGATION.length) : undefined;
}

interface Spared {
  /** Whether an address is warm anyway, and listed only for its slots. */
  readonly isSpared: (address: Uint8Array) => boolean;
  readonly isPrecompile: (address: Uint8Array) => boolean;
}

/** Notes the addresses and slots that a transaction accesses (EIP-2929), in the order in which it does. */
export class AccessListTracer implements TraceObserver {
  readonly #given: readonly AccessListEntry[];
  readonly #spared: Spared;
  #slots = new Map<string, Set<string>>();
  #state: TraceState | undefined;
  #recipient: string | undefined;

  constructor(given: readonly AccessListEntry[], spared: Spared) {
    this.#given = given;
    this.#spared = spared;
  }

  begin(state: TraceState): void {
    this.#state = state;
    this.#slots = new Map();
    for (const { address, storageKeys } of this.#given) {
      const slots = this.#slotsOf(address);
      for (const key of storageKeys) slots.add(bytesToHex(key));
    }
  }

  /** What is made is warm from then on: inside, it is listed where an opcode names it; by the transaction, as a recipient. */
  enter({ to, depth }: ObservedMessage): void {
    if (depth === 0) this.#recipient = bytesToHex(to);
  }

  step(step: TraceStep): void {
    const { opcode, stackSize } = step;
    if (stackSize === 0) return;
    // A write with no more than the stipend fails before it accesses anything (EIP-2200).
    if (opcode === SSTORE && step.gas <= STIPEND) return;
    if (opcode === SLOAD || opcode === SSTORE) {
      this.#slotsOf(step.address).add(bytesToHex(setLengthLeft(bigIntToBytes(step.word(0)), 32)));
    } else if (ADDRESS_ON_TOP.has(opcode)) this.#slotsOf(addressOf(step.word(0)));
    else if (CALLS.has(opcode) && stackSize > 1) this.#call(addressOf(step.word(1)));
  }

  list(): AccessListEntry[] {
    const { isSpared, isPrecompile } = this.#spared;
    const list: AccessListEntry[] = [];
    for (const [hex, slots] of this.#slots) {
      const address = hexToBytes(hex as PrefixedHexString);
      if (slots.size === 0 && (hex === this.#recipient || isSpared(address) || isPrecompile(address))) continue;
      list.push({ address, storageKeys: Array.from(slots, (slot) => hexToBytes(slot as PrefixedHexString)) });
    }
    return list;
  }

  #call(address: Uint8Array): void {
    this.#slotsOf(address);
    const delegate = delegateOf(this.#state?.code(address) ?? new Uint8Array());
    if (delegate !== undefined) this.#slotsOf(delegate);
  }

  #slotsOf(address: Uint8Array): Set<string> {
    const key = bytesToHex(address);
    let slots = this.#slots.get(key);
    if (slots === undefined) {
      slots = new Set();
      this.#slots.set(key, slots);
    }
    return slots;
  }
}
