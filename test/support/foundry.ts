import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type CommandResult, runCommand } from './command.ts';
import { repositoryRoot } from './fixtures.ts';
import type { ProjectCopy } from './projectCopy.ts';

export type FoundryTool = 'cast' | 'forge';

/** Where the tool lies. npm's launchers end with exit code 0 whatever the tool's own was; so the tool itself is run. */
export function foundryBinary(tool: FoundryTool): string {
  const launcher = createRequire(join(repositoryRoot, 'package.json')).resolve(`@foundry-rs/${tool}/bin.mjs`);
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const binary = `@foundry-rs/${tool}-${process.platform}-${architecture}/bin/${tool}`;
  return createRequire(launcher).resolve(process.platform === 'win32' ? `${binary}.exe` : binary);
}

/**
 * The environment in which Foundry's tools keep to themselves: they put caches and states into the home folder, and
 * ask the internet for the names of selectors.
 */
export function foundryEnvironment({ home }: ProjectCopy): Record<string, string> {
  return { HOME: home, FOUNDRY_OFFLINE: 'true', NO_COLOR: '1' };
}

/** Runs `cast` or `forge` to its end; `cast` away from the project, through which it would walk each time. */
export function runFoundry(
  tool: FoundryTool,
  args: readonly string[],
  project: ProjectCopy,
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return runCommand(foundryBinary(tool), args, {
    cwd: tool === 'cast' ? project.home : project.folder,
    env: { ...foundryEnvironment(project), ...env },
  });
}
