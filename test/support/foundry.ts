import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type CommandOptions, type CommandResult, runCommand } from './command.ts';
import { repositoryRoot } from './fixtures.ts';

export type FoundryTool = 'cast' | 'forge';

/** Where the tool lies. npm's launchers end with exit code 0 whatever the tool's own was; so the tool itself is run. */
export function foundryBinary(tool: FoundryTool): string {
  const launcher = createRequire(join(repositoryRoot, 'package.json')).resolve(`@foundry-rs/${tool}/bin.mjs`);
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const binary = `@foundry-rs/${tool}-${process.platform}-${architecture}/bin/${tool}`;
  return createRequire(launcher).resolve(process.platform === 'win32' ? `${binary}.exe` : binary);
}

/**
 * Runs `cast` or `forge` with a home inside the project, since they keep caches and states there, and offline, since
 * they ask the internet for names of selectors.
 */
export function runFoundry(
  tool: FoundryTool,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const home = join(options.cwd, 'home');
  if (!existsSync(home)) mkdirSync(home);
  const env = { HOME: home, FOUNDRY_OFFLINE: 'true', NO_COLOR: '1', ...options.env };
  return runCommand(foundryBinary(tool), args, { ...options, env });
}
