/**
 * Base of every error the core throws on purpose: a machine-readable fault with its facts; the sentence is rendered from it once.
 * Each room extends it with its own union of faults (see the room's `faults.ts`).
 */
export class CoreError<F extends { readonly code: string } = { readonly code: string }> extends Error {
  readonly fault: F;

  constructor(fault: F, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.fault = fault;
  }
}
