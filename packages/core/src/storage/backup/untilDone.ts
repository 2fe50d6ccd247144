/**
 * Runs what is under way in files that nobody is to find when the process ends in the midst of it (Ctrl-C).
 * @param undo runs at such an end, and must be done when it returns.
 */
export async function untilDone<T>(undo: () => void, work: () => Promise<T>): Promise<T> {
  process.once('exit', undo);
  try {
    return await work();
  } finally {
    process.off('exit', undo);
  }
}
