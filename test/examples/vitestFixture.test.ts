import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSource } from '../support/compile.ts';
import { exampleFolder, runNode } from '../support/runExample.ts';

const cwd = exampleFolder('vitest-fixture');

interface Report {
  readonly numPassedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

describe('vitest-fixture', () => {
  it('passes, in every file, and ends by itself', async () => {
    const vitest = join(cwd, 'node_modules/vitest/vitest.mjs');
    const { code, stdout, stderr } = await runNode([vitest, 'run', '--reporter=json'], { cwd, limitMs: 180_000 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report.numPassedTests).toBe(report.numTotalTests);
    expect(report.testResults.map(({ name, status }) => [name.slice(cwd.length + 1), status]).sort()).toEqual([
      ['server.test.ts', 'passed'],
      ['shared.test.ts', 'passed'],
      ['vault.test.ts', 'passed'],
    ]);
  });

  it('holds what its source compiles to', () => {
    const source = readFileSync(join(cwd, 'Vault.sol'), 'utf8');
    const metadata = { appendCBOR: false, bytecodeHash: 'none' };
    const { Vault } = compileSource('Vault.sol', source, { metadata });
    expect(readFileSync(join(cwd, 'vault.ts'), 'utf8')).toContain(`'${Vault?.bytecode}'`);
  });
});
