import { type Address, bytesToHex } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { Chain } from '../chain/chain.ts';
import type { Clock } from '../clock.ts';
import type { Hardforks, MineOptions, MinerControl } from '../contract.ts';
import type { ChainEvents } from '../events.ts';
import type { Machines } from '../execution/engine/createMachines.ts';
import type { Lane } from '../lane.ts';
import type { PoolOrder } from '../pool/order.ts';
import type { Pool } from '../pool/pool.ts';
import type { OpenState, StateStore } from '../state/stateStore.ts';
import type { Fees } from '../transactions/fees.ts';
import { announce } from './announce.ts';
import { type MinedTo, mineBlocks } from './mineBlocks.ts';
import {
  environmentAt,
  gasLimitAt,
  londonBlock,
  type MinerEnvironment,
  type MinerMemento,
  type MinerOptions,
  type NextBlock,
  randaoAfter,
} from './minerEnvironment.ts';
import type { MiningMode } from './modes.ts';
import { buildPayload, type Payload, type PayloadAttributes } from './payload.ts';
import type { RunAhead } from './runAhead.ts';

interface MinerModules {
  readonly chain: Chain;
  /** Blocks that are yet to be worked out. */
  readonly ahead: RunAhead;
  readonly blocks: BlockStore;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly fees: Fees;
  readonly hardforks: Hardforks;
  readonly stateStore: StateStore;
  readonly machines: Machines;
  readonly lane: Lane;
  readonly events: ChainEvents;
}

/** Which transactions of the pool a block takes. */
type Choice = Partial<Pick<PayloadAttributes, 'maxTransactions'> & { readonly order: PoolOrder }>;

/** A longer timer would go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Decides when blocks are made and from what; the only consensus client this chain has. */
export class Miner implements MinerControl {
  readonly #modules: MinerModules;
  #order: PoolOrder;
  #limits: Pick<PayloadAttributes, 'traceMessages' | 'maxTransactions'>;
  readonly #onePerBlock: boolean;
  #environment: MinerEnvironment;
  #timer: NodeJS.Timeout | undefined;
  /** The mode it was in when it was stopped for good. */
  #stopped: MiningMode | undefined;
  #pending: { key: string; block: Promise<Payload> } | undefined;

  constructor(options: MinerOptions, modules: MinerModules) {
    this.#modules = modules;
    this.#order = options.order;
    const { mode, gasLimit, coinbase, traceMined, maxTransactions, onePerBlock } = options;
    this.#onePerBlock = onePerBlock;
    this.#limits = { traceMessages: traceMined, maxTransactions };
    const isLimitOfBerlin = londonBlock(modules.hardforks) > 0n;
    this.#environment = { mode, gasLimit, coinbase, nextPrevRandao: undefined, isLimitOfBerlin };
    this.#arm();
  }

  get mode(): MiningMode {
    return this.#environment.mode;
  }

  /** Whether a transaction is mined as it comes. */
  get minesAtOnce(): boolean {
    return this.mode.type === 'instant' || this.mode.type === 'mixed';
  }

