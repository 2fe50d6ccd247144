import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { logsOfBlock } from '../blocks/logQuery.ts';
import type { LocatedLog, LogQuery } from '../readers.ts';

/** How long a search goes on before others get a turn, milliseconds. */
const TURN_MS = 10;

/** The logs that match in the blocks of the given heights, as many as are enough; others get their turns meanwhile. */
export async function findLogs(
  heights: Iterable<bigint>,
  query: LogQuery,
  at: (number: bigint) => ExecutedBlock | undefined,
): Promise<LocatedLog[]> {
  const found: LocatedLog[] = [];
  let turnStarted = performance.now();
  for (const number of heights) {
    const block = at(number);
    for (const log of block === undefined ? [] : logsOfBlock(block, query)) found.push(log);
    if (found.length >= (query.enough ?? Number.POSITIVE_INFINITY)) break;
    if (performance.now() - turnStarted < TURN_MS) continue;
    await nextTurn();
    turnStarted = performance.now();
  }
  return found;
}
