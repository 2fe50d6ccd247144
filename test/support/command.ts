import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd: string;
  /** Added to, or with undefined taken from, the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Text for standard input; without it the command sees the end at once. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

export interface CommandResult {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that ended otherwise than expected, with all it printed. */
export class CommandFailure extends Error {
  readonly result: CommandResult;

  constructor(line: string, result: CommandResult) {
    super(`${line}: exit code ${result.code}\n${result.stdout}${result.stderr}`);
    this.result = result;
  }
}

/**
 * Runs a program to its end and keeps what it printed; any exit code is an answer.
 * @example const { code, stdout } = await runCommand('node', ['--version'], { cwd: '.' })
 */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, input, timeoutMs = 120_000 }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout: timeoutMs });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') });
    });
    child.stdin.end(input);
  });
}

/** As `runCommand`, for a program that must succeed. @returns what it printed to standard output. @throws CommandFailure */
export async function outputOf(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const result = await runCommand(command, args, options);
  if (result.code !== 0) throw new CommandFailure([command, ...args].join(' '), result);
  return result.stdout;
}
