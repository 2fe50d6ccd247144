import { setFlagsFromString } from 'node:v8';

/** By then what a first block needs is loaded: code that was compiled ahead is not taken under flags that it was not made with. */
const LOADED_MS = 3000;

/**
 * Lets the collector begin again when half as much has come as was left, where it waits for three times as much by itself: of
 * a block most is garbage once the next is there. Costs some percent of a node's time, and saves half of its heap.
 */
export function keepHeapSmall(): void {
  setTimeout(() => setFlagsFromString('--heap-growing-percent=50'), LOADED_MS).unref();
}
