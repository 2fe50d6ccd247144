/** Flags of every command that compiles; each goes before its key in `minichain.config.json`. */
export interface CompilerFlags {
  readonly contracts?: string;
  readonly out?: string;
  readonly optimizer?: boolean;
  readonly optimizerRuns?: number;
  readonly viaIr?: boolean;
  readonly evmVersion?: string;
  readonly metadataHash?: 'ipfs' | 'bzzr1' | 'none';
  readonly remapping?: readonly string[];
  readonly solcVersion?: string;
}

export interface NodeUrlFlags {
  readonly rpcUrl?: string;
}

export interface CompileFlags extends CompilerFlags {
  readonly force?: true;
  readonly standardJson?: string;
}

export interface DeployFlags extends CompilerFlags, NodeUrlFlags {
  readonly project?: string;
  readonly args?: readonly string[];
  readonly library?: readonly string[];
  readonly deployLibraries: boolean;
  readonly value?: string;
  readonly skipDeployed?: true;
  readonly timeout?: number;
  readonly from?: string;
  readonly privateKey?: string;
  readonly mnemonic?: string;
  readonly mnemonicIndex?: number;
}

export interface VerifyFlags extends CompilerFlags, NodeUrlFlags {
  readonly project?: string;
  readonly address?: string;
}
