import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.ts';
import { type Command, equalSessions, play, revertingSessions } from './sessions.ts';
import { startPair } from './start.ts';
import { compareTouchedState } from './touchedState.ts';

// A fixed seed, so that a run is the same everywhere; another one explores:
// MINICHAIN_SEED=7 MINICHAIN_SESSIONS=100 npx vitest run --project suites test/differential/sessions.test.ts
const seed = Number(process.env['MINICHAIN_SEED'] ?? 1);
const numRuns = Number(process.env['MINICHAIN_SESSIONS'] ?? 5);
const ledger = new Ledger();

async function compare(scenario: string, session: readonly Command[]): Promise<void> {
  ledger.scenario = scenario;
  const pair = await startPair(ledger);
  try {
    await play(pair, session);
    await compareTouchedState(pair);
  } finally {
    await pair.close();
  }
  expect(ledger.take()).toEqual([]);
}

/** The seed of a failure and the shortest failing session that was found are in fast-check's message. */
describe('random sessions', () => {
  it('leave both chains equal to the last hash', async () => {
    const property = fc.asyncProperty(equalSessions, (session) => compare('equal sessions', session));
    await fc.assert(property, { seed, numRuns, interruptAfterTimeLimit: 200_000, markInterruptAsFailure: true });
  });

  it('agree in all but roots after reverts and erasures', async () => {
    const property = fc.asyncProperty(revertingSessions, (session) => compare('reverting sessions', session));
    await fc.assert(property, { seed, numRuns, interruptAfterTimeLimit: 200_000, markInterruptAsFailure: true });
  });
});
