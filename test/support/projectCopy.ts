import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A project in a folder of its own, so that what its tools write does not land in the repository. */
export interface ProjectCopy {
  readonly folder: string;
  /** An empty folder outside the project, for tools that keep caches in the user's home. */
  readonly home: string;
  /** Replaces text in one of its files; the text must be there. */
  edit(file: string, from: string, to: string): void;
  remove(): void;
}

const GENERATED = new Set(['node_modules', 'artifacts', 'cache', 'out', 'broadcast']);

export interface CopyOptions {
  /** Installed dependencies that the project gets as its `node_modules`. */
  readonly modules?: string;
  /** The same, but one folder up: Node finds them there, and tools that walk through the project do not. */
  readonly modulesAbove?: string;
}

/**
 * Copies a project without what was generated in it.
 * @example const copy = copyProject('examples/foundry-project', { modules: 'node_modules' })
 */
export function copyProject(sources: string, { modules, modulesAbove }: CopyOptions): ProjectCopy {
  const root = mkdtempSync(join(tmpdir(), `${basename(sources)}-`));
  const folder = join(root, 'project');
  const home = join(root, 'home');
  mkdirSync(home);
  cpSync(sources, folder, { recursive: true, filter: (path) => path === sources || !GENERATED.has(basename(path)) });
  if (modules !== undefined) symlinkSync(modules, join(folder, 'node_modules'));
  if (modulesAbove !== undefined) symlinkSync(modulesAbove, join(root, 'node_modules'));
  return {
    folder,
    home,
    edit(file, from, to) {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
      writeFileSync(path, text.replaceAll(from, to));
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  };
}
