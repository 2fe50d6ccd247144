import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reasonFromSystem } from './errors.ts';

it('says why the system refused, without the call and the path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minichain-'));
  const reason = (file: string): string => {
    try {
      readFileSync(file);
    } catch (error) {
      return reasonFromSystem(error);
    }
    return 'was read';
  };
  expect(reason(join(folder, 'no, such'))).toBe('no such file or directory (ENOENT)');
  expect(reason(folder)).toBe('illegal operation on a directory (EISDIR)');
  rmSync(folder, { recursive: true });
});

it('keeps the message of anything else', () => {
  expect(reasonFromSystem(new Error('odd'))).toBe('odd');
});
