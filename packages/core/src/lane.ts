import { CoreError } from './errors.ts';

/** A write that came after the chain was closed. */
export type LaneFault = { readonly code: 'LANE_CLOSED' };

class LaneError extends CoreError<LaneFault> {}

interface LaneOptions {
  readonly afterJob?: () => void | Promise<void>;
  /** @param job.commits as it was given with the job. */
  readonly afterFailure?: (error: unknown, job: { readonly commits: boolean }) => void | Promise<void>;
}

/**
 * The one place where writes happen, one after the other. A job must not enqueue another and wait for it: that would
 * wait for itself.
 * @example await lane.run(() => chain.import(block))
 */
export class Lane {
  readonly #afterJob: () => void | Promise<void>;
  readonly #afterFailure: NonNullable<LaneOptions['afterFailure']>;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * @param afterJob runs after each job and belongs to it; left out: nothing does.
   * @param afterFailure runs after a job that failed, in place of `afterJob`; left out: that does.
   */
  constructor({ afterJob = () => {}, afterFailure = afterJob }: LaneOptions = {}) {
    this.#afterJob = afterJob;
    this.#afterFailure = afterFailure;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** @param options.commits false when what the job stages is written with the next job, without which it is not done. */
  run<T>(job: () => Promise<T> | T, { commits = true }: { readonly commits?: boolean } = {}): Promise<T> {
    if (this.#closed) return Promise.reject(new LaneError({ code: 'LANE_CLOSED' }, 'the chain is closed'));
    const result = this.#tail.then(() => this.#whole(job, commits));
    this.#tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async #whole<T>(job: () => Promise<T> | T, commits: boolean): Promise<T> {
    let result: T;
    try {
      result = await job();
    } catch (error) {
      // That the job failed is what its caller hears, not what comes of what it did before.
      await (async () => this.#afterFailure(error, { commits }))().catch(() => {});
      throw error;
    }
    if (commits) await this.#afterJob();
    return result;
  }

  /** Refuses new jobs and waits for those that were accepted. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
  }
}
