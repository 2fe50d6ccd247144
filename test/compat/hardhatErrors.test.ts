import { describe, expect, it } from 'vitest';
import { startMinichain } from '../support/nodeProcess.ts';
import { describeWithProject } from '../support/npmProject.ts';
import { type Answers, answersOf, answersOfHardhat, type Recorded, readGolden, record } from './hardhatGolden.ts';

/**
 * Hardhat's words, byte for byte: `hardhatErrors.json` holds what Hardhat 3 and 2 say. `RECORD_HARDHAT=1 npm test -- test/compat/hardhatErrors.test.ts`
 * asks them again and writes it anew; without that, whatever they say by now must be what it holds.
 */
const HARDHATS: readonly [Recorded, string, string, number][] = [
  ['hardhat', 'Hardhat 3', 'examples/hardhat-project', 22],
  ['hardhat2', 'Hardhat 2', 'test/compat/hardhat2', 20],
];

/** What its parser says names its own types and the column of a text that nobody sent; ours says what is wrong with which parameter. */
const OF_A_PARSER = / at line 1 column \d+$/;

for (const [style, title, folder, node] of HARDHATS) {
  await describeWithProject(title, folder, { node }, (project) => {
    it('says what was recorded', async () => {
      const { version, answers } = await answersOfHardhat(project);
      if (process.env['RECORD_HARDHAT'] === '1') record(style, version, answers);
      const golden = readGolden()[style];
      expect(version).toBe(golden.version);
      expect(answers).toEqual(golden.answers);
    });
  });
}

describe.each(HARDHATS)('--error-style %s', (style) => {
  it('says what Hardhat says', async () => {
    const flags = ['--error-style', style, '--throw-on-failure', '--strict-nonce', '--gas-limit', '60000000'];
    const node = await startMinichain(flags);
    let answers: Answers;
    try {
      answers = await answersOf(node.rpc);
    } finally {
      await node.close();
    }
    const golden = readGolden()[style].answers;
    for (const [name, expected] of Object.entries(golden)) {
      if (OF_A_PARSER.test(expected.message)) expect.soft(answers[name]?.code, name).toBe(expected.code);
      else expect.soft(JSON.stringify(answers[name]), name).toBe(JSON.stringify(expected));
    }
    expect(Object.keys(answers)).toEqual(Object.keys(golden));
  });
});
