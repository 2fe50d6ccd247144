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

/** The artifacts of an output folder, found by name. */
export class ArtifactStore {
  readonly #out: string;
  /** File below the output folder, by qualified name. */
  readonly #files: ReadonlyMap<string, string>;

  constructor(out: string, files: ReadonlyMap<string, string>) {
    this.#out = out;
    this.#files = files;
  }

  /** Every qualified name, sorted. */
  names(): string[] {
    return [...this.#files.keys()].sort();
  }

  has(qualified: string): boolean {
    return this.#files.has(qualified);
  }

  /**
   * @param name `Token` or `contracts/Token.sol:Token`.
   * @throws CompileError ARTIFACT_MISSING, ARTIFACT_AMBIGUOUS
   */
  get(name: string): Artifact {
    const found = this.#files.has(name) ? [name] : this.names().filter((one) => one.endsWith(`:${name}`));
    if (found.length > 1) throw compileError({ code: 'ARTIFACT_AMBIGUOUS', name, candidates: found });
    const [qualified] = found;
    if (qualified === undefined) throw compileError({ code: 'ARTIFACT_MISSING', name, known: this.names() });
    return JSON.parse(readFileSync(join(this.#out, this.#files.get(qualified) as string), 'utf8')) as Artifact;
  }
}

/** The artifacts that the last compilation left, by its cache. */
export function artifactsOf(out: string, cache: CompileCache): ArtifactStore {
  const files = Object.entries(cache).flatMap(([sourceName, { artifacts }]) =>
    artifacts.map((file) => [`${sourceName}:${basename(file, '.json')}`, file] as const),
  );
  return new ArtifactStore(out, new Map(files));
}
