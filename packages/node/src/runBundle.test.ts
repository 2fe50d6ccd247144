import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { cacheOf, keepCode, MARK_BYTES, runBundle } from './runBundle.ts';

const ran = globalThis as { bundleRan?: unknown };

/** A bundle that leaves something behind; its mark is made of one letter. */
function bundle(letter: string, left: string): URL {
  const folder = mkdtempSync(join(tmpdir(), 'minichain-bundle-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
    delete ran.bundleRan;
  });
  const url = pathToFileURL(join(folder, 'bundle.cjs'));
  write(url, letter, left);
  return url;
}

const markOf = (letter: string): string => `/* ${letter.repeat(MARK_BYTES - 6)} */`;

function write(url: URL, letter: string, left: string): void {
  const text = `globalThis.bundleRan = [${left}, require('node:path').basename(__filename), typeof __dirname]; exports.left = ${left};`;
  writeFileSync(url, `${markOf(letter)}${text}`);
}

it('runs a bundle as CommonJS, cached or not', () => {
  const url = bundle('a', '1');
  const { script, exports } = runBundle(url);
  expect(exports).toEqual({ left: 1 });
  expect(ran.bundleRan).toEqual([1, 'bundle.cjs', 'string']);
  expect(script.cachedDataRejected).toBeUndefined();
  keepCode(url, script);
  delete ran.bundleRan;
  expect(runBundle(url).script.cachedDataRejected).toBe(false);
  expect(ran.bundleRan).toEqual([1, 'bundle.cjs', 'string']);
});

it('does not take the cache of another bundle, however alike they look to V8', () => {
  const url = bundle('a', '1');
  const { script } = runBundle(url);
  keepCode(url, script);
  write(url, 'b', '2');
  expect(runBundle(url).script.cachedDataRejected).toBeUndefined();
  expect(ran.bundleRan).toEqual([2, 'bundle.cjs', 'string']);
});

it('compiles as usual when V8 cannot use the cache', () => {
  const url = bundle('a', '1');
  writeFileSync(cacheOf(url), `${markOf('a')}not what V8 wrote`);
  expect(runBundle(url).script.cachedDataRejected).toBe(true);
  expect(ran.bundleRan).toEqual([1, 'bundle.cjs', 'string']);
});
