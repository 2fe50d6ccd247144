import { appendFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowed } from '../differential/allowed.ts';
import { Ledger } from '../differential/ledger.ts';
import { startPair } from '../differential/start.ts';
import { type Artifact, ownContracts } from './artifacts.ts';
import { replayDifferences } from './differences.ts';
import { openZeppelin } from './protocols/openZeppelin.ts';
import { safe } from './protocols/safe.ts';
import { seaport } from './protocols/seaport.ts';
import { solady } from './protocols/solady.ts';
import { uniswapV2 } from './protocols/uniswapV2.ts';
import { uniswapV3 } from './protocols/uniswapV3.ts';
import { uniswapV4 } from './protocols/uniswapV4.ts';
import { weirdTokens } from './protocols/weirdTokens.ts';
import { Stage } from './stage.ts';
import { compareState } from './state.ts';

const protocols = { openZeppelin, safe, seaport, solady, uniswapV2, uniswapV3, uniswapV4, weirdTokens };
/** A file to which each story adds a line of what it did. */
const REPORT = process.env['MINICHAIN_REPLAY_REPORT'];

const ledger = new Ledger([...allowed, ...replayDifferences]);
const finished = new Set<string>();

// MINICHAIN_ENGINE=verify runs every transaction on both of our engines as well.
describe('contracts of others on Anvil and on us', () => {
  let own: (name: string) => Artifact;
  beforeAll(async () => {
    own = await ownContracts();
  });

  it.each(Object.entries(protocols))('%s: the same results, gas, logs, calls and state', async (name, play) => {
    ledger.scenario = `replay of ${name}`;
    const stage = new Stage(await startPair(ledger), own);
    const problems: string[] = [];
    try {
      await play(stage);
      problems.push(...(await compareState(stage)).map((address) => `storage root of ${address}`));
    } catch (error) {
      // What differed before is why, more often than not.
      problems.push(String((error as Error).stack));
    } finally {
      await stage.pair.close();
    }
    finished.add(name);
    expect([...ledger.take(), ...problems]).toEqual([]);
    if (REPORT !== undefined) appendFileSync(REPORT, `${name} ${stage.tallyText()}\n`);
  });

  it('differ in everything that is listed', ({ skip }) => {
    if (finished.size < Object.keys(protocols).length) skip('not every story was played');
    const unused = ledger.unused().filter((one) => replayDifferences.includes(one));
    expect(unused.map(({ method, path, reason }) => `${method} ${path}: ${reason}`)).toEqual([]);
  });
});
