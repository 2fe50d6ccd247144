/** A run that cannot go on: a bad flag, a target that does not start, a reply that is not a result. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
