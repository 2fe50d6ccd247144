import { expect, it } from 'vitest';
import { exampleFolder, runNode } from '../support/runExample.ts';

it('node-test passes and ends by itself', async () => {
  const { code, stdout } = await runNode(['--test', '--test-reporter=tap'], { cwd: exampleFolder('node-test') });
  expect(stdout).toMatch(/^# pass 3$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
  expect(code).toBe(0);
});
