import { CoreError } from './errors.ts';

/** A write that came after the chain was closed. */
export type LaneFault = { readonly code: 'LANE_CLOSED' };

class LaneError extends CoreError<LaneFault> {}

/** To every job that comes too late. */
export const laneClosed = (): LaneError => new LaneError({ code: 'LANE_CLOSED' }, 'the chain is closed');

/** In place of a job's result: there is something that it has to wait for first. */
const NOT_NOW = Symbol('not now');

interface JobOptions {
  readonly commits?: boolean;
  readonly isUrgent?: boolean;
}

interface LaneOptions {
  /**
   * What jobs wait for that are not urgent: work that goes on beside the lane; undefined when there is none. They fail when it
   * does.
   */
  readonly before?: () => Promise<void> | undefined;
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
  readonly #before: () => Promise<void> | undefined;
  readonly #afterJob: () => void | Promise<void>;
  readonly #afterFailure: NonNullable<LaneOptions['afterFailure']>;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;
  #waiting = 0;

  /**
   * @param afterJob runs after each job and belongs to it; left out: nothing does.
   * @param afterFailure runs after a job that failed, in place of `afterJob`; left out: that does.
   */
  constructor({ before = () => undefined, afterJob = () => {}, afterFailure = afterJob }: LaneOptions = {}) {
    this.#before = before;
    this.#afterJob = afterJob;
    this.#afterFailure = afterFailure;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Whether jobs wait for what goes on beside the lane. */
  get isAwaited(): boolean {
    return this.#waiting > 0;
  }

  /**
   * @param options.commits false when what the job stages is written with the next job, without which it is not done.
   * @param options.isUrgent true when it does not wait for what goes on beside the lane.
   */
  run<T>(job: () => Promise<T> | T, { commits = true, isUrgent = false }: JobOptions = {}): Promise<T> {
    if (this.#closed) return Promise.reject(laneClosed());
    if (isUrgent) return this.#enqueue(() => this.#whole(job, commits));
    return this.#before() === undefined ? this.#enter(job, commits) : this.#wait(job, commits);
  }

  /** A job's turn may come after one with which there is something to wait for again. */
  #enter<T>(job: () => Promise<T> | T, commits: boolean): Promise<T> {
    const entered = this.#enqueue<T | typeof NOT_NOW>(() =>
      this.#before() === undefined ? this.#whole(job, commits) : Promise.resolve(NOT_NOW),
    );
    return entered.then((result) => (result === NOT_NOW ? this.#wait(job, commits) : result));
  }

  async #wait<T>(job: () => Promise<T> | T, commits: boolean): Promise<T> {
    this.#waiting++;
    try {
      for (let work = this.#before(); work !== undefined; work = this.#before()) await work;
    } finally {
      this.#waiting--;
    }
    if (this.#closed) throw laneClosed();
    return this.#enter(job, commits);
  }

  #enqueue<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(job);
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
