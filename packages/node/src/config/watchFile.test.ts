import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { identityOf, watchFile } from './watchFile.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'minichain-watch-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Watches a file. @returns how often it was said to have changed. */
function watched(file: string): () => number {
  let times = 0;
  const watcher = watchFile(file, identityOf(file), () => times++);
  onTestFinished(() => watcher.close());
  return () => times;
}

it('tells of a change, once however many writes it takes', async () => {
  const file = join(folder, 'a.json');
  writeFileSync(file, '1');
  const times = watched(file);
  for (const text of ['', '22', '333']) writeFileSync(file, text);
  await expect.poll(times).toBe(1);
  writeFileSync(file, '4444');
  await expect.poll(times).toBe(2);
});

it('tells of a file that is replaced, or gone for a while', async () => {
  const file = join(folder, 'a.json');
  writeFileSync(file, '1');
  const times = watched(file);
  writeFileSync(join(folder, 'a.json~'), '22');
  renameSync(join(folder, 'a.json~'), file);
  await expect.poll(times).toBe(1);
  rmSync(file);
  writeFileSync(file, '333');
  await expect.poll(times).toBe(2);
});

it('tells of a folder that is swapped behind a link', async () => {
  for (const version of ['1', '2']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'a.json'), version.repeat(Number(version)));
  }
  symlinkSync('1', join(folder, 'data'));
  symlinkSync(join('data', 'a.json'), join(folder, 'a.json'));
  const times = watched(join(folder, 'a.json'));
  symlinkSync('2', join(folder, 'next'));
  renameSync(join(folder, 'next'), join(folder, 'data'));
  await expect.poll(times).toBe(1);
});

it('does not mind the neighbours, nor the end of its folder', async () => {
  const file = join(folder, 'a.json');
  writeFileSync(file, '1');
  const times = watched(file);
  writeFileSync(join(folder, 'b.json'), '1');
  writeFileSync(join(folder, 'c.json'), '1');
  writeFileSync(file, '22');
  await expect.poll(times).toBe(1);
  rmSync(folder, { recursive: true });
  expect(times()).toBe(1);
});

it('finds its time while a neighbour grows', async () => {
  const file = join(folder, 'a.json');
  writeFileSync(file, '1');
  const times = watched(file);
  const growing = setInterval(() => appendFileSync(join(folder, 'node.log'), 'x'), 5);
  onTestFinished(() => clearInterval(growing));
  writeFileSync(file, '22');
  await expect.poll(times).toBe(1);
});

it('tells of a change that came before it began', async () => {
  const file = join(folder, 'a.json');
  writeFileSync(file, '1');
  const identity = identityOf(file);
  writeFileSync(file, '22');
  let times = 0;
  const watcher = watchFile(file, identity, () => times++);
  onTestFinished(() => watcher.close());
  await expect.poll(() => times).toBe(1);
});
