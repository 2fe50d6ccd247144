import {
  type Compilation,
  CompileError,
  type CompileOptions,
  compile,
  type DiagnosticPaint,
  diagnosticText,
  openProject,
  type Project,
  type ProjectOptions,
  type SolcDiagnostic,
} from '@minichain/solc';
import { CliError } from '../cliError.ts';
import type { CompilerFlags } from './flags.ts';

/** What the flags say, in the library's words. */
function projectOptions(flags: CompilerFlags): ProjectOptions {
  const { contracts, out, optimizer, optimizerRuns, viaIr, evmVersion, metadataHash, remapping, solcVersion } = flags;
  const options = { contracts, out, optimizer, optimizerRuns, evmVersion, metadataHash, solcVersion };
  return { ...options, viaIR: viaIr, remappings: remapping } as ProjectOptions;
}

export const projectFrom = (folder: string, flags: CompilerFlags): Project =>
  openProject(folder, projectOptions(flags));

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function printDiagnostics(diagnostics: readonly SolcDiagnostic[], paint: DiagnosticPaint | undefined): void {
  for (const one of diagnostics) process.stderr.write(diagnosticText(one, paint));
}

export interface CompileProjectOptions extends CompileOptions {
  /** How diagnostics are coloured; undefined for not at all. */
  readonly paint: DiagnosticPaint | undefined;
}

/** Compiles and says what was done; diagnostics go to stderr as solc prints them. @throws CliError after errors in sources. */
export async function compileProject(project: Project, options: CompileProjectOptions): Promise<Compilation> {
  try {
    const compilation = await compile(project, options);
    printDiagnostics(compilation.diagnostics, options.paint);
    for (const { solcVersion, sources } of compilation.compiled) {
      process.stdout.write(`Compiled ${many(sources.length, 'Solidity file')} with solc ${solcVersion}\n`);
    }
    if (compilation.compiled.length === 0) process.stdout.write('Nothing to compile\n');
    return compilation;
  } catch (error) {
    if (!(error instanceof CompileError) || error.fault.code !== 'COMPILATION_FAILED') throw error;
    const { diagnostics } = error.fault;
    printDiagnostics(diagnostics, options.paint);
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    throw new CliError(`${many(errors, 'error')} in the sources; nothing was written`, 1, { cause: error });
  }
}
