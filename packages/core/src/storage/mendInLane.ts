import type { Lane } from '../lane.ts';
import type { Database } from './database.ts';

const PERIOD_MS = 1000;

/**
 * While writes are refused: looks once a second whether there is space again, whether anybody wants to write or not. In the
 * lane, because the database may have to be opened again, and a job that reads then would fail in its middle.
 */
export function mendInLane(database: Database, lane: Lane): void {
  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    if (timer !== undefined || database.refusal() === undefined) return;
    timer = setTimeout(() => void tryOnce(), PERIOD_MS).unref();
  };
  const tryOnce = async (): Promise<void> => {
    // That it is closed, or that something which waits to be written still cannot be, is nothing new.
    await lane.run(() => database.mend(), { isUrgent: true }).catch(() => {});
    timer = undefined;
    if (!lane.isClosed) schedule();
  };
  database.onDiscard(schedule);
  schedule();
}
