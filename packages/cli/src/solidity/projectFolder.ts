import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE, PLAN_FILE } from '@minichain/solc';
import { CliError } from '../cliError.ts';

const EXAMPLE = join('examples', 'deploy-token');
const SIGNS_OF_A_PROJECT = ['contracts', 'src', CONFIG_FILE, PLAN_FILE];

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** minichain's own repository has no contracts at its root; its example is what one means there. */
function isOwnRepository(folder: string): boolean {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown };
    return name === 'minichain-workspace' && isFolder(join(folder, EXAMPLE));
  } catch {
    return false;
  }
}

/**
 * The project that a command works on: the given folder, else the current one; in minichain's own repository the
 * example, which is said.
 */
export function projectFolder(given: string | undefined): string {
  if (given !== undefined) {
    if (!isFolder(given)) throw new CliError(`there is no folder ${given}`, 1);
    return given;
  }
  const isProject = SIGNS_OF_A_PROJECT.some((name) => existsSync(name));
  if (isProject || !isOwnRepository('.')) return '.';
  process.stdout.write(`Using ${EXAMPLE}, since this is minichain's own repository\n`);
  return EXAMPLE;
}
