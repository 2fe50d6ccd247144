import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

/** The folder that holds `package.json`. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** One collection of official test data: its archive, and what lies in it once unpacked. */
interface FixtureSet {
  readonly archive: string;
  /** A path that exists in the unpacked folder. */
  readonly marker: string;
  /** Only these members are unpacked; undefined for all. */
  readonly members?: readonly string[];
}

const SETS = {
  stateTests: {
    archive: 'eest-state-tests.tar.xz',
    marker: 'state_tests',
    members: ['state_tests/cancun', 'state_tests/prague', 'state_tests/osaka'],
  },
  blockchainTests: {
    archive: 'eest-blockchain-tests.tar.xz',
    marker: 'blockchain_tests',
    members: ['blockchain_tests/cancun', 'blockchain_tests/prague', 'blockchain_tests/osaka'],
  },
  gethTracers: { archive: 'geth-tracer-tests.tar.xz', marker: 'testdata' },
  executionApis: { archive: 'execution-apis-tests.tar.xz', marker: 'tests/chain.rlp' },
  openrpc: { archive: 'execution-apis-openrpc.json.xz', marker: 'openrpc.json' },
} as const satisfies Record<string, FixtureSet>;

export type FixtureSetName = keyof typeof SETS;

const cacheFolder = join(repositoryRoot, '.fixtures');

/** Where official data may lie: the folder that is named, else the one beside the project. */
function sourceFolders(): string[] {
  const named = process.env['MINICHAIN_FIXTURES'];
  return named ? [resolve(named)] : [resolve(repositoryRoot, '../shared/data')];
}

function extract(archive: string, set: FixtureSet, target: string): void {
  if (archive.endsWith('.json.xz')) {
    writeFileSync(join(target, set.marker), execFileSync('xz', ['-dkc', archive], { maxBuffer: 1 << 28 }));
    return;
  }
  execFileSync('tar', ['-xJf', archive, '-C', target, ...(set.members ?? [])], { stdio: 'pipe' });
}

/** Unpacks beside the final place and renames, so that a run that is cut short leaves nothing half done. */
function unpacked(name: FixtureSetName, archive: string): string {
  const folder = join(cacheFolder, name);
  if (existsSync(join(folder, SETS[name].marker))) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  const staging = mkdtempSync(join(cacheFolder, `${name}.`));
  try {
    extract(archive, SETS[name], staging);
    renameSync(staging, folder);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // Another process may have been first; what it unpacked is as good.
    if (!existsSync(join(folder, SETS[name].marker))) throw error;
  }
  return folder;
}

/**
 * Finds a set of official data, unpacking it on first use.
 * @returns the folder that holds it, or undefined where this machine does not have it.
 * @example fixtureFolder('executionApis') // '…/.fixtures/executionApis'
 */
export function fixtureFolder(name: FixtureSetName): string | undefined {
  const { marker, archive } = SETS[name];
  for (const folder of sourceFolders()) {
    if (existsSync(join(folder, marker))) return folder;
    if (existsSync(join(folder, archive))) return unpacked(name, join(folder, archive));
  }
  return undefined;
}

/**
 * `describe` for a suite that needs official data. Where the data is missing the suite says so and is skipped; under
 * `CI=true` it fails instead, since a suite that never runs proves nothing.
 */
export function describeWithFixtures(title: string, set: FixtureSetName, body: (folder: string) => void): void {
  const folder = fixtureFolder(set);
  if (folder !== undefined) {
    describe(title, () => body(folder));
    return;
  }
  const reason = `${SETS[set].archive} is neither in MINICHAIN_FIXTURES nor in ../shared/data`;
  describe(title, () => {
    if (process.env['CI'] === 'true') {
      it('needs official test data', () => {
        throw new Error(`${reason}; under CI=true this suite must run`);
      });
    } else {
      it.skip(`skipped: ${reason}`, () => {});
    }
  });
}

/** Every file below a folder with the given ending, in a fixed order. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .sort()
    .map((path) => join(folder, path));
}

/** At most `count` members of a list, evenly spread and the same in every run. */
export function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)] as T);
}
