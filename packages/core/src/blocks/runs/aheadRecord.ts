import { RLP } from '@ethereumjs/rlp';
import type { Database } from '../../storage/database.ts';
import { keyOf, namePart } from '../../storage/keys.ts';
import { type BlockRun, bytesFromRun, runFromBytes } from './blockRun.ts';

const AHEAD = keyOf('meta', namePart('ahead'));

/** Runs after the head that are recorded and yet to be worked out, oldest first. */
export function readAhead(database: Pick<Database, 'get'>): BlockRun[] {
  const bytes = database.get(AHEAD);
  return bytes === undefined ? [] : (RLP.decode(bytes.slice()) as Uint8Array[]).map(runFromBytes);
}

/** Stages them in place of those before. */
export function stageAhead(database: Database, runs: readonly BlockRun[]): void {
  if (runs.length === 0) database.delete(AHEAD);
  else database.put(AHEAD, RLP.encode(runs.map(bytesFromRun)));
}
