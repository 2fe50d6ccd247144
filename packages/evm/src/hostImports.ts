import { addressAt } from './addressAt.ts';
import type { CoreExports } from './coreExports.ts';
import type { CoreMemory } from './coreMemory.ts';
import { CoreStep } from './coreStep.ts';
import { ACCOUNT, ACCOUNT_EXISTS, ACCOUNT_HAS_STORAGE, CODE, FRAME, SLOT } from './memoryLayout.ts';
import { CoreFull } from './regions.ts';
import { statusFromNumber } from './status.ts';
import type {
  CoreStateReader,
  MessageKind,
  MessageObserver,
  ObservedMessage,
  PrecompileResult,
  PrecompileRun,
} from './types.ts';
import type { InstanceUnits } from './unitCompiler.ts';

/** Told of an instruction that is about to run. */
export type StepObserver = (step: CoreStep) => void;

/** What the imports work with: filled in when the instance is there. */
export interface Host {
  exports: CoreExports;
  memory: CoreMemory;
  reader: CoreStateReader;
  observer: MessageObserver | undefined;
  step: StepObserver | undefined;
  units: InstanceUnits | undefined;
  /** Lets the precompile go on that has not ended. */
  unfinished: (() => PrecompileResult) | undefined;
  precompile: (address: number) => PrecompileRun | undefined;
}

const KINDS: Readonly<Record<number, MessageKind>> = {
  240: 'CREATE',
  241: 'CALL',
  242: 'CALLCODE',
  244: 'DELEGATECALL',
  245: 'CREATE2',
  250: 'STATICCALL',
};

const EMPTY_CODE_HASH = Uint8Array.from(
  Buffer.from('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470', 'hex'),
);
/** Of a precompile's failure. */
const FAILED = -1n;
/** Of a precompile that is to be called again. */
const UNFINISHED = -2n;

/** The frame that a pointer from the core leads to, as an observer sees it. */
export function messageAt(memory: CoreMemory, frame: number): ObservedMessage {
  const at = (field: number): number => memory.u32(frame + field);
  return {
    kind: KINDS[at(FRAME.kind)] as MessageKind,
    depth: at(FRAME.depth),
    caller: addressAt(memory, at(FRAME.caller)),
    to: addressAt(memory, at(FRAME.account)),
    codeAddress: addressAt(memory, at(FRAME.codeAccount)),
    value: memory.word(frame + FRAME.value),
    gas: memory.i64(frame + FRAME.gas),
    input: memory.copy(at(FRAME.data), at(FRAME.dataLength)),
    isStatic: at(FRAME.isStatic) !== 0,
    callerGas: at(FRAME.depth) === 0 ? 0 : memory.gas(frame - FRAME.size + FRAME.gas),
  };
}

function fillAccount({ memory, reader }: Host, record: number): void {
  const found = reader.account(addressAt(memory, record));
  if (found === undefined) {
    memory.write(record + ACCOUNT.codeHash, EMPTY_CODE_HASH);
    return;
  }
  memory.setU32(record + ACCOUNT.flags, ACCOUNT_EXISTS | (found.hasStorage ? ACCOUNT_HAS_STORAGE : 0));
  memory.setU64(record + ACCOUNT.nonce, found.nonce);
  memory.setWord(record + ACCOUNT.balance, found.balance);
  memory.write(record + ACCOUNT.codeHash, found.codeHash);
}

function fillCode({ exports, memory, reader }: Host, account: number): number {
  const hash = memory.copy(account + ACCOUNT.codeHash, 32);
  const code = reader.code(hash);
  const record = exports.newCode(code.length);
  memory.write(record + CODE.hash, hash);
  memory.write(record + CODE.bytes, code);
  memory.setU32(record + CODE.isHosts, 1);
  exports.knowCode(record);
  return record;
}

function runPrecompile(host: Host, call: { address: number; input: number; length: number; gas: bigint }): bigint {
  const run = host.precompile(call.address);
  const { unfinished } = host;
  // A copy: what runs may keep it, and the memory may move.
  const result = unfinished?.() ?? run?.(host.memory.copy(call.input, call.length), call.gas);
  if (result === undefined) return FAILED;
  host.unfinished = result.goOn;
  if (result.goOn !== undefined) return UNFINISHED;
  host.exports.setOutputLength(result.output.length);
  host.memory.write(host.exports.outputAt(), result.output);
  return result.gasUsed;
}

/** The functions that `assembly/host.ts` declares. */
export function hostImports(host: Host): WebAssembly.ModuleImports {
  const step = new CoreStep(host);
  return {
    account: (record: number) => fillAccount(host, record),
    slot: (account: number, record: number) => {
      const { memory } = host;
      const value = host.reader.slot(addressAt(memory, account), memory.bigEndian(record + SLOT.key, 32));
      memory.setBigEndian(record + SLOT.value, value);
    },
    code: (account: number) => fillCode(host, account),
    blockHash: (number: bigint, result: number) => {
      host.memory.setBigEndian(result, host.reader.blockHash(BigInt.asUintN(64, number)) ?? new Uint8Array());
    },
    precompile: (address: number, input: number, length: number, gas: bigint) =>
      runPrecompile(host, { address, input: input >>> 0, length: length >>> 0, gas }),
    full: (region: number) => {
      throw new CoreFull(region);
    },
    enter: (frame: number) => host.observer?.enter?.(messageAt(host.memory, frame)),
    exit: (frame: number, number: number, output: number, length: number, gas: bigint) => {
      const status = statusFromNumber(number);
      host.observer?.exit?.({
        status,
        output: host.memory.copy(output >>> 0, length >>> 0),
        gasLeft: gas,
        endGas: host.memory.gas(frame + FRAME.endGas),
        ...(status === 'invalidOpcode' ? { invalidOpcode: host.memory.u32(frame + FRAME.invalid) } : {}),
      });
    },
    console: (data: number, length: number) => host.observer?.console?.(host.memory.copy(data, length)),
    step: (frame: number, pc: number) => host.step?.(step.at(frame, pc)),
    decoded: (code: number) => host.units?.decoded(code >>> 0),
    hot: (frame: number, block: number) => host.units?.hot(frame >>> 0, block >>> 0),
    selfDestruct: (account: number, beneficiary: number) => {
      const { memory } = host;
      host.observer?.selfDestruct?.(
        addressAt(memory, account),
        addressAt(memory, beneficiary),
        memory.word(account + ACCOUNT.balance),
      );
    },
  };
}
