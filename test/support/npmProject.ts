import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';
import { CommandFailure, outputOf } from './command.ts';
import { repositoryRoot } from './fixtures.ts';

/** Hardhat 3 asks for Node 22.13; where the tests run on an older one, this version is fetched for it. */
const NEWER_NODE = '24.21.0';
const INSTALL_LIMIT_MS = 600_000;
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED/;

/** An npm project whose dependencies are installed. */
export interface NpmProject {
  readonly folder: string;
  /** The environment in which its commands run: its own binaries first, then a Node that is new enough. */
  readonly env: Readonly<Record<string, string>>;
}

export interface NpmProjectOptions {
  /** The lowest major version of Node that the project's tools run on. */
  readonly node?: number;
}

/** The registry did not answer, and nothing was installed before. */
class RegistryUnreachable extends Error {}

async function npm(args: readonly string[], folder: string, env: Record<string, string>): Promise<void> {
  try {
    await outputOf('npm', [...args, '--no-audit', '--no-fund'], { cwd: folder, env, timeoutMs: INSTALL_LIMIT_MS });
  } catch (error) {
    if (error instanceof CommandFailure && UNREACHABLE.test(error.result.stderr)) {
      throw new RegistryUnreachable(`npm ${args.join(' ')} in ${folder}: the registry is not reachable`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** @returns a folder for the front of PATH that has a `node` of at least this major version, or undefined where ours is one. */
async function newerNode(major: number): Promise<string | undefined> {
  if (Number(process.versions.node.split('.')[0]) >= major) return undefined;
  const folder = join(repositoryRoot, '.fixtures', `node-${NEWER_NODE}`);
  const binaries = join(folder, 'node_modules/.bin');
  const stamp = join(folder, 'complete');
  if (!existsSync(stamp)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    await npm(['install', '--no-save', '--no-package-lock', `node@${NEWER_NODE}`], folder, {});
    writeFileSync(stamp, '');
  }
  return binaries;
}

/** What decides which files an install lays down. */
function lockHash(folder: string, node: number): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${node}`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

async function install(name: string, { node = 20 }: NpmProjectOptions): Promise<NpmProject> {
  const folder = join(repositoryRoot, name);
  const newer = await newerNode(node);
  const path = [join(folder, 'node_modules/.bin'), newer, process.env['PATH']].filter((entry) => entry !== undefined);
  const env = { PATH: path.join(delimiter), HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true', NO_COLOR: '1' };
  const stamp = join(folder, 'node_modules/.minichain-install');
  const hash = lockHash(folder, node);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    await npm(['ci'], folder, env);
    writeFileSync(stamp, hash);
  }
  return { folder, env };
}

/**
 * `describe` for a suite that needs an npm project of its own, installed from its lock file on the first run. Where the
 * registry cannot be reached the suite says so and is skipped; under `CI=true` it fails instead, since a suite that
 * never runs proves nothing.
 * @param name the project's folder, from the root of the repository.
 * @example await describeWithProject('Hardhat', 'examples/hardhat-project', { node: 22 }, (project) => { … })
 */
export async function describeWithProject(
  title: string,
  name: string,
  options: NpmProjectOptions,
  body: (project: NpmProject) => void,
): Promise<void> {
  let project: NpmProject;
  try {
    project = await install(name, options);
  } catch (error) {
    if (!(error instanceof RegistryUnreachable)) throw error;
    describe(title, () => {
      if (process.env['CI'] === 'true') {
        it('needs packages from the registry', () => {
          throw error;
        });
      } else {
        it.skip(`skipped: ${error.message}`, () => {});
      }
    });
    return;
  }
  describe(title, () => body(project));
}
