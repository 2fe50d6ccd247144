import type { Data, Quantity } from '../hex.ts';
import type { RpcAddress, RpcHash } from './values.ts';

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

/** The `personal` namespace: what wallets sign messages with. */
export interface PersonalSchema {
  personal_sign: { params: [message: string, address: RpcAddress, password?: string]; result: Data };
}
