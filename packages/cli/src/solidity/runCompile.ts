import { readFileSync } from 'node:fs';
import { compileStandardJson, type DiagnosticPaint } from '@minichain/solc';
import { CliError } from '../cliError.ts';
import { compileProject, projectFrom } from './compileProject.ts';
import type { CompileFlags } from './flags.ts';
import { projectFolder } from './projectFolder.ts';

function readInput(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${(error as Error).message}`, 1, { cause: error });
  }
}

/** `minichain compile`. */
export async function runCompile(
  folder: string | undefined,
  flags: CompileFlags,
  paint?: DiagnosticPaint,
): Promise<void> {
  if (flags.standardJson === undefined) {
    await compileProject(projectFrom(projectFolder(folder), flags), { force: flags.force === true, paint });
    return;
  }
  const root = folder === undefined ? process.cwd() : projectFolder(folder);
  const output = await compileStandardJson(readInput(flags.standardJson), { root, solcVersion: flags.solcVersion });
  process.stdout.write(`${output}\n`);
}
