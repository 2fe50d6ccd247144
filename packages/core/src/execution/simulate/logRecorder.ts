import { bigIntToBytes, hexToBytes, setLengthLeft } from '@ethereumjs/util';
import type { Log } from '../../blocks/executedBlock.ts';
import type { ObservedEnd, ObservedMessage, TraceObserver, TraceStep } from '../traceObserver.ts';
import type { SimulatedLog } from './simulateTypes.ts';

/** Where the logs of ether's transfers seem to come from, and what they look like: ERC-20's `Transfer` (EIP-7528). */
const ETHER = hexToBytes('0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee');
const TRANSFER = hexToBytes('0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef');

const word = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);
const padded = (address: Uint8Array): Uint8Array => setLengthLeft(address, 32);
const LOG0 = 0xa0;
const LOG4 = 0xa4;
/** Gas for a byte of a log's data. */
const LOG_BYTE = 8;

/**
 * Notes logs and transfers of ether in the order in which they happen; those of a frame that fails go with it. It looks at
 * every opcode, so it is used only where transfers are asked for.
 */
export class LogRecorder implements TraceObserver {
  #frames: SimulatedLog[][] = [];
  #finished: SimulatedLog[] = [];
  #count = 0;
  #countBefore = 0;

  begin(): void {
    this.#frames = [];
    this.#finished = [];
    this.#count = this.#countBefore;
  }

  /** What the last transaction left behind; numbers go on counting, dropped logs included, as geth's do. */
  take(): readonly SimulatedLog[] {
    this.#countBefore = this.#count;
    return this.#finished;
  }

  enter({ kind, caller, to, value }: ObservedMessage): void {
    this.#frames.push([]);
    if (value === 0n || kind === 'DELEGATECALL') return;
    this.#push({ address: ETHER, topics: [TRANSFER, padded(caller), padded(to)], data: word(value) });
  }

  exit({ status }: ObservedEnd): void {
    const logs = this.#frames.pop() ?? [];
    if (status === 'success') (this.#frames.at(-1) ?? this.#finished).push(...logs);
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    if (balance === 0n) return;
    this.#push({ address: ETHER, topics: [TRANSFER, padded(account), padded(beneficiary)], data: word(balance) });
  }

  step(step: TraceStep): void {
    const count = step.opcode - LOG0;
    if (count < 0 || step.opcode > LOG4 || step.stackSize < 2 + count) return;
    const size = Number(step.word(1));
    // What the gas does not cover fails, and the frame's logs with it.
    if (LOG_BYTE * size > step.gas) return;
    this.#push({
      address: step.address,
      topics: Array.from({ length: count }, (_, i) => word(step.word(2 + i))),
      data: size === 0 ? new Uint8Array() : step.memory(Number(step.word(0)), size),
    });
  }

  #push(log: Log): void {
    this.#frames.at(-1)?.push({ ...log, index: this.#count++ });
  }
}
