import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work before others get a turn. */
const TURN_MS = 8;

/** Shares the thread: work that takes long looks often whether its turn is over. */
export function createTurns(): { isOver(): boolean; next(): Promise<void> } {
  let began = performance.now();
  return {
    isOver: () => performance.now() - began > TURN_MS,
    next: async () => {
      await nextTurn();
      began = performance.now();
    },
  };
}
