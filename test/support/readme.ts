import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type CommandOptions, runCommand } from './command.ts';

/** A command that a README shows after `$ `, and what it says the command prints. */
export interface ReadmeCommand {
  readonly line: string;
  /** Parts of lines, in order; other lines may come between. `…` stands for any text. */
  readonly output: readonly string[];
}

/** The commands in a README's ```console blocks; blocks of other languages are for the reader alone. */
export function readmeCommands(folder: string): ReadmeCommand[] {
  const commands: { line: string; output: string[] }[] = [];
  let isConsole = false;
  for (const line of readFileSync(join(folder, 'README.md'), 'utf8').split('\n')) {
    if (line.startsWith('```')) isConsole = line === '```console';
    else if (isConsole && line.startsWith('$ ')) commands.push({ line: line.slice(2), output: [] });
    else if (isConsole && line.trim() !== '' && line.trim() !== '…') commands.at(-1)?.output.push(line);
  }
  return commands;
}

function patternOf(line: string): RegExp {
  const literal = line
    .trim()
    .split('…')
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(literal.join('.*'));
}

/** The first expected line that does not come, in its place, among those printed. */
function missingLine(printed: string, expected: readonly string[]): string | undefined {
  const lines = printed.split('\n');
  let from = 0;
  return expected.find((line) => {
    const pattern = patternOf(line);
    const found = lines.findIndex((text, index) => index >= from && pattern.test(text));
    from = found + 1;
    return found < 0;
  });
}

/**
 * Runs one as a reader would, in a shell, and asserts that it prints what the README promises. It must succeed too,
 * unless the promise begins with `Error`; its exit code then shows nothing, since npm's launchers of Foundry lose it.
 */
export async function expectAsInReadme({ line, output }: ReadmeCommand, options: CommandOptions): Promise<void> {
  const { code, stdout, stderr } = await runCommand('sh', ['-c', line], options);
  const printed = `${stdout}${stderr}`;
  if (!output[0]?.startsWith('Error')) expect(code, `exit code of ${line}\n${printed}`).toBe(0);
  expect(missingLine(printed, output), `first promised line that ${line} did not print:\n${printed}`).toBeUndefined();
}
