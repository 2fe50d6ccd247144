/** A concurrent test on a chain that is put back after each test: it would lose its state to its neighbours. */
export class ConcurrentTestError extends Error {
  override readonly name = 'ConcurrentTestError';

  constructor(test: string) {
    super(
      `"${test}" runs concurrently on a chain that goes back after each test; make it sequential, or use ` +
        'createTest({ isolate: false })',
    );
  }
}
