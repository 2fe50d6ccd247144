/**
 * Base of every error this package throws on purpose: a machine-readable fault with its facts; the sentence is rendered
 * from it once. See `compileFaults.ts`, `deployFaults.ts` and `verify.ts` for the unions.
 */
export class SolcError<F extends { readonly code: string } = { readonly code: string }> extends Error {
  readonly fault: F;

  constructor(fault: F, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.fault = fault;
  }
}
