import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileError } from './compileFaults.ts';
import { type Compilers, openCompilers } from './compiler.ts';
import { type Remapping, remappingFromText } from './remappings.ts';
import { findSource, sourceNameOf } from './resolveImport.ts';
import { scanSource } from './scanSource.ts';
import { chooseSolcs, findSolcs, type InstalledSolc, solcOfVersion } from './solcVersions.ts';
import type { SourceFile } from './sources.ts';
import type { StandardJsonInput } from './standardJson.ts';

/** Where a Standard JSON input is compiled, and with what. */
export interface PassThroughOptions {
  /** Where imports and `urls` are looked for, as solc's base path; default the current directory. */
  readonly root?: string;
  /** Default: what the pragmas ask for, else the newest installed. */
  readonly solcVersion?: string | undefined;
  readonly compilers?: Compilers;
}

type Sources = Record<string, { readonly content?: string; readonly urls?: readonly string[] }>;

function parsedInput(text: string): StandardJsonInput & { readonly sources: Sources } {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    throw compileError(
      { code: 'STANDARD_JSON_INVALID', detail: `is not JSON: ${(error as Error).message}` },
      { cause: error },
    );
  }
  const { sources } = (input ?? {}) as Partial<StandardJsonInput>;
  if (typeof sources !== 'object' || sources === null) {
    throw compileError({ code: 'STANDARD_JSON_INVALID', detail: 'has no sources' });
  }
  return input as StandardJsonInput & { sources: Sources };
}

function contentOf(source: Sources[string], root: string): string | undefined {
  if (typeof source?.content === 'string') return source.content;
  for (const url of source?.urls ?? []) {
    try {
      return readFileSync(join(root, url.replace(/^file:\/\//, '')), 'utf8');
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
}

/** The input's own remappings, where they are texts; solc reports what is wrong with others. */
function remappingsOf(input: StandardJsonInput): Remapping[] {
  const given = input.settings?.['remappings'];
  const texts = Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
  return texts.map((text) => remappingFromText(text, 'settings.remappings'));
}

/** Adds the text of `urls` and of imports that lie on disk; what is not found is left for solc to report. */
function complete(sources: Sources, remappings: readonly Remapping[], root: string): Map<string, SourceFile> {
  const graph = new Map<string, SourceFile>();
  const waiting = Object.entries(sources).map(([name, source]) => ({
    name,
    path: join(root, name),
    content: contentOf(source, root),
    isOwn: true,
  }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, path, isOwn, content } = next;
    if (content === undefined || graph.has(name)) continue;
    const { imports, pragmas } = scanSource(content);
    const names = imports.map((wanted) => sourceNameOf(wanted.path, name, remappings));
    graph.set(name, { name, path, content, hash: '', isOwn, imports: names, pragmas });
    for (const imported of names) {
      const file = Object.hasOwn(sources, imported) ? undefined : findSource(imported, root, path);
      if (typeof file !== 'string') continue;
      waiting.unshift({ name: imported, path: file, content: readFileSync(file, 'utf8'), isOwn: false });
    }
  }
  return graph;
}

/** One compiler for all: the newest that every source allows. */
function solcOf(graph: ReadonlyMap<string, SourceFile>, solcs: readonly InstalledSolc[]): InstalledSolc {
  const all = {
    name: 'the Standard JSON input',
    path: '',
    content: '',
    hash: '',
    isOwn: true,
    imports: [...graph.keys()],
    pragmas: [],
  };
  const imported = [...graph.values()].map((source) => [source.name, { ...source, isOwn: false }] as const);
  return chooseSolcs(new Map<string, SourceFile>([...imported, [all.name, all]]), solcs).get(all.name) as InstalledSolc;
}

/**
 * `solc --standard-json`: text in, text out. Errors in the sources are part of the output, as with solc. Imports are
 * looked for on disk as in {@link compile}.
 * @example process.stdout.write(await compileStandardJson(readFileSync(0, 'utf8')))
 * @throws CompileError STANDARD_JSON_INVALID, SOLC_MISSING, SOLC_VERSION_MISSING, PRAGMA_INVALID, PRAGMAS_INCOMPATIBLE
 */
export async function compileStandardJson(text: string, options: PassThroughOptions = {}): Promise<string> {
  const root = options.root ?? process.cwd();
  const input = parsedInput(text);
  const graph = complete(input.sources, remappingsOf(input), root);
  const solcs = findSolcs(root);
  const solc = options.solcVersion === undefined ? solcOf(graph, solcs) : solcOfVersion(options.solcVersion, solcs);
  const found = Object.fromEntries(
    [...graph].map(([name, { content }]) => [name, { ...input.sources[name], content }]),
  );
  const sources = { ...input.sources, ...found };
  const compilers = options.compilers ?? openCompilers();
  try {
    return (await compilers.compile(solc, JSON.stringify({ ...input, sources }))).output;
  } finally {
    if (options.compilers === undefined) await compilers.close();
  }
}
