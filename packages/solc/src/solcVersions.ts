import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compare, gte, maxSatisfying, minVersion, satisfies, valid, validRange } from 'semver';
import { compileError, type PragmaOf } from './compileFaults.ts';
import { upwardFrom } from './resolveImport.ts';
import { closureOf, type SourceGraph } from './sources.ts';

/** A solc-js package. */
export interface InstalledSolc {
  /** `0.8.37` */
  readonly version: string;
  /** The package's folder, absolute. */
  readonly directory: string;
}

/** The first release that speaks Standard JSON; what is older cannot say which file a contract comes from. */
const OLDEST = '0.4.11';

/** The newest patch of each minor on npm when this was written, for the advice which one to add. */
const RELEASES = Object.entries({ '0.4': 26, '0.5': 17, '0.6': 12, '0.7': 6, '0.8': 37 })
  .flatMap(([minor, patches]) => Array.from({ length: patches + 1 }, (_, patch) => `${minor}.${patch}`))
  .filter((version) => version !== '0.4.12' && gte(version, OLDEST));

function solcIn(directory: string): InstalledSolc[] {
  try {
    const { name, version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const isSolc = name === 'solc' && typeof version === 'string' && valid(version) !== null;
    return isSolc && gte(version, OLDEST) ? [{ version, directory }] : [];
  } catch {
    return [];
  }
}

function solcsInModules(modules: string): InstalledSolc[] {
  let entries: string[];
  try {
    entries = readdirSync(modules);
  } catch {
    return [];
  }
  return entries.filter((name) => /^solc(?:-|$)/.test(name)).flatMap((name) => solcIn(join(modules, name)));
}

/**
 * Finds the compilers a project can use, newest first: packages named `solc` or `solc-…` (npm aliases of solc) in its
 * `node_modules` and those above, and the one this package brings.
 * @example findSolcs('/project') // [{ version: '0.8.37', directory: '…' }, { version: '0.7.6', directory: '…' }]
 */
export function findSolcs(root: string): InstalledSolc[] {
  const own = dirname(createRequire(import.meta.url).resolve('solc/package.json'));
  const found = [...upwardFrom(root)].flatMap((folder) => solcsInModules(join(folder, 'node_modules')));
  const byVersion = new Map<string, InstalledSolc>();
  for (const solc of [...found, ...solcIn(own)]) if (!byVersion.has(solc.version)) byVersion.set(solc.version, solc);
  return [...byVersion.values()].sort((a, b) => compare(b.version, a.version));
}

/** @throws CompileError SOLC_VERSION_MISSING */
export function solcOfVersion(version: string, solcs: readonly InstalledSolc[]): InstalledSolc {
  const found = solcs.find((one) => one.version === version);
  if (found !== undefined) return found;
  throw compileError({ code: 'SOLC_VERSION_MISSING', version, available: solcs.map((one) => one.version) });
}

/** The pragmas a source and its imports put on the compiler. @throws CompileError PRAGMA_INVALID */
function pragmasOf(graph: SourceGraph, names: readonly string[]): PragmaOf[] {
  return names.flatMap((file) =>
    (graph.get(file)?.pragmas ?? []).map(({ range, line }) => {
      if (validRange(range) === null) throw compileError({ code: 'PRAGMA_INVALID', file, line, pragma: range });
      return { file, pragma: range };
    }),
  );
}

const satisfiesAll = (version: string, pragmas: readonly PragmaOf[]): boolean =>
  pragmas.every(({ pragma }) => satisfies(version, pragma));

/** One line per range, the file's own first: a hundred imports that ask for the same say it once. */
function distinct(pragmas: readonly PragmaOf[], file: string): PragmaOf[] {
  const ordered = [...pragmas].sort((a, b) => Number(b.file === file) - Number(a.file === file));
  const seen = new Set<string>();
  return ordered.filter(({ pragma }) => !seen.has(pragma) && seen.add(pragma));
}

/** The release to add: the newest that all pragmas allow; beyond the known ones, the oldest that the newest pragma names. */
function suggestionFor(pragmas: readonly PragmaOf[]): string | undefined {
  const released = RELEASES.filter((version) => satisfiesAll(version, pragmas));
  if (released.length > 0) return maxSatisfying(released, '*') ?? undefined;
  const floors = pragmas.map(({ pragma }) => minVersion(pragma)?.version).filter((floor) => floor !== undefined);
  const floor = floors.sort(compare).at(-1);
  return floor !== undefined && compare(floor, '0.8.37') > 0 && satisfiesAll(floor, pragmas) ? floor : undefined;
}

function solcFor(graph: SourceGraph, file: string, solcs: readonly InstalledSolc[]): InstalledSolc {
  const pragmas = pragmasOf(graph, closureOf(graph, file));
  const chosen = solcs.find(({ version }) => satisfiesAll(version, pragmas));
  if (chosen !== undefined) return chosen;
  const shown = distinct(pragmas, file);
  const suggestion = suggestionFor(pragmas);
  if (suggestion === undefined) throw compileError({ code: 'PRAGMAS_INCOMPATIBLE', file, pragmas: shown });
  const available = solcs.map(({ version }) => version);
  throw compileError({ code: 'SOLC_MISSING', file, pragmas: shown, available, suggestion });
}

/**
 * Chooses a compiler for each source: the newest that its pragmas and those of its imports allow. A source that is only
 * imported goes with the newest compiler among the project's sources that need it, so that it is compiled once.
 * @param solcs newest first, see {@link findSolcs}.
 * @throws CompileError PRAGMA_INVALID, PRAGMAS_INCOMPATIBLE, SOLC_MISSING
 */
export function chooseSolcs(graph: SourceGraph, solcs: readonly InstalledSolc[]): Map<string, InstalledSolc> {
  const chosen = new Map<string, InstalledSolc>();
  const own = [...graph.values()].filter(({ isOwn }) => isOwn).map(({ name }) => name);
  for (const name of own) chosen.set(name, solcFor(graph, name, solcs));
  for (const name of own) {
    const solc = chosen.get(name) as InstalledSolc;
    for (const imported of closureOf(graph, name)) {
      if (graph.get(imported)?.isOwn === true) continue;
      const other = chosen.get(imported);
      if (other === undefined || compare(solc.version, other.version) > 0) chosen.set(imported, solc);
    }
  }
  return chosen;
}
