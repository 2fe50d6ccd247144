import { CoreError } from './errors.ts';

/** A write that came after the chain was closed. */
export type LaneFault = { readonly code: 'LANE_CLOSED' };

class LaneError extends CoreError<LaneFault> {}

/**
 * The one place where writes happen, one after the other. A job must not enqueue another and wait for it: that would
 * wait for itself.
 * @example await lane.run(() => chain.import(block))
 */
export class Lane {
  readonly #afterJob: () => void | Promise<void>;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @param afterJob runs after each job and belongs to it; left out: nothing does. */
  constructor({ afterJob = () => {} }: { readonly afterJob?: () => void | Promise<void> } = {}) {
    this.#afterJob = afterJob;
  }

  /** @param options.commits false when what the job stages is written with the next job, without which it is not done. */
  run<T>(job: () => Promise<T> | T, { commits = true }: { readonly commits?: boolean } = {}): Promise<T> {
    if (this.#closed) return Promise.reject(new LaneError({ code: 'LANE_CLOSED' }, 'the chain is closed'));
    const result = this.#tail.then(() => (commits ? this.#whole(job) : job()));
    this.#tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async #whole<T>(job: () => Promise<T> | T): Promise<T> {
    let result: T;
    try {
      result = await job();
    } catch (error) {
      // What the job did before it failed is done; that it failed is what its caller hears.
      await Promise.resolve(this.#afterJob()).catch(() => {});
      throw error;
    }
    await this.#afterJob();
    return result;
  }

  /** Refuses new jobs and waits for those that were accepted. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
  }
}
