import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileSource } from '../support/compile.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { exampleFolder, promisedOutput, runNode } from '../support/runExample.ts';

const cwd = exampleFolder('sign-and-send');
let node: RunningNode;
beforeAll(async () => {
  node = await startMinichain();
});
afterAll(() => node.close());

describe('sign-and-send', () => {
  it('prints what its README promises, and ends by itself', async () => {
    const { code, stdout, stderr } = await runNode(['main.js'], { cwd, env: { RPC_URL: node.url } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replace(node.url, 'http://127.0.0.1:8545')).toBe(promisedOutput('sign-and-send'));
  });

  it('holds what its source compiles to', () => {
    const source = readFileSync(join(cwd, 'Counter.sol'), 'utf8');
    const metadata = { appendCBOR: false, bytecodeHash: 'none' };
    const { Counter } = compileSource('Counter.sol', source, { metadata });
    expect(readFileSync(join(cwd, 'counter.js'), 'utf8')).toContain(`'${Counter?.bytecode}'`);
  });
});
