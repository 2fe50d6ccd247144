/** A clean end that takes longer is cut off: whoever asked for it waits. */
const CLOSE_LIMIT_MS = 800;
/** `npm start` passes on the Ctrl-C that the terminal has sent to the node as well: that is one wish, not two. */
const SAME_WISH_MS = 100;
const INTERRUPTED = 130;

/**
 * Ends the process cleanly, with code 0, at the first SIGINT or SIGTERM; at once, with 130, at the second.
 * @param close what a clean end does first.
 */
export function stopOnSignals(close: () => Promise<void>): void {
  let askedAt: number | undefined;
  const stop = (): void => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > SAME_WISH_MS) process.exit(INTERRUPTED);
      return;
    }
    askedAt = performance.now();
    setTimeout(() => process.exit(0), CLOSE_LIMIT_MS);
    void close().finally(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
