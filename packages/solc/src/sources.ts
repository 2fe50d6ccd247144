import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compileError } from './compileFaults.ts';
import type { Remapping } from './remappings.ts';
import { type ResolvedSource, resolveImport } from './resolveImport.ts';
import { scanSource } from './scanSource.ts';

/** A Solidity file, read and scanned. */
export interface SourceFile extends ResolvedSource {
  readonly content: string;
  /** SHA-256 of the content, hex. */
  readonly hash: string;
  /** Names of the sources it imports directly. */
  readonly imports: readonly string[];
  readonly pragmas: readonly { readonly range: string; readonly line: number }[];
  /** In the project's contracts folder, as against reached only by an import. */
  readonly isOwn: boolean;
}

/** Every source a project needs, by name. */
export type SourceGraph = ReadonlyMap<string, SourceFile>;

export interface SourceOptions {
  /** The project's folder, absolute: names are relative to it. */
  readonly root: string;
  readonly remappings: readonly Remapping[];
}

function solidityFilesIn(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return solidityFilesIn(path);
    return entry.name.endsWith('.sol') ? [path] : [];
  });
}

/** The project's own sources. @throws CompileError CONTRACTS_MISSING */
function ownSources(root: string, contracts: string): ResolvedSource[] {
  let paths: string[];
  try {
    paths = solidityFilesIn(contracts);
  } catch (error) {
    throw compileError({ code: 'CONTRACTS_MISSING', directory: contracts }, { cause: error });
  }
  if (paths.length === 0) throw compileError({ code: 'CONTRACTS_MISSING', directory: contracts });
  return paths.sort().map((path) => ({ path, name: relative(root, path).split(sep).join('/') }));
}

/** Follows imports from the given sources until none is new. */
function followImports(entries: readonly ResolvedSource[], options: SourceOptions): SourceGraph {
  const graph = new Map<string, SourceFile>();
  // Own sources are taken from the end and imports join at the front: a source that is both is seen as own first.
  const waiting = entries.map((entry) => ({ ...entry, isOwn: true }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, path, isOwn } = next;
    const seen = graph.get(name);
    if (seen !== undefined) {
      assertSameFile(seen, path);
      continue;
    }
    const content = readFileSync(path, 'utf8');
    const { imports, pragmas } = scanSource(content);
    const resolved = imports.map((wanted) => resolveImport(wanted, next, options));
    const hash = createHash('sha256').update(content).digest('hex');
    graph.set(name, { name, path, isOwn, content, hash, pragmas, imports: resolved.map((one) => one.name) });
    waiting.unshift(...resolved.map((one) => ({ ...one, isOwn: false })));
  }
  return graph;
}

function assertSameFile(seen: SourceFile, path: string): void {
  if (seen.path === path || realpathSync(seen.path) === realpathSync(path)) return;
  throw compileError({ code: 'SOURCE_AMBIGUOUS', name: seen.name, paths: [seen.path, path] });
}

/**
 * Reads the Solidity files below `contracts` and all they import.
 * @example const graph = readSources('/project/contracts', { root: '/project', remappings: [] })
 * @throws CompileError CONTRACTS_MISSING, IMPORT_MISSING, IMPORT_OUTSIDE, SOURCE_AMBIGUOUS
 */
export function readSources(contracts: string, options: SourceOptions): SourceGraph {
  return followImports(ownSources(options.root, contracts), options);
}

/** A source and all it imports, directly or not; sorted, so that equal sets are equal lists. */
export function closureOf(graph: SourceGraph, name: string): string[] {
  const seen = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(graph.get(next)?.imports ?? []));
  }
  return [...seen].sort();
}
