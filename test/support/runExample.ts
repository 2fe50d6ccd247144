import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './fixtures.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a Node program to its end. One that does not end is killed and has no exit code.
 * @example await runNode(['main.js'], { cwd: exampleFolder('hello-node') })
 */
export async function runNode(
  args: readonly string[],
  { cwd, env = {}, limitMs = 60_000 }: { cwd: string; env?: Record<string, string>; limitMs?: number },
): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, ...texts };
}

export function exampleFolder(name: string): string {
  return join(repositoryRoot, 'examples', name);
}

/** The output that an example's README promises: its code block without a language. */
export function promisedOutput(name: string): string {
  const text = readFileSync(join(exampleFolder(name), 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const output = blocks.find(([, language]) => language === '')?.[2];
  if (output === undefined) throw new Error(`examples/${name}/README.md shows no output`);
  return output;
}
