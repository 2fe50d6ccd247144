import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Hex } from '@minichain/protocol';
import type { CompileCache } from './cache.ts';
import { compileError } from './compileFaults.ts';
import type { ImmutableReferences, LinkReferences, SolcContract } from './standardJson.ts';

/** An entry of a contract's ABI, as solc writes it. */
export type AbiEntry = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * A compiled contract in Hardhat's form, with what verification needs besides. `bytecode` holds solc's placeholders
 * (`__$…$__`) until libraries are linked.
 */
export interface Artifact {
  readonly _format: 'hh-sol-artifact-1';
  readonly contractName: string;
  readonly sourceName: string;
  readonly abi: readonly AbiEntry[];
  readonly bytecode: Hex;
  readonly deployedBytecode: Hex;
  readonly linkReferences: LinkReferences;
  readonly deployedLinkReferences: LinkReferences;
  readonly immutableReferences: ImmutableReferences;
  /** The metadata JSON as text: its hash is at the end of the code. */
  readonly metadata: string;
  /** The file `build-info/<id>.json`. */
  readonly buildInfoId: string;
}

/** A solc run, whole: what went in and what came out. */
export interface BuildInfo {
  readonly _format: 'hh-sol-build-info-1';
  readonly id: string;
  readonly solcVersion: string;
  readonly solcLongVersion: string;
  readonly input: unknown;
  readonly output: unknown;
}

/** `contracts/Token.sol:Token`, the name that is never ambiguous. */
export function qualifiedName({ sourceName, contractName }: Pick<Artifact, 'sourceName' | 'contractName'>): string {
  return `${sourceName}:${contractName}`;
}

/** Where an artifact lies below the output folder. A source above the project (by a remapping) stays inside it. */
export function artifactFile(sourceName: string, contractName: string): string {
  const inside = sourceName.split('/').map((part) => (part === '..' ? '__' : part));
  return join(...inside, `${contractName}.json`);
}

export function artifactFromOutput(
  contract: SolcContract,
  names: { readonly sourceName: string; readonly contractName: string; readonly buildInfoId: string },
): Artifact {
  const { bytecode, deployedBytecode } = contract.evm;
  return {
    _format: 'hh-sol-artifact-1',
    contractName: names.contractName,
    sourceName: names.sourceName,
    abi: contract.abi as readonly AbiEntry[],
    bytecode: `0x${bytecode.object}`,
    deployedBytecode: `0x${deployedBytecode.object}`,
    linkReferences: bytecode.linkReferences ?? {},
    deployedLinkReferences: deployedBytecode.linkReferences ?? {},
    immutableReferences: deployedBytecode.immutableReferences ?? {},
    metadata: contract.metadata ?? '',
    buildInfoId: names.buildInfoId,
  };
}

/** Where an artifact lies. */
export interface ArtifactLocation {
  /** Below the output folder. */
  readonly file: string;
  /** Of a source in the project's contracts folder. */
  readonly isOwn: boolean;
}

/** The artifacts of an output folder, found by name. */
export class ArtifactStore {
  readonly #out: string;
  /** By qualified name. */
  readonly #locations: ReadonlyMap<string, ArtifactLocation>;

  constructor(out: string, locations: ReadonlyMap<string, ArtifactLocation>) {
    this.#out = out;
    this.#locations = locations;
  }

  /** Every qualified name, sorted. */
  names(): string[] {
    return [...this.#locations.keys()].sort();
  }

  /** Qualified names of what the project itself defines, sorted. */
  ownNames(): string[] {
    return this.names().filter((name) => this.#locations.get(name)?.isOwn);
  }

  has(qualified: string): boolean {
    return this.#locations.has(qualified);
  }

  /**
   * @param name `Token` or `contracts/Token.sol:Token`. A short name means the project's own contract before one of a package.
   * @throws CompileError ARTIFACT_MISSING, ARTIFACT_AMBIGUOUS
   */
  get(name: string): Artifact {
    const isMeant = (one: string): boolean => one === name || one.endsWith(`:${name}`);
    const own = this.ownNames().filter(isMeant);
    const found = own.length > 0 ? own : this.names().filter(isMeant);
    if (found.length > 1) throw compileError({ code: 'ARTIFACT_AMBIGUOUS', name, candidates: found });
    const [qualified] = found;
    if (qualified === undefined) throw compileError({ code: 'ARTIFACT_MISSING', name, known: this.ownNames() });
    return JSON.parse(
      readFileSync(join(this.#out, this.#locations.get(qualified)?.file as string), 'utf8'),
    ) as Artifact;
  }

  /** The solc run that an artifact comes from. */
  buildInfo({ buildInfoId }: Artifact): BuildInfo {
    return JSON.parse(readFileSync(join(this.#out, buildInfoFile(buildInfoId)), 'utf8')) as BuildInfo;
  }
}

/** Where a build info lies below the output folder. */
export const buildInfoFile = (id: string): string => join('build-info', `${id}.json`);

/** The artifacts that the last compilation left, by its cache. */
export function artifactsOf(out: string, cache: CompileCache): ArtifactStore {
  const locations = Object.entries(cache).flatMap(([sourceName, { artifacts, isOwn }]) =>
    artifacts.map((file) => [`${sourceName}:${basename(file, '.json')}`, { file, isOwn }] as const),
  );
  return new ArtifactStore(out, new Map(locations));
}
