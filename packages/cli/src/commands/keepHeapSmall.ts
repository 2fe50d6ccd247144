import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** By then what a first block needs is loaded: code that was compiled ahead is not taken under flags that it was not made with. */
const LOADED_MS = 3000;
/** Both halves. */
const NEW_SPACE_BYTES = 8 << 20;

/**
 * What is new in the heap grows to 32 MiB by itself, and each value that was read from disk is some bytes in there and many
 * outside: as much as 100 MiB waited for the collector, whatever the caches may have.
 */
function keepNewSpaceSmall(): void {
  const observer = new PerformanceObserver(() => {
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (space === undefined || space.space_size < NEW_SPACE_BYTES) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

/**
 * Lets the collector begin again when half as much has come as was left, where it waits for three times as much by itself: of
 * a block most is garbage once the next is there. Costs some percent of a node's time, and saves half of its heap.
 */
export function keepHeapSmall({ isOnDisk }: { readonly isOnDisk: boolean }): void {
  setTimeout(() => {
    setFlagsFromString('--heap-growing-percent=50');
    if (isOnDisk) keepNewSpaceSmall();
  }, LOADED_MS).unref();
}
