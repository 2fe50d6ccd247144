import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './support/fixtures.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const manifest = (path: string): Manifest => JSON.parse(read(path)) as Manifest;
const packages = readdirSync(join(repositoryRoot, 'packages')).filter((name) =>
  existsSync(join(repositoryRoot, 'packages', name, 'package.json')),
);

/** What users install: the dependencies of every package but the private ones. */
function runtimeDependencies(): string[] {
  const names = packages.flatMap((name) => {
    const { dependencies, optionalDependencies } = manifest(`packages/${name}/package.json`);
    return Object.keys({ ...dependencies, ...optionalDependencies });
  });
  return [...new Set(names)].filter((name) => name !== 'minichain' && !name.startsWith('@minichain/')).sort();
}

function installed(name: string): Manifest {
  const from = packages.find((one) => existsSync(join(repositoryRoot, 'packages', one, 'node_modules', name)));
  return manifest(`packages/${from}/node_modules/${name}/package.json`);
}

describe('the workspace', () => {
  it('has nothing at its top level but what the design names', () => {
    const configuration = ['biome.json', 'tsconfig.json', 'tsconfig.tests.json', 'vitest.config.ts'];
    const visible = readdirSync(repositoryRoot).filter((name) => !name.startsWith('.') && name !== 'node_modules');
    expect(visible.filter((name) => !configuration.includes(name)).sort()).toEqual([
      ...['LICENSE', 'README.md', 'bin', 'examples', 'package.json', 'packages'],
      ...['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'test', 'tsconfig.base.json'],
    ]);
  });

  it('locks dependencies without naming a registry', () => {
    expect(read('pnpm-lock.yaml').match(/https?:\/\/\S+/g)).toBeNull();
  });

  it.each(runtimeDependencies())('runs %s on the Node it promises, under a licence that is listed', (name) => {
    const { engines, license } = installed(name);
    expect(semver.satisfies('20.19.0', engines?.node ?? '*'), `${name} wants Node ${engines?.node}`).toBe(true);
    expect(read('packages/README.md')).toContain(`| \`${name}\` | ${license} |`);
  });

  it('gives every package a page', () => {
    for (const name of packages) {
      const lines = read(`packages/${name}/README.md`).split('\n').length;
      expect(lines, `packages/${name}/README.md`).toBeLessThanOrEqual(41);
    }
  });
});
