import type { Chain } from '@minichain/core';
import { byLabel, counter, type Family, gauge } from './family.ts';
import { Histogram, LATENCY_BOUNDS } from './histogram.ts';

/** Seconds that {@link GasWindow} looks back. */
const WINDOW_S = 60;

/** Gas of the last minute, by second. */
class GasWindow {
  readonly #slots: { readonly second: number; gas: number }[] = [];

  add(gas: number, now = Date.now()): void {
    const second = Math.floor(now / 1000);
    const last = this.#slots.at(-1);
    if (last?.second === second) last.gas += gas;
    else this.#slots.push({ second, gas });
    if (this.#slots.length > 2 * WINDOW_S) this.#slots.splice(0, WINDOW_S);
  }

  perSecond(now = Date.now()): number {
    const since = Math.floor(now / 1000) - WINDOW_S;
    const recent = this.#slots.filter(({ second }) => second > since);
    return recent.reduce((sum, { gas }) => sum + gas, 0) / WINDOW_S;
  }
}

const BUILD = 'minichain_block_build_duration_seconds';

/** Counts what the chain's events tell. */
function tally({ events }: Chain) {
  const total = { blocks: 0, gas: 0, mined: 0, failed: 0, received: 0, reorgs: 0, reorged: 0, miningFailures: 0 };
  const dropped = new Map<string, number>();
  const gas = new GasWindow();
  const build = new Histogram(LATENCY_BOUNDS);
  events.on('headChanged', ({ added, removed }) => {
    for (const { block } of added) {
      const used = Number(block.header.gasUsed);
      total.blocks++;
      total.gas += used;
      total.mined += block.transactions.length;
      gas.add(used);
    }
    if (removed.length > 0) total.reorgs++;
    total.reorged += removed.length;
  });
  events.on('transactionMined', ({ failure }) => {
    if (failure !== undefined) total.failed++;
  });
  events.on('transactionQueued', () => total.received++);
  events.on('transactionDropped', ({ reason }) => dropped.set(reason, (dropped.get(reason) ?? 0) + 1));
  events.on('blockBuilt', ({ ms }) => build.observe(ms / 1000));
  events.on('miningFailed', () => total.miningFailures++);
  return { total, dropped, gas, build };
}

/**
 * Height, gas, transactions and reorganisations.
 * @param headAgeMs since the head moved, by the machine's clock.
 */
export function chainMetrics(chain: Chain, headAgeMs: () => number): Family[] {
  const { total, dropped, gas, build } = tally(chain);
  const header = () => chain.chain.tip;
  return [
    gauge('minichain_block_height', 'number of the head', () => Number(header().number)),
    gauge('minichain_head_timestamp_seconds', "timestamp of the head, by the chain's clock", () =>
      Number(header().timestamp),
    ),
    gauge('minichain_head_age_seconds', "since the head moved, by the machine's clock", () => headAgeMs() / 1000),
    gauge('minichain_base_fee_wei', 'base fee per gas of the head', () => Number(header().baseFeePerGas ?? 0n)),
    counter('minichain_blocks_total', 'blocks that became part of the canonical chain', () => total.blocks),
    counter('minichain_reorgs_total', 'times that blocks left the canonical chain', () => total.reorgs),
    counter('minichain_reorged_blocks_total', 'blocks that left the canonical chain', () => total.reorged),
    counter('minichain_gas_used_total', 'gas used by blocks that became part of the chain', () => total.gas),
    gauge('minichain_gas_per_second', 'gas used per second, over the last minute', () => gas.perSecond()),
    counter('minichain_transactions_received_total', 'transactions that entered the pool', () => total.received),
    counter('minichain_transactions_mined_total', 'transactions in blocks that joined the chain', () => total.mined),
    counter('minichain_transactions_failed_total', 'transactions mined here that failed', () => total.failed),
    {
      ...{ name: 'minichain_transactions_dropped_total', type: 'counter' },
      help: 'transactions that left the pool without being mined',
      collect: () => byLabel('reason', dropped),
    },
    { name: BUILD, help: 'time to build a block', type: 'histogram', collect: () => build.samples(BUILD) },
    counter('minichain_mining_failures_total', 'timed blocks that could not be made', () => total.miningFailures),
  ];
}
