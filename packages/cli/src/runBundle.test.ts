import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { cacheOf, MARK_BYTES, runBundle } from './runBundle.ts';

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
  const text = `globalThis.bundleRan = [${left}, require('node:path').basename(__filename), typeof __dirname];`;
  writeFileSync(url, `${markOf(letter)}${text}`);
}

it('runs a bundle as CommonJS, cached or not', () => {
  const url = bundle('a', '1');
  const script = runBundle(url);
  expect(ran.bundleRan).toEqual([1, 'bundle.cjs', 'string']);
  expect(script.cachedDataRejected).toBeUndefined();
  writeFileSync(cacheOf(url), Buffer.concat([Buffer.from(markOf('a')), script.createCachedData()]));
  delete ran.bundleRan;
  expect(runBundle(url).cachedDataRejected).toBe(false);
  expect(ran.bundleRan).toEqual([1, 'bundle.cjs', 'string']);
});

it('does not take the cache of another bundle, however alike they look to V8', () => {
  const url = bundle('a', '1');
  const script = runBundle(url);
  writeFileSync(cacheOf(url), Buffer.concat([Buffer.from(markOf('a')), script.createCachedData()]));
  write(url, 'b', '2');
  expect(runBundle(url).cachedDataRejected).toBeUndefined();
  expect(ran.bundleRan).toEqual([2, 'bundle.cjs', 'string']);
});

it('compiles as usual when V8 cannot use the cache', () => {
  const url = bundle('a', '1');
  writeFileSync(cacheOf(url), `${markOf('a')}not what V8 wrote`);
  expect(runBundle(url).cachedDataRejected).toBe(true);
  expect(ran.bundleRan).toEqual([1, 'bundle.cjs', 'string']);
});
