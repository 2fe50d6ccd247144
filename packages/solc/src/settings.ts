import { type EvmVersion, evmVersionFor, evmVersionFromName } from './evmVersion.ts';
import { type Remapping, textFromRemapping } from './remappings.ts';
import type { MetadataHash, SolcSettings } from './standardJson.ts';

/** What a user may set about how solc compiles; all else is solc's default. */
export interface CompilerOptions {
  /** Default: off, as solc's. */
  readonly optimizer?: boolean;
  /** Default 200. */
  readonly optimizerRuns?: number;
  /** Compile through Yul. Default: off. */
  readonly viaIR?: boolean;
  /** The newest EVM the code may need; a solc that does not know it takes the newest it knows. Default: solc's own. */
  readonly evmVersion?: string;
  /** Hash of the metadata at the end of the code. Default: solc's, `ipfs`. */
  readonly metadataHash?: MetadataHash;
  /** `[context:]prefix=target`, before those of `remappings.txt` and `foundry.toml`. */
  readonly remappings?: readonly string[];
  /** Use this solc for every file, whatever the pragmas allow. */
  readonly solcVersion?: string;
}

/**
 * The settings for one compiler.
 * @param newestEvm the newest EVM that the node runs, when it is known.
 * @throws CompileError EVM_VERSION_UNKNOWN
 */
export function solcSettings(
  solcVersion: string,
  options: CompilerOptions,
  context: { readonly remappings: readonly Remapping[]; readonly newestEvm?: EvmVersion | undefined },
): SolcSettings {
  const wanted = options.evmVersion === undefined ? undefined : evmVersionFromName(options.evmVersion);
  const evmVersion = evmVersionFor(solcVersion, { wanted, newest: context.newestEvm });
  return {
    optimizer: { enabled: options.optimizer ?? false, runs: options.optimizerRuns ?? 200 },
    ...(options.viaIR === true ? { viaIR: true as const } : {}),
    ...(evmVersion === undefined ? {} : { evmVersion }),
    ...(options.metadataHash === undefined ? {} : { metadata: { bytecodeHash: options.metadataHash } }),
    ...(context.remappings.length === 0 ? {} : { remappings: context.remappings.map(textFromRemapping) }),
  };
}
