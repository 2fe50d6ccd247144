import { VERSION } from '@minichain/node';
import { Command, CommanderError } from 'commander';
import type { CliError } from './cliError.ts';
import { compileCommand } from './commands/compile.ts';
import { configCommand } from './commands/config.ts';
import { dbCommand } from './commands/db.ts';
import { deployCommand } from './commands/deploy.ts';
import { doctorCommand } from './commands/doctor.ts';
import { nodeCommand } from './commands/node.ts';
import { absentFlag } from './commands/nodeFlags.ts';
import { verifyCommand } from './commands/verify.ts';

const USAGE = 2;
const FAILURE = 1;

function program(): Command {
  const minichain = new Command('minichain')
    .description('An Ethereum development chain: one command, one port, every tool.')
    .version(VERSION)
    .addCommand(nodeCommand())
    .addCommand(compileCommand())
    .addCommand(deployCommand())
    .addCommand(verifyCommand())
    .addCommand(configCommand())
    .addCommand(dbCommand())
    .addCommand(doctorCommand());
  sayNothing(minichain);
  return minichain;
}

/** What commander has to say about a mistake is said by report(), in one line. */
function sayNothing(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const inner of command.commands) sayNothing(inner);
}

/** What is wrong with the arguments, in one line; undefined when commander has printed help or the version. */
function usageProblem({ code, message }: CommanderError): string | undefined {
  const said = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  switch (code) {
    case 'commander.help':
    case 'commander.helpDisplayed':
    case 'commander.version':
      return undefined;
    case 'commander.unknownOption': {
      const flag = /'(-[^'=]*)/.exec(said)?.[1] ?? '';
      const why = absentFlag(flag);
      return why === undefined ? `${said}; --help lists all` : `there is no ${flag}: ${why}`;
    }
    case 'commander.excessArguments': {
      const [, command, most, count] = /for '(\w+)'.* (\d+) arguments?.* got (\d+)/.exec(said) ?? [];
      const expected = most === '0' ? 'no arguments' : `${most} argument${most === '1' ? '' : 's'}`;
      return `${command} takes ${expected}, got ${count} (a value with spaces in it needs quotes)`;
    }
    default:
      return said;
  }
}

/** One clear line for what went wrong. */
function report(error: unknown): number {
  const say = (message: string): void => {
    process.stderr.write(`error: ${message}\n`);
  };
  if (error instanceof CommanderError) {
    const problem = usageProblem(error);
    if (problem === undefined) return error.exitCode;
    say(problem);
    return USAGE;
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  say(message);
  // By name and shape: commands that are loaded when they run bring classes of their own.
  if (name === 'CliError') return (error as CliError).exitCode;
  return name === 'ConfigError' ? USAGE : FAILURE;
}

/** Runs the command line. @returns only when the command has ended or keeps running by itself. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that goes away (`minichain node | head`) must not end the node.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  try {
    await program().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}
