import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that lives as long as the test. */
export interface TemporaryProject {
  readonly root: string;
  write(file: string, text: string): void;
  read(file: string): string;
  json<T = Record<string, unknown>>(file: string): T;
  remove(file: string): void;
}

/**
 * Lays files into a new folder.
 * @param packages folders to link into its `node_modules`, by package name.
 * @example const project = temporaryProject({ 'contracts/A.sol': 'contract A {}' })
 */
export function temporaryProject(
  files: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, string>> = {},
): TemporaryProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'minichain-project-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  for (const [name, folder] of Object.entries(packages)) {
    const link = join(root, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(folder), link, 'junction');
  }
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  return {
    root,
    write,
    read,
    json: <T>(file: string) => JSON.parse(read(file)) as T,
    remove: (file) => rmSync(join(root, file)),
  };
}
