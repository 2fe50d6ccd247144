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

/** An OpenRPC document: https://spec.open-rpc.org. */
export interface RpcOpenRpcDocument {
  readonly openrpc: string;
  readonly info: { readonly title: string; readonly version: string; readonly [word: string]: unknown };
  readonly methods: readonly { readonly name: string; readonly [word: string]: unknown }[];
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

/** The `rpc` namespace. */
export interface RpcModulesSchema {
  /** Every method that is offered where it is asked, as an OpenRPC 1.3 document: parameters, results, errors, examples. */
  'rpc.discover': { params: []; result: RpcOpenRpcDocument };
  /** As `rpc.discover`, for clients that cannot send a dot. */
  rpc_discover: { params: []; result: RpcOpenRpcDocument };
  /** Namespace → version. */
  rpc_modules: { params: []; result: Readonly<Record<string, string>> };
}

/** The one method of Erigon's namespace that Otterscan asks for. */
export interface ErigonSchema {
  /** By number alone: hex, or a JSON number as Otterscan sends it. */
  erigon_getHeaderByNumber: { params: [block: BlockNumberOrTag | number]; result: RpcHeader | null };
}
