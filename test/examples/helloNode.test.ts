import { expect, it } from 'vitest';
import { exampleFolder, promisedOutput, runNode } from '../support/runExample.ts';

it('hello-node prints what its README promises, and ends by itself', async () => {
  const { code, stdout, stderr } = await runNode(['main.js'], { cwd: exampleFolder('hello-node') });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(promisedOutput('hello-node'));
});
