import type { Address } from '@minichain/core';
import { type Hex, quantityFromBigInt as quantity, RPC_CODES, RpcError } from '@minichain/protocol';
import { data, hash, quantity as quantityCodec } from '../../codecs/scalars.ts';
import { answer, method, type Param, required, type Serve } from '../../method.ts';
import { namespaceOf, offeredOf } from '../../namespaces.ts';
import { capabilitiesView } from '../../views/capabilities.ts';
import { ethConfig } from '../../views/config.ts';

const list = (items: readonly Address[]): Hex[] => items.map((item) => item.toString());

/** Work for miners who hash, which no network has since. */
const byHashing = <const P extends readonly Param<unknown>[]>(name: string, params: P) =>
  method({
    params,
    run: (): never => {
      throw new RpcError(
        RPC_CODES.unsupported,
        `${name} is not supported since the Merge: no block is mined by hashing`,
      );
    },
    result: (never) => never,
  });

/** Large, and asked for once by those who ask at all: it is loaded then. */
const discover = method({
  params: [],
  run: async (c) => {
    const { DOCUMENT } = await import('../../openRpc/document.ts');
    const offered = new Set(offeredOf(c.methodNames(), c.namespaces));
    const methods = DOCUMENT.methods.filter(({ name }) => offered.has(name));
    return { ...DOCUMENT, info: { ...DOCUMENT.info, version: c.version }, methods };
  },
  result: (document) => document,
});

/** Node and account questions (execution-apis `client.yaml`). */
export const client = {
  eth_chainId: method({ params: [], run: (c) => c.chain.chainId(), result: quantity }),
  eth_syncing: method({ params: [], run: () => {}, result: answer(false) }),
  eth_coinbase: method({ params: [], run: (c) => c.chain.miner.coinbase, result: (who) => who.toString() }),
  eth_accounts: method({ params: [], run: (c) => c.chain.accounts.list(), result: list }),
  eth_requestAccounts: method({ params: [], run: (c) => c.chain.accounts.list(), result: list }),
  eth_blockNumber: method({ params: [], run: (c) => c.chain.chain.tip.number, result: quantity }),
  eth_protocolVersion: method({ params: [], run: () => 68n, result: quantity }),
  eth_mining: method({ params: [], run: (c) => c.chain.miner.mode.type !== 'manual', result: (value) => value }),
  /** There is no proof of work to count. */
  eth_hashrate: method({ params: [], run: () => 0n, result: quantity }),
  eth_networkId: method({ params: [], run: (c) => c.chain.chainId(), result: (id) => id.toString() }),
  eth_getCompilers: method({ params: [], run: () => [], result: (none) => none }),
  eth_getWork: byHashing('eth_getWork', []),
  eth_submitWork: byHashing('eth_submitWork', [
    required('nonce', data),
    required('powHash', hash),
    required('mixDigest', hash),
  ]),
  eth_submitHashrate: byHashing('eth_submitHashrate', [required('rate', quantityCodec), required('id', hash)]),
  eth_capabilities: method({ params: [], run: (c) => c.chain.chain.head, result: capabilitiesView }),
  eth_config: method({ params: [], run: (c) => ethConfig(c.chain), result: (value) => value }),
  net_version: method({ params: [], run: (c) => c.chain.chainId(), result: (id) => id.toString() }),
  net_listening: method({ params: [], run: () => true, result: (value) => value }),
  net_peerCount: method({ params: [], run: () => 0n, result: quantity }),
  web3_clientVersion: method({ params: [], run: (c) => c.clientVersion, result: (value) => value }),
  'rpc.discover': discover,
  rpc_discover: discover,
  rpc_modules: method({
    params: [],
    run: (c) => [...new Set(offeredOf(c.methodNames(), c.namespaces).map(namespaceOf))],
    result: (names) => Object.fromEntries(names.map((name) => [name, '1.0'])),
  }),
} satisfies Partial<Serve>;
