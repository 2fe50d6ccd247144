import { VERSION } from '@minichain/node';
import { Command, CommanderError } from 'commander';
import { CliError } from './cliError.ts';
import { doctorCommand } from './commands/doctor.ts';
import { nodeCommand } from './commands/node.ts';

const USAGE = 2;
const FAILURE = 1;

function program(): Command {
  const minichain = new Command('minichain')
    .description('An Ethereum development chain: one command, one port, every tool.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(run with --help for the flags)')
    .addCommand(nodeCommand())
    .addCommand(doctorCommand());
  for (const command of minichain.commands)
    command.exitOverride().showHelpAfterError('(run with --help for the flags)');
  return minichain.action(() => minichain.help());
}

/** One clear line for what went wrong; a stack only for what is a bug of ours. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof CliError) {
    process.stderr.write(`error: ${error.message}\n`);
    return error.exitCode;
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  process.stderr.write(`error: ${message}\n`);
  return name === 'ConfigError' ? USAGE : FAILURE;
}

/** Runs the command line. @returns only when the command has ended or keeps running by itself. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that goes away (`minichain node | head`) must not end the node.
  process.stdout.on('error', () => {});
  try {
    await program().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}