  get gasLimit(): bigint {
    return this.gasLimitAt(this.#nextNumber);
  }

  /** Of a block at a height; once London comes it doubles. */
  gasLimitAt(number: bigint): bigint {
    return gasLimitAt(this.#environment, this.#isBerlin(number));
  }

  get #nextNumber(): bigint {
    return this.#modules.chain.tip.number + 1n;
  }

  #isBerlin(number: bigint): boolean {
    return number < londonBlock(this.#modules.hardforks);
  }

  get coinbase(): Address {
    return this.#environment.coinbase;
  }

  async setMode(mode: MiningMode): Promise<void> {
    this.#environment.mode = mode;
    this.#environment.paused = undefined;
    this.#arm();
    await this.mineReady();
  }

  async pause(): Promise<void> {
    const { mode } = this;
    if (mode.type === 'manual') return;
    await this.setMode({ type: 'manual' });
    this.#environment.paused = mode;
  }

  async unpause(): Promise<void> {
    if (this.mode.type === 'manual') await this.setMode(this.#environment.paused ?? { type: 'instant' });
  }

  setGasLimit(gas: bigint): void {
    this.#environment.gasLimit = gas;
    this.#environment.isLimitOfBerlin = this.#isBerlin(this.#nextNumber);
  }

  setCoinbase(address: Address): void {
    this.#environment.coinbase = address;
  }

  setExtraData(bytes: Uint8Array): void {
    this.#environment.extraData = bytes;
  }

  setOrder(order: PoolOrder): void {
    this.#order = order;
    this.#pending = undefined;
  }

  setTraceMined(isTraced: boolean): void {
    this.#limits = { ...this.#limits, traceMessages: isTraced };
    this.#pending = undefined;
  }

  setMaxTransactions(count = Number.POSITIVE_INFINITY): void {
    this.#limits = { ...this.#limits, maxTransactions: count };
    this.#pending = undefined;
  }

  setNextPrevRandao(value: Uint8Array): void {
    this.#environment.nextPrevRandao = value;
  }

  setNextBlock(fields: NextBlock): void {
    this.#environment.next = { ...this.#environment.next, ...fields };
    this.#pending = undefined;
  }

  /**
   * In instant and mixed mode: blocks until no ready transaction can be included.
   * @param options.order of transactions that came together and share a block; left out: as in every block.
   */
  async mineReady({ order = this.#order }: { readonly order?: PoolOrder } = {}): Promise<void> {
    if (!this.minesAtOnce || !this.#modules.pool.hasReady) return;
    const seal = () => this.#seal({ evenIfEmpty: false, order, ...(this.#onePerBlock ? { maxTransactions: 1 } : {}) });
    await this.#modules.lane.run(async () => {
      while (this.#modules.pool.hasReady && (await seal()) !== undefined);
    });
  }

  async mine(options: MineOptions = {}): Promise<ExecutedBlock | undefined> {
    const mined = await this.record(options);
    if (mined === undefined || mined.block !== undefined) return mined?.block;
    await this.#modules.ahead.settled();
    return this.#modules.chain.at(mined.number);
  }

  record(options: MineOptions = {}): Promise<MinedTo | undefined> {
    const { coinbase, nextPrevRandao, extraData, next } = this.#environment;
    const isNextAlone = nextPrevRandao !== undefined || next !== undefined;
    const seal = () => this.#seal({ evenIfEmpty: true });
    return mineBlocks(options, this.#modules, { seal, gasLimit: this.gasLimit, coinbase, isNextAlone, extraData });
  }

  /** The block that the pool would make now; built at most once for the same head, pool, second and environment. */
  async pending(): Promise<ExecutedBlock> {
    const { chain, pool, clock, fees } = this.#modules;
    const { gasLimit, coinbase, nextPrevRandao, extraData = new Uint8Array() } = this.#environment;
    const { hash, stateRoot } = chain.head;
    const identity = [bytesToHex(hash), bytesToHex(stateRoot), pool.version, clock.peekNext()];
    const prices = [fees.nextBaseFee(), fees.nextBlobBaseFee()];
    const key = [...identity, gasLimit, coinbase, ...prices, nextPrevRandao, extraData].join();
    if (this.#pending?.key !== key) this.#pending = { key, block: this.#buildPending() };
    return (await this.#pending.block).executed;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stopped ??= this.#environment.mode;
    this.#environment.mode = { type: 'manual' };
  }

  capture(): MinerMemento {
    return { ...this.#environment };
  }

  /** What is kept across restarts: closing stops the timer, not the mode that comes back with the next start. */
  kept(): MinerMemento {
    return { ...this.#environment, mode: this.#stopped ?? this.#environment.mode };
  }

  restore(memento: MinerMemento): void {
    this.#environment = { ...memento };
    this.#arm();
  }

  /** The timer is armed again only after its block is sealed, so that slow blocks never pile up. */
  #arm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { mode } = this;
    if (mode.type !== 'interval' && mode.type !== 'mixed') return;
    this.#timer = setTimeout(
      () => {
        void this.mine()
          .catch((error: unknown) => this.#modules.events.emit('miningFailed', error))
          .finally(() => {
            if (this.mode === mode) this.#arm();
          });
      },
      Math.min(mode.intervalMs, LONGEST_TIMER_MS),
    );
  }

  async #buildPending(): Promise<Payload> {
    const { payload, state } = await this.#build(this.#modules.clock.peekNext());
    state.publish();
    return payload;
  }

  async #build(
    timestamp: bigint,
    { order = this.#order, maxTransactions = this.#limits.maxTransactions }: Choice = {},
  ): Promise<{ payload: Payload; state: OpenState }> {
    const { chain, hardforks, stateStore, machines, pool, fees } = this.#modules;
    const parent = chain.head;
    const number = parent.block.header.number + 1n;
    const common = hardforks.commonAt(number, timestamp);
    const state = stateStore.open(parent.stateRoot);
    const baseFee = fees.nextBaseFee();
    const payload = await buildPayload(
      {
        parent,
        timestamp,
        ...environmentAt(this.#environment, this.#isBerlin(number)),
        baseFee,
        excessBlobGas: fees.setExcessBlobGas,
        prevRandao: this.#environment.nextPrevRandao ?? randaoAfter(parent.hash, number),
        ...this.#limits,
        maxTransactions,
      },
      pool.ordered(order, baseFee ?? 0n),
      { state, machines, common, blockHash: (height) => chain.ancestorHash(parent, height) },
    );
    return { payload, state };
  }

  /** Inside the lane. @returns undefined when nothing was included and an empty block is not wanted. */
  async #seal({ evenIfEmpty, ...choice }: Choice & { evenIfEmpty: boolean }): Promise<ExecutedBlock | undefined> {
    const { clock, pool, events } = this.#modules;
    const started = performance.now();
    const { payload, state } = await this.#build(clock.peekNext(), choice);
    const ms = performance.now() - started;
    for (const { pooled, detail } of payload.refused) pool.drop(pooled.hash, 'invalid', detail);
    if (!evenIfEmpty && payload.transactions.length === 0) return undefined;
    await this.#adopt(payload, state);
    announce(payload, ms, events);
    return payload.executed;
  }

  /** What was set for the next block is used up by it, unless the block cannot be written. */
  async #adopt({ executed }: Payload, state: OpenState): Promise<void> {
    const { chain, clock, fees } = this.#modules;
    const { nextPrevRandao, next } = this.#environment;
    const before = { clock: clock.capture(), fees: fees.capture(), own: { nextPrevRandao, next } };
    clock.takeNext();
    fees.useUp();
    Object.assign(this.#environment, { nextPrevRandao: undefined, next: undefined });
    try {
      await chain.adopt(executed, state);
    } catch (error) {
      clock.restore(before.clock);
      fees.restore(before.fees);
      Object.assign(this.#environment, before.own);
      throw error;
    }
  }
}
