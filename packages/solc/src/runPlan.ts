import type { Hex } from '@minichain/protocol';
import { type AbiEntry, type Artifact, type ArtifactStore, qualifiedName } from './artifacts.ts';
import { creationOf, deployContract } from './deploy.ts';
import { type Deployer, withNode } from './deployer.ts';
import { deployError } from './deployFaults.ts';
import { type DeploymentRecord, readRecord, recordFile, recordsFolder, writeRecord } from './deploymentRecord.ts';
import { type PlanEntry, withReferences } from './deployPlan.ts';
import { type LibraryAddresses, librariesFromNames, neededLibraries } from './link.ts';

/** What became of a contract. */
export interface Deployed {
  readonly name: string;
  readonly record: DeploymentRecord;
  /** The file it is recorded in. */
  readonly file: string;
  /** It was there already: same code, arguments and libraries. */
  readonly isKept: boolean;
}

/** How a plan is run. */
export interface RunPlanOptions {
  /** The project's folder; records go to `deployments/<chainId>` in it. */
  readonly root: string;
  readonly artifacts: ArtifactStore;
  /** Keep what an earlier run deployed unchanged and the chain still has. Default: deploy everything anew. */
  readonly skipDeployed?: boolean;
  /** Deploy the libraries that a contract needs. Default true; false refuses a contract whose libraries are not given. */
  readonly deployLibraries?: boolean;
  readonly timeoutMs?: number | undefined;
  /** Called after each contract. */
  readonly onDeployed?: (deployed: Deployed) => void;
}

const PLACEHOLDER = '0x0000000000000000000000000000000000000000';

/** One run: what is deployed so far. */
class PlanRun {
  readonly #deployer: Deployer;
  readonly #options: RunPlanOptions;
  readonly #addresses: Map<string, string>;
  readonly #libraries = new Map<string, Hex>();
  readonly #errors: readonly AbiEntry[];
  readonly #done: Deployed[] = [];
  /** Names of records that are not for libraries. */
  #reserved: ReadonlySet<string> = new Set();

  constructor(deployer: Deployer, options: RunPlanOptions) {
    this.#deployer = deployer;
    this.#options = options;
    this.#addresses = new Map([['deployer', deployer.address]]);
    this.#errors = errorsOf(options.artifacts);
  }

  async all(entries: readonly PlanEntry[]): Promise<readonly Deployed[]> {
    this.#check(entries);
    this.#reserved = new Set(entries.map(({ name }) => name));
    for (const entry of entries) {
      const artifact = this.#options.artifacts.get(entry.contract);
      const given = this.#given(entry, artifact, this.#addresses);
      const libraries = await this.#libraryAddresses(artifact, given);
      const args = withReferences(entry.args, this.#addresses, entry.name);
      await this.#deploy(entry.name, artifact, { args, libraries, value: entry.value });
    }
    return this.#done;
  }

  /** Finds what is wrong with later contracts before the first one is sent. */
  #check(entries: readonly PlanEntry[]): void {
    const references = new Map(this.#addresses);
    for (const entry of entries) {
      const artifact = this.#options.artifacts.get(entry.contract);
      const given = this.#given(entry, artifact, references);
      this.#assertLinkable(artifact, given, []);
      const libraries = Object.fromEntries(neededLibraries(artifact).map((name) => [name, PLACEHOLDER] as const));
      const args = withReferences(entry.args, references, entry.name);
      creationOf({ artifact, libraries, args, value: entry.value });
      references.set(entry.name, PLACEHOLDER);
    }
  }

  #given(entry: PlanEntry, artifact: Artifact, references: ReadonlyMap<string, string>): LibraryAddresses {
    return librariesFromNames(artifact, withReferences(entry.libraries, references, entry.name));
  }

