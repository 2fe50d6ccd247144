import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type CommandResult, runCommand } from './command.ts';
import { repositoryRoot } from './fixtures.ts';

const command = join(repositoryRoot, 'bin/minichain.js');

/** This process's environment without what would change what the command line prints or does. */
const cleanEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(process.env).map(([name, value]) => [
      name,
      /^(MINICHAIN_|NO_COLOR$|FORCE_COLOR$|TERM$)/.test(name) ? undefined : value,
    ]),
  );

/** Runs `minichain` to its end, as a user's shell does. */
export function minichain(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = repositoryRoot,
): Promise<CommandResult> {
  return runCommand(process.execPath, [command, ...args], { cwd, env: { ...cleanEnvironment(), ...env } });
}

/** A command that is still running. */
export interface RunningCommand {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Waits for text on standard output. @throws when the command ends without it. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Ends it at once, whatever it does. */
  kill(): Promise<void>;
}

/** Starts `minichain` with arguments and looks at what it prints. The caller ends it with `kill()`. */
export function startCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = repositoryRoot,
): RunningCommand {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(stdout);
      if (found !== null) return found;
      const next = await Promise.race([once(child.stdout, 'data').then(() => 'more'), ended.then(() => 'ended')]);
      if (next === 'ended' && pattern.exec(stdout) === null) {
        throw new Error(`ended without ${pattern}:\n${stdout}${stderr}`);
      }
    }
  };
  return {
    ...{ child, until, ended },
    stdout: () => stdout,
    stderr: () => stderr,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
