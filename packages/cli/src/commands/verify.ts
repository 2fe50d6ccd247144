import { Command } from 'commander';
import type { VerifyFlags } from '../solidity/flags.ts';
import { addCompilerFlags } from './compilerFlags.ts';
import { diagnosticPaint } from './diagnosticPaint.ts';
import { addNodeUrl } from './nodeUrl.ts';

const NOTES = `
Immutables, linked libraries and a library's own address may hold anything; the
values found are printed. Code that differs in its metadata alone (comments,
names, file paths, settings that do not show) counts as verified, and is said so.
Exit code 1 when the code is another one.`;

/** `minichain verify`. Compiler and client are loaded only when the command runs. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('compare code on the chain with what the sources compile to')
    .argument('<contract>', 'its name, or file and name: contracts/Token.sol:Token')
    .helpOption('-h, --help', 'show this text')
    .addHelpText('after', NOTES)
    .option('--address <address>', 'where it is (default: where minichain deploy recorded it)')
    .option('--project <dir>', "the project's folder (default: this folder)");
  addNodeUrl(command);
  addCompilerFlags(command);
  return command.action(async (contract: string, flags: VerifyFlags) => {
    const { runVerify } = await import('../solidity/runVerify.ts');
    await runVerify(contract, flags, diagnosticPaint());
  });
}
