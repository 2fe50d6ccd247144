import type { EVMInterface, EVMResult, InterpreterStep, Message } from '@ethereumjs/evm';
import { type Address, bigIntToBytes, hexToBytes, setLengthLeft } from '@ethereumjs/util';
import type { Log } from '../../blocks/executedBlock.ts';
import { onStep } from '../tracing/onStep.ts';
import type { SimulatedLog } from './simulateTypes.ts';

interface OpenLog extends SimulatedLog {
  topics: Uint8Array[];
}

/** Where the logs of ether's transfers seem to come from, and what they look like: ERC-20's `Transfer` (EIP-7528). */
const ETHER = hexToBytes('0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee');
const TRANSFER = hexToBytes('0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef');

const word = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);
const padded = (address: Address): Uint8Array => setLengthLeft(address.bytes, 32);

/**
 * Notes logs and transfers of ether in the order in which they happen; those of a frame that fails go with it. It listens to
 * every opcode, so it is attached only where transfers are asked for.
 */
export class LogRecorder {
  readonly #frames: OpenLog[][] = [];
  /** Creations whose transfer waits for the new address. */
  readonly #creations: (OpenLog | undefined)[] = [];
  #finished: OpenLog[] = [];
  #count = 0;

  attach(evm: EVMInterface): void {
    evm.events?.on('beforeMessage', (message: Message) => this.#enter(message));
    evm.events?.on('afterMessage', (result: EVMResult) => this.#exit(result));
    onStep(evm, (event) => this.#step(event));
  }

  /** What the last transaction left behind; numbers go on counting, dropped logs included, as geth's do. */
  take(): readonly SimulatedLog[] {
    const logs = this.#finished;
    this.#finished = [];
    return logs;
  }

  #enter(message: Message): void {
    this.#frames.push([]);
    const moves = message.value > 0n && !message.delegatecall;
    const transfer = moves ? this.#transfer(message.caller, message.to, message.value) : undefined;
    this.#creations.push(message.to === undefined ? transfer : undefined);
  }

  #exit({ execResult, createdAddress }: EVMResult): void {
    const logs = this.#frames.pop() ?? [];
    const creation = this.#creations.pop();
    if (creation !== undefined && createdAddress !== undefined) creation.topics[2] = padded(createdAddress);
    if (execResult.exceptionError !== undefined) return;
    (this.#frames.at(-1) ?? this.#finished).push(...logs);
  }

  async #step({ opcode, stack, memory, address, stateManager }: InterpreterStep): Promise<void> {
    if (opcode.name === 'SELFDESTRUCT' && stack.length > 0) {
      const balance = (await stateManager.getAccount(address))?.balance ?? 0n;
      const heir = word((stack.at(-1) as bigint) % 2n ** 160n);
      if (balance > 0n) this.#push({ address: ETHER, topics: [TRANSFER, padded(address), heir], data: word(balance) });
      return;
    }
    const topics = /^LOG([0-4])$/.exec(opcode.name)?.[1];
    if (topics === undefined) return;
    const args = [...stack].reverse();
    const [offset, size] = [Number(args[0]), Number(args[1])];
    // What the stack or the gas does not cover fails, and the frame's logs with it.
    if (args.length < 2 + Number(topics) || size > 2 ** 24) return;
    const data = new Uint8Array(size);
    data.set(memory.subarray(offset, offset + size));
    this.#push({ address: address.bytes, topics: args.slice(2, 2 + Number(topics)).map(word), data });
  }

  #transfer(from: Address, to: Address | undefined, value: bigint): OpenLog {
    const topics = [TRANSFER, padded(from), to === undefined ? new Uint8Array(32) : padded(to)];
    return this.#push({ address: ETHER, topics, data: word(value) });
  }

  #push(log: Log & { topics: Uint8Array[] }): OpenLog {
    const numbered = { ...log, index: this.#count++ };
    this.#frames.at(-1)?.push(numbered);
    return numbered;
  }
}
