import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A project in a folder of its own, so that what its tools write does not land in the repository. */
export interface ProjectCopy {
  readonly folder: string;
  /** Replaces text in one of its files; the text must be there. */
  edit(file: string, from: string, to: string): void;
  remove(): void;
}

const GENERATED = new Set(['node_modules', 'artifacts', 'cache', 'out', 'broadcast']);

/**
 * Copies a project without what was generated in it, and gives it the dependencies installed in `modules`.
 * @example const copy = copyProject('examples/foundry-project', 'node_modules')
 */
export function copyProject(sources: string, modules: string): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), `${basename(sources)}-`));
  cpSync(sources, folder, { recursive: true, filter: (path) => path === sources || !GENERATED.has(basename(path)) });
  symlinkSync(modules, join(folder, 'node_modules'));
  return {
    folder,
    edit(file, from, to) {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
      writeFileSync(path, text.replaceAll(from, to));
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  };
}
