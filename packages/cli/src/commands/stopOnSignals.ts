/** A clean end that takes longer is cut off: whoever asked for it waits. */
const CLOSE_LIMIT_MS = 800;
/** With a state that is to be written; whoever does not want to wait asks twice. */
const WRITE_LIMIT_MS = 10 * 60_000;
/** `npm start` passes on the Ctrl-C that the terminal has sent to the node as well: that is one wish, not two. */
const SAME_WISH_MS = 100;
const INTERRUPTED = 130;

interface StopOptions {
  /** Whether something large may be to be written first. */
  readonly writes: boolean;
}

/**
 * Ends the process cleanly, with code 0, at the first SIGINT or SIGTERM; at once, with 130, at the second. With 1 where the
 * clean end fails.
 * @param close what a clean end does first.
 */
export function stopOnSignals(close: () => Promise<void>, { writes }: StopOptions): void {
  let askedAt: number | undefined;
  const stop = (): void => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > SAME_WISH_MS) process.exit(INTERRUPTED);
      return;
    }
    askedAt = performance.now();
    setTimeout(() => process.exit(0), writes ? WRITE_LIMIT_MS : CLOSE_LIMIT_MS);
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`error: ${(error as Error).message}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
