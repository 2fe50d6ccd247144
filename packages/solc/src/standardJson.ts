import type { SolcDiagnostic } from './diagnostics.ts';
import type { EvmVersion } from './evmVersion.ts';
import type { SourceGraph } from './sources.ts';

/** Byte ranges in a bytecode, by source and library (or by AST id for immutables). */
export type LinkReferences = Readonly<
  Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
>;
export type ImmutableReferences = Readonly<
  Record<string, readonly { readonly start: number; readonly length: number }[]>
>;

/** Settings of Standard JSON that minichain sets itself. */
export interface SolcSettings {
  readonly optimizer: { readonly enabled: boolean; readonly runs: number };
  readonly viaIR?: true;
  readonly evmVersion?: EvmVersion;
  readonly metadata?: { readonly bytecodeHash: MetadataHash };
  readonly remappings?: readonly string[];
}

/** Which hash of the metadata the code ends with. */
export type MetadataHash = 'ipfs' | 'bzzr1' | 'none';

/** https://docs.soliditylang.org/en/latest/using-the-compiler.html#input-description */
export interface StandardJsonInput {
  readonly language: string;
  readonly sources: Readonly<Record<string, { readonly content?: string; readonly urls?: readonly string[] }>>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

interface SolcBytecode {
  /** Hex without `0x`, with placeholders for unlinked libraries. */
  readonly object: string;
  readonly linkReferences?: LinkReferences;
  readonly immutableReferences?: ImmutableReferences;
}

export interface SolcContract {
  readonly abi: readonly unknown[];
  readonly metadata?: string;
  readonly evm: { readonly bytecode: SolcBytecode; readonly deployedBytecode: SolcBytecode };
}

/** https://docs.soliditylang.org/en/latest/using-the-compiler.html#output-description */
export interface StandardJsonOutput {
  readonly errors?: readonly SolcDiagnostic[];
  readonly sources?: Readonly<Record<string, unknown>>;
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, SolcContract>>>>;
}

/** What Hardhat asks for, and the storage layout. */
const PER_CONTRACT = [
  'abi',
  'evm.bytecode',
  'evm.deployedBytecode',
  'evm.methodIdentifiers',
  'metadata',
  'storageLayout',
] as const;

/**
 * Builds the input that compiles `selected`; the other `names` are there because they are imported.
 * @example standardJsonInput(graph, { names: closure, selected: ['contracts/Token.sol'], settings })
 */
export function standardJsonInput(
  graph: SourceGraph,
  job: { readonly names: readonly string[]; readonly selected: readonly string[]; readonly settings: SolcSettings },
): StandardJsonInput {
  const sources = job.names.map((name) => [name, { content: graph.get(name)?.content ?? '' }] as const);
  const outputSelection = job.selected.map((name) => [name, { '*': PER_CONTRACT, '': ['ast'] }] as const);
  return {
    language: 'Solidity',
    sources: Object.fromEntries(sources),
    settings: { ...job.settings, outputSelection: Object.fromEntries(outputSelection) },
  };
}
