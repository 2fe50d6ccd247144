import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closureOf, type SourceGraph } from './sources.ts';
import type { SolcSettings } from './standardJson.ts';
import { writeFileAtomically } from './writeFile.ts';

/** Raised when what is written for the same input changes. */
const FORMAT = 'minichain-compile-cache-1';

/** What the last compilation made of a source. */
export interface CacheEntry {
  /** Hash of all that decides the output, see {@link inputKey}. */
  readonly key: string;
  /** Files below the output folder. */
  readonly artifacts: readonly string[];
  readonly buildInfoId: string;
  /** In the project's contracts folder, as against in a package. */
  readonly isOwn: boolean;
}

/** By source name. */
export type CompileCache = Readonly<Record<string, CacheEntry>>;

const cacheFile = (out: string): string => join(out, 'compile-cache.json');

/** Reads the cache of an output folder; one that is missing, broken or of another format is empty. */
export function readCache(out: string): CompileCache {
  try {
    const { format, entries } = JSON.parse(readFileSync(cacheFile(out), 'utf8')) as Record<string, unknown>;
    return format === FORMAT ? (entries as CompileCache) : {};
  } catch {
    return {};
  }
}

export function writeCache(out: string, entries: CompileCache): void {
  writeFileAtomically(cacheFile(out), `${JSON.stringify({ format: FORMAT, entries }, null, 2)}\n`);
}

/**
 * The hash of a source's whole input: compiler, settings, its text and the text of all it imports. Equal keys mean
 * equal output.
 */
export function inputKey(
  graph: SourceGraph,
  name: string,
  compiler: { readonly version: string; readonly settings: SolcSettings },
): string {
  const sources = closureOf(graph, name).map((one) => [one, graph.get(one)?.hash]);
  return createHash('sha256')
    .update(JSON.stringify([compiler.version, compiler.settings, sources]))
    .digest('hex');
}
