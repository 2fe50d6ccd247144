import type { Data, Quantity } from '../hex.ts';
import type { RpcHeader } from './block.ts';
import type { BlockNumberOrTag, RpcHash } from './values.ts';

/** The `net` namespace. */
export interface NetSchema {
  /** The chain id, in decimal. */
  net_version: { params: []; result: string };
  net_listening: { params: []; result: boolean };
  net_peerCount: { params: []; result: Quantity };
}

/** The `web3` namespace. */
export interface Web3Schema {
  web3_clientVersion: { params: []; result: string };
  web3_sha3: { params: [data: Data]; result: RpcHash };
}

/** The `rpc` namespace. */
export interface RpcModulesSchema {
  /** Namespace → version. */
  rpc_modules: { params: []; result: Readonly<Record<string, string>> };
}

/** The one method of Erigon's namespace that Otterscan asks for. */
export interface ErigonSchema {
  /** By number alone: hex, or a JSON number as Otterscan sends it. */
  erigon_getHeaderByNumber: { params: [block: BlockNumberOrTag | number]; result: RpcHeader | null };
}
