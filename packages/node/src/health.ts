import type { Chain } from '@minichain/core';
import type { Page, Pages, Rpc } from '@minichain/rpc';

interface HealthOptions {
  /** After which time without a new block a node that mines by the clock is not ready, in milliseconds. */
  readonly maxHeadAgeMs: number | undefined;
}

/** Why a node should get no requests now. */
interface Reason {
  readonly check: 'closing' | 'storage' | 'lastWrite' | 'headAge' | 'eventLoop';
  readonly detail: string;
}

/** A node whose event loop stood still for so long within the last seconds answers nobody in time. */
const MAX_LAG_MS = 5_000;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const page = (status: number, value: unknown): Page => ({
  ...{ status, contentType: 'application/json' },
  body: `${JSON.stringify(value)}\n`,
});

/** Whether the process lives, and whether the node can be used; with reasons where it cannot. */
export class Health {
  readonly #chain: Chain;
  readonly #rpc: Pick<Rpc, 'vitals'>;
  readonly #options: HealthOptions;
  #isClosing = false;
  #failedWrite: string | undefined;

  constructor(options: HealthOptions, modules: { readonly chain: Chain; readonly rpc: Pick<Rpc, 'vitals'> }) {
    this.#options = options;
    this.#chain = modules.chain;
    this.#rpc = modules.rpc;
    const { events } = modules.chain;
    events.on('miningFailed', (error) => {
      this.#failedWrite = error instanceof Error ? error.message : String(error);
    });
    events.on('headChanged', () => {
      this.#failedWrite = undefined;
    });
    events.on('closed', () => this.closing());
  }

  /** From now on the node is not ready. */
  closing(): void {
    this.#isClosing = true;
  }

  /** `/health/live` answers while the process does; `/health/ready` with 503 and reasons when requests should go elsewhere. */
  pages(): Pages {
    return {
      '/health/live': () => page(200, { status: 'live', uptimeSeconds: Math.round(this.#rpc.vitals.uptimeMs) / 1000 }),
      '/health/ready': () => {
        const reasons = this.#reasons();
        return reasons.length === 0 ? page(200, { status: 'ready' }) : page(503, { status: 'not ready', reasons });
      },
    };
  }

  #reasons(): Reason[] {
    const reasons: Reason[] = [];
    if (this.#isClosing) reasons.push({ check: 'closing', detail: 'the node is closing' });
    if (this.#chain.storage.ready() !== undefined) {
      reasons.push({ check: 'storage', detail: 'the database is being opened again' });
    }
    const failedWrite = this.#lastFailure();
    if (failedWrite !== undefined) reasons.push({ check: 'lastWrite', detail: failedWrite });
    const { headAgeMs } = this.#rpc.vitals;
    const { maxHeadAgeMs } = this.#options;
    if (maxHeadAgeMs !== undefined && 'intervalMs' in this.#chain.miner.mode && headAgeMs > maxHeadAgeMs) {
      const detail = `no new block for ${seconds(headAgeMs)}, at most ${seconds(maxHeadAgeMs)} are allowed`;
      reasons.push({ check: 'headAge', detail });
    }
    const { maxMs } = this.#rpc.vitals.lag();
    if (maxMs > MAX_LAG_MS) {
      reasons.push({ check: 'eventLoop', detail: `nothing could be answered for ${seconds(maxMs)} a moment ago` });
    }
    return reasons;
  }

  /** Until a block is made, or there is space again. */
  #lastFailure(): string | undefined {
    const refusal = this.#chain.storage.refusal();
    if (refusal !== undefined) return `nothing can be written: ${refusal}; reads are answered`;
    return this.#failedWrite === undefined ? undefined : `the last block could not be made: ${this.#failedWrite}`;
  }
}
