import { executionError } from '../faults.ts';

/** How much a trace, or all the traces of a block, may still grow. */
export class TraceBudget {
  readonly #limit: number;
  #spent = 0;

  /** @param limit in bytes of JSON; 0 is none. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws ExecutionError TRACE_TOO_LARGE, before that much is kept. */
  spend(bytes: number): void {
    this.#spent += bytes;
    if (this.#limit > 0 && this.#spent > this.#limit) {
      throw executionError({ code: 'TRACE_TOO_LARGE', limit: this.#limit });
    }
  }
}
