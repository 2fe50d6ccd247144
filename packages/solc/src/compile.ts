import { createHash } from 'node:crypto';
import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ArtifactStore,
  artifactFile,
  artifactFromOutput,
  artifactsOf,
  type BuildInfo,
  buildInfoFile,
} from './artifacts.ts';
import { type CacheEntry, type CompileCache, inputKey, readCache, writeCache } from './cache.ts';
import { compileError } from './compileFaults.ts';
import { type Compilers, openCompilers } from './compiler.ts';
import type { SolcDiagnostic } from './diagnostics.ts';
import type { EvmVersion } from './evmVersion.ts';
import type { Project } from './project.ts';
import { readRemappings } from './remappings.ts';
import { solcSettings } from './settings.ts';
import { chooseSolcs, findSolcs, type InstalledSolc, solcOfVersion } from './solcVersions.ts';
import { closureOf, readSources, type SourceGraph } from './sources.ts';
import {
  type SolcSettings,
  type StandardJsonInput,
  type StandardJsonOutput,
  standardJsonInput,
} from './standardJson.ts';
import { jsonText, writeFileAtomically } from './writeFile.ts';

/** What a compilation does beyond what the project says. */
export interface CompileOptions {
  /** Compile everything, changed or not. */
  readonly force?: boolean;
  /** The newest EVM that the code may need, where the user named none. */
  readonly newestEvm?: EvmVersion | undefined;
  /** Compilers to use and leave open; by default they are opened and closed here. */
  readonly compilers?: Compilers;
}

/** What a compilation leaves and what it did. */
export interface Compilation {
  readonly artifacts: ArtifactStore;
  /** What was compiled now, by compiler; empty when nothing changed. */
  readonly compiled: readonly { readonly solcVersion: string; readonly sources: readonly string[] }[];
  /** Warnings of what was compiled now. */
  readonly diagnostics: readonly SolcDiagnostic[];
}

/** One run of one compiler. */
interface Job {
  readonly solc: InstalledSolc;
  readonly input: StandardJsonInput;
  readonly sources: readonly string[];
}

interface FinishedJob extends Job {
  readonly longVersion: string;
  readonly output: StandardJsonOutput;
}

/** What each source is compiled with, and the hash of its input. */
interface Target {
  readonly name: string;
  readonly isOwn: boolean;
  readonly solc: InstalledSolc;
  readonly settings: SolcSettings;
  readonly key: string;
}

function isUpToDate(entry: CacheEntry | undefined, key: string, out: string): boolean {
  if (entry?.key !== key) return false;
  return [...entry.artifacts, buildInfoFile(entry.buildInfoId)].every((file) => existsSync(join(out, file)));
}

function targetsOf(graph: SourceGraph, project: Project, newestEvm: EvmVersion | undefined): Target[] {
  const { root, compiler } = project;
  const solcs = findSolcs(root);
  const chosen =
    compiler.solcVersion === undefined
      ? chooseSolcs(graph, solcs)
      : new Map([...graph.keys()].map((name) => [name, solcOfVersion(compiler.solcVersion as string, solcs)]));
  const remappings = readRemappings(root, compiler.remappings);
  return [...chosen].map(([name, solc]) => {
    const settings = solcSettings(solc.version, compiler, { remappings, newestEvm });
    const isOwn = graph.get(name)?.isOwn === true;
    return { name, isOwn, solc, settings, key: inputKey(graph, name, { version: solc.version, settings }) };
  });
}

/** Sources of one compiler go into one run, together with what they import. */
function jobsOf(graph: SourceGraph, targets: readonly Target[]): Job[] {
  const solcs = new Set(targets.map(({ solc }) => solc));
  return [...solcs].map((solc) => {
    const group = targets.filter((target) => target.solc === solc);
    const { settings } = group[0] as Target;
    const selected = group.map(({ name }) => name).sort();
    const names = [...new Set(selected.flatMap((name) => closureOf(graph, name)))].sort();
    return { solc, sources: selected, input: standardJsonInput(graph, { names, selected, settings }) };
  });
}

async function runJobs(jobs: readonly Job[], compilers: Compilers): Promise<FinishedJob[]> {
  return Promise.all(
    jobs.map(async (job) => {
      const { longVersion, output } = await compilers.compile(job.solc, JSON.stringify(job.input));
      return { ...job, longVersion, output: JSON.parse(output) as StandardJsonOutput };
    }),
  );
}

