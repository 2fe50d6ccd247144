import { Command } from 'commander';
import type { CompileFlags } from '../solidity/flags.ts';
import { addCompilerFlags } from './compilerFlags.ts';
import { diagnosticPaint } from './diagnosticPaint.ts';

const NOTES = `
Which solc compiles a file is decided by its pragmas and those of its imports,
among the one that minichain brings and packages named solc or solc-… in
node_modules; add one with: npm install --save-dev solc-0.7.6@npm:solc@0.7.6

Imports are looked for beside the file, in the project, in node_modules, and
through the remappings of remappings.txt and foundry.toml. Settings may stand
in minichain.config.json: { "solc": { "optimizer": true, "optimizerRuns": 200 } }.

Exit code 1 when a source has an error; warnings do not count.
With --standard-json errors are in the output, as with solc, and the code is 0.`;

/** `minichain compile`. The compiler is loaded only when the command runs: it must not slow down the node's start. */
export function compileCommand(): Command {
  const command = new Command('compile')
    .description('compile Solidity into artifacts: what changed, and what depends on it')
    .argument('[project]', "the project's folder (default: this one)")
    .helpOption('-h, --help', 'show this text')
    .addHelpText('after', NOTES);
  addCompilerFlags(command);
  return command
    .option('--force', 'compile everything, changed or not')
    .option('--standard-json <file>', 'compile Standard JSON from a file, or - for stdin, and print the output')
    .action(async (project: string | undefined, flags: CompileFlags) => {
      const { runCompile } = await import('../solidity/runCompile.ts');
      await runCompile(project, flags, diagnosticPaint());
    });
}
