import { expect, it } from 'vitest';
import { repositoryRoot } from '../support/fixtures.ts';
import { runNode } from '../support/runExample.ts';

it('startNode and isolateEach serve node:test, whose run ends by itself', async () => {
  const args = ['--test', '--test-reporter=tap', 'test/support/programs/nodeTest.mjs'];
  const { code, stdout } = await runNode(args, { cwd: repositoryRoot });
  expect(stdout).toMatch(/^# pass 2$/m);
  expect(code).toBe(0);
});