  #assertLinkable(artifact: Artifact, given: LibraryAddresses, above: readonly string[]): void {
    const own = qualifiedName(artifact);
    if (above.includes(own)) throw deployError({ code: 'LIBRARY_CYCLE', libraries: above });
    const { artifacts, deployLibraries = true } = this.#options;
    const missing = neededLibraries(artifact).filter((name) => given[name] === undefined);
    const lost = deployLibraries ? missing.filter((name) => !artifacts.has(name)) : missing;
    if (lost.length > 0) {
      throw deployError({ code: 'LIBRARIES_UNLINKED', contract: artifact.contractName, libraries: lost });
    }
    for (const name of missing) this.#assertLinkable(artifacts.get(name), {}, [...above, own]);
  }

  /** The given addresses, and those of the other libraries, deployed now unless this run did before. */
  async #libraryAddresses(artifact: Artifact, given: LibraryAddresses): Promise<LibraryAddresses> {
    const addresses: Record<string, Hex> = { ...given };
    for (const name of neededLibraries(artifact)) {
      addresses[name] ??= this.#libraries.get(name) ?? (await this.#deployLibrary(name));
    }
    return addresses;
  }

  async #deployLibrary(qualified: string): Promise<Hex> {
    const artifact = this.#options.artifacts.get(qualified);
    const libraries = await this.#libraryAddresses(artifact, {});
    const isFree = !this.#reserved.has(artifact.contractName) && !this.#addresses.has(artifact.contractName);
    const name = isFree ? artifact.contractName : qualified.replaceAll(/[^\w.-]+/g, '_');
    return this.#deploy(name, artifact, { args: [], libraries, value: 0n });
  }

  async #deploy(
    name: string,
    artifact: Artifact,
    request: { readonly args: PlanEntry['args']; readonly libraries: LibraryAddresses; readonly value: bigint },
  ): Promise<Hex> {
    const { root, timeoutMs } = this.#options;
    const whole = { artifact, ...request, timeoutMs, errors: this.#errors };
    const folder = recordsFolder(root, this.#deployer.chainId);
    const kept = this.#options.skipDeployed === true ? await this.#earlier(folder, name, whole) : undefined;
    const record = kept ?? (await deployContract(this.#deployer, whole));
    const file = recordFile(folder, name);
    if (kept === undefined) writeRecord(file, record);
    this.#addresses.set(name, record.address);
    this.#libraries.set(qualifiedName(artifact), record.address);
    const deployed = { name, record, file, isKept: kept !== undefined };
    this.#done.push(deployed);
    this.#options.onDeployed?.(deployed);
    return record.address;
  }

  /** The record of an earlier run, if it deployed the same and the chain has not been started anew since. */
  async #earlier(
    folder: string,
    name: string,
    request: Parameters<typeof creationOf>[0],
  ): Promise<DeploymentRecord | undefined> {
    const record = readRecord(recordFile(folder, name));
    if (record === undefined) return undefined;
    const { bytecodeHash, encodedArgs } = creationOf(request);
    if (record.bytecodeHash !== bytecodeHash || record.encodedArgs !== encodedArgs) return undefined;
    const { client, url } = this.#deployer;
    const code = await withNode(url, () => client.getCode({ address: record.address }));
    return code === undefined ? undefined : record;
  }
}

/** Errors of every contract: a constructor passes on those of what it calls. */
function errorsOf(artifacts: ArtifactStore): readonly AbiEntry[] {
  return artifacts.names().flatMap((name) => artifacts.get(name).abi.filter(({ type }) => type === 'error'));
}

/**
 * Deploys contracts in order, each after the libraries it needs, and records each. Everything that can be checked without
 * sending is checked first.
 * @example await runPlan(deployer, [{ contract: 'Token', name: 'Token', args: ['Gold'], libraries: {}, value: 0n }], { root, artifacts })
 * @throws DeployError, CompileError ARTIFACT_MISSING and ARTIFACT_AMBIGUOUS. What was deployed before stays recorded.
 */
export function runPlan(
  deployer: Deployer,
  entries: readonly PlanEntry[],
  options: RunPlanOptions,
): Promise<readonly Deployed[]> {
  return new PlanRun(deployer, options).all(entries);
}