function buildInfoOf({ solc, input, longVersion, output }: FinishedJob): BuildInfo {
  const id = createHash('sha256')
    .update(JSON.stringify([longVersion, input]))
    .digest('hex')
    .slice(0, 32);
  const versions = { solcVersion: solc.version, solcLongVersion: longVersion };
  return { _format: 'hh-sol-build-info-1', id, ...versions, input, output };
}

/** Writes a run's build info and artifacts. @returns the artifact files of each source. */
function writeOutput(job: FinishedJob, out: string): { id: string; files: Map<string, string[]> } {
  const info = buildInfoOf(job);
  writeFileAtomically(join(out, buildInfoFile(info.id)), jsonText(info));
  const files = new Map<string, string[]>();
  for (const sourceName of job.sources) {
    const contracts = Object.entries(job.output.contracts?.[sourceName] ?? {});
    const written = contracts.map(([contractName, contract]) => {
      const file = artifactFile(sourceName, contractName);
      const artifact = artifactFromOutput(contract, { sourceName, contractName, buildInfoId: info.id });
      writeFileAtomically(join(out, file), jsonText(artifact));
      return file;
    });
    files.set(sourceName, written);
  }
  return { id: info.id, files };
}

/** Each once: sources of two compilers that import the same would report it twice. */
function diagnosticsOf(finished: readonly FinishedJob[]): SolcDiagnostic[] {
  const all = finished.flatMap(({ output }) => output.errors ?? []);
  return [...new Map(all.map((one) => [JSON.stringify([one.message, one.sourceLocation]), one])).values()];
}

/** Removes what the cache says was written before and is no longer part of the project, and folders that this empties. */
function removeStale(out: string, before: CompileCache, after: CompileCache): void {
  const filesOf = (cache: CompileCache): string[] =>
    Object.values(cache).flatMap((entry) => [...entry.artifacts, buildInfoFile(entry.buildInfoId)]);
  const kept = new Set(filesOf(after));
  for (const file of new Set(filesOf(before))) {
    if (kept.has(file)) continue;
    rmSync(join(out, file), { force: true });
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
      try {
        rmdirSync(join(out, folder));
      } catch {
        break;
      }
    }
  }
}

function cacheAfter(
  targets: readonly Target[],
  before: CompileCache,
  written: readonly { id: string; files: Map<string, string[]> }[],
): CompileCache {
  const fresh = new Map(
    written.flatMap(({ id, files }) => [...files].map(([name, artifacts]) => [name, { artifacts, buildInfoId: id }])),
  );
  const entries = targets.map(({ name, key, isOwn }): readonly [string, CacheEntry] => {
    const { artifacts, buildInfoId } = fresh.get(name) ?? (before[name] as CacheEntry);
    return [name, { key, artifacts, buildInfoId, isOwn }];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Compiles what changed since the last time and writes artifacts: `<source>/<Contract>.json` and `build-info/<id>.json`.
 * Nothing is written when a source has an error. Artifacts of sources that are gone are removed.
 * @example const { artifacts } = await compile(openProject('.')); artifacts.get('Token').abi
 * @throws CompileError COMPILATION_FAILED with every diagnostic, and what {@link readSources} and {@link chooseSolcs} throw.
 */
export async function compile(project: Project, options: CompileOptions = {}): Promise<Compilation> {
  const { root, contracts, out, compiler } = project;
  const graph = readSources(contracts, { root, remappings: readRemappings(root, compiler.remappings) });
  const targets = targetsOf(graph, project, options.newestEvm);
  const before = readCache(out);
  const changed = targets.filter(({ name, key }) => options.force === true || !isUpToDate(before[name], key, out));
  const compilers = options.compilers ?? openCompilers();
  let finished: FinishedJob[];
  try {
    finished = await runJobs(jobsOf(graph, changed), compilers);
  } finally {
    if (options.compilers === undefined) await compilers.close();
  }
  const diagnostics = diagnosticsOf(finished);
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    throw compileError({ code: 'COMPILATION_FAILED', diagnostics });
  }
  const written = finished.map((job) => writeOutput(job, out));
  const after = cacheAfter(targets, before, written);
  removeStale(out, before, after);
  if (JSON.stringify(after) !== JSON.stringify(before)) writeCache(out, after);
  const compiled = finished.map(({ solc, sources }) => ({ solcVersion: solc.version, sources }));
  return { artifacts: artifactsOf(out, after), compiled, diagnostics };
}
