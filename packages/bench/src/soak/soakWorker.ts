import { BenchError } from '../errors.ts';
import type { Random } from './random.ts';
import { Refused, type SoakNode } from './soakNode.ts';

/** Counts its calls in slot 0 and logs the count under the topic 0x2a. */
export const COUNTER = '0x00000000000000000000000000000000000c0de5';
export const COUNTER_CODE = '0x5f54600101805f555f52602a60205fa100';

/** Something that a worker asked for: what it adds to the model once it has happened. */
interface Request {
  readonly kind: 'transfer' | 'count';
  readonly value: bigint;
}

/** What a worker's requests have come to. */
export interface WorkerModel {
  readonly nonce: bigint;
  readonly received: bigint;
  readonly setTo: bigint;
  readonly counted: number;
  /** Hashes that were answered and not looked for yet. */
  readonly fresh: readonly string[];
}

const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

/**
 * One client with an account of its own, and what it knows must be true: each request that was answered has happened; the
 * one that was not, when the node was killed, may have.
 */
export class SoakWorker {
  readonly #node: SoakNode;
  readonly #random: Random;
  readonly #from: string;
  /** Gets the transfers. */
  readonly #sink: string;
  /** Has its balance set. */
  readonly #set: string;
  #nonce = 0n;
  #received = 0n;
  #setTo = 0n;
  #maybeSetTo: bigint | undefined;
  #open: Request | undefined;
  /** Hashes that were answered since the last check. */
  #fresh: string[] = [];
  #counted = 0;
  acknowledged = 0;

  constructor(node: SoakNode, random: Random, { from, index }: { from: string; index: number }) {
    this.#node = node;
    this.#random = random;
    this.#from = from;
    this.#sink = `0x${(0x5000 + index).toString(16).padStart(40, '0')}`;
    this.#set = `0x${(0x6000 + index).toString(16).padStart(40, '0')}`;
  }

  get counted(): number {
    return this.#counted;
  }

  capture(): WorkerModel {
    const [nonce, received, setTo, counted] = [this.#nonce, this.#received, this.#setTo, this.#counted];
    return { nonce, received, setTo, counted, fresh: [...this.#fresh] };
  }

  /** Knows what was captured; left out: nothing, as at the genesis. */
  restore(model: WorkerModel = { nonce: 0n, received: 0n, setTo: 0n, counted: 0, fresh: [] }): void {
    this.#nonce = model.nonce;
    this.#received = model.received;
    this.#setTo = model.setTo;
    this.#counted = model.counted;
    this.#fresh = [...model.fresh];
  }

  /**
   * Asks for so many things, one after the other.
   * @returns false when the node is gone. @throws Refused when it refuses what it must take.
   */
  async run(requests: number): Promise<boolean> {
    for (let i = 0; i < requests; i++) {
      try {
        await this.#act();
      } catch (error) {
        if (error instanceof Refused) throw error;
        return false;
      }
    }
    return true;
  }

  /**
   * After a start, with everything mined: whether all that was answered is there.
   * @throws BenchError with what is missing.
   */
  async check(): Promise<void> {
    const nonce = BigInt(await this.#node.call<string>('eth_getTransactionCount', [this.#from, 'latest']));
    if (nonce === this.#nonce + 1n && this.#open !== undefined) this.#happened(this.#open);
    this.#expect('nonce', nonce, this.#nonce);
    this.#open = undefined;
    for (const hash of this.#fresh) {
      const receipt = await this.#node.call<{ status: string } | null>('eth_getTransactionReceipt', [hash]);
      this.#expect(`receipt of ${hash}`, receipt?.status, '0x1');
    }
    this.#fresh = [];
    this.#expect('balance of its sink', await this.#balance(this.#sink), this.#received);
    const set = await this.#balance(this.#set);
    if (set === this.#maybeSetTo) this.#setTo = set;
    this.#expect('balance that was set', set, this.#setTo);
    this.#maybeSetTo = undefined;
  }

  async #act(): Promise<void> {
    const dice = this.#random.below(100);
    if (dice < 60) await this.#send({ kind: 'transfer', value: BigInt(1 + this.#random.below(1000)) });
    else if (dice < 80) await this.#send({ kind: 'count', value: 0n });
    else if (dice < 85) await this.#setBalance();
    else if (dice < 87) await this.#node.call('evm_mine');
    else if (dice < 89) await this.#node.call('evm_setIntervalMining', [this.#random.below(2)]);
    else if (dice < 90) await this.#node.call('evm_setAutomine', [this.#random.below(3) > 0]);
    else await this.#read(dice);
  }

  async #send(request: Request): Promise<void> {
    this.#open = request;
    const to = request.kind === 'count' ? COUNTER : this.#sink;
    const transaction = { from: this.#from, to, value: hex(request.value), nonce: hex(this.#nonce), gas: '0x186a0' };
    const hash = await this.#node.call<string>('eth_sendTransaction', [transaction]);
    this.#happened(request);
    this.#open = undefined;
    this.#fresh.push(hash);
    this.acknowledged++;
  }

  #happened({ kind, value }: Request): void {
    this.#nonce++;
    this.#received += value;
    if (kind === 'count') this.#counted++;
  }

  async #setBalance(): Promise<void> {
    this.#maybeSetTo = BigInt(this.#random.below(2 ** 30));
    await this.#node.call('anvil_setBalance', [this.#set, hex(this.#maybeSetTo)]);
    this.#setTo = this.#maybeSetTo;
    this.#maybeSetTo = undefined;
    this.acknowledged++;
  }

  async #read(dice: number): Promise<void> {
    if (dice < 94) await this.#node.call('eth_getLogs', [{ address: COUNTER, fromBlock: 'latest', toBlock: 'latest' }]);
    else if (dice < 97) await this.#node.call('eth_getBlockByNumber', ['latest', true]);
    else await this.#node.call('eth_call', [{ to: COUNTER, from: this.#from }, 'latest']);
  }

  async #balance(of: string): Promise<bigint> {
    return BigInt(await this.#node.call<string>('eth_getBalance', [of, 'latest']));
  }

  #expect<T>(what: string, got: T, wanted: T): void {
    if (got !== wanted) throw new BenchError(`${this.#from}: ${what} is ${got}, expected ${wanted}`);
  }
}
