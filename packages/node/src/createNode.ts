import { type Chain, createChain } from '@minichain/core';
import type { Metrics } from '@minichain/metrics';
import { hexFromBytes } from '@minichain/protocol';
import {
  createRpc,
  type IpcOptions,
  type IpcServer,
  type PagesServer,
  type RequestRecord,
  type Rpc,
  type RpcServer,
  rpcLimits,
  startIpc,
  startServer,
} from '@minichain/rpc';
import { ConfigError } from './config/errors.ts';
import { type CheckedNodeOptions, checkNodeOptions, type NodeOptions } from './config/nodeOptions.ts';
import { importBlocks } from './importBlocks.ts';
import { observe } from './observation.ts';
import { InProcessProvider } from './provider.ts';
import type { StateWriter } from './stateFile.ts';
import { CLIENT_VERSION, VERSION, withVersion } from './version.ts';

/** Public by design: everybody knows the default mnemonic. */
export interface DevAccount {
  readonly address: `0x${string}`;
  readonly privateKey: `0x${string}`;
}

export interface MinichainNode {
  readonly provider: InProcessProvider;
  readonly server: RpcServer | undefined;
  readonly ipc: IpcServer | undefined;
  readonly chain: Chain;
  readonly rpc: Rpc;
  readonly accounts: readonly DevAccount[];
  /** Where `/metrics` is served when it has a port of its own. */
  readonly metricsPort: number | undefined;
  /** Ends server, provider and chain, in that order; may be called twice. */
  close(): Promise<void>;
}

/** Who may use the node's own port may read metrics on theirs. */
const withMetrics = (server: RpcServer, metrics: PagesServer | undefined): RpcServer => ({
  ...server,
  change: (live) => {
    server.change(live);
    metrics?.change(live);
  },
});

/** By IPC a message may be as large as by HTTP. */
function ipcOptions({ ipc, server }: CheckedNodeOptions): IpcOptions {
  const { maxBodyBytes, maxBufferedBytes } = server === false ? {} : (server ?? {});
  return {
    ...(ipc?.namespaces === undefined ? {} : { namespaces: new Set(ipc.namespaces) }),
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    ...(maxBufferedBytes === undefined ? {} : { maxBufferedBytes }),
  };
}

/** @throws ConfigError for a namespace that no method is in. */
function checkNamespaces({ methods }: Rpc, { ipc, server }: CheckedNodeOptions): void {
  const known = new Set(methods.map((name) => name.slice(0, name.indexOf('_'))));
  const { http = [], ws = [] } = (server === false ? undefined : server?.namespaces) ?? {};
  const unknown = [...http, ...ws, ...(ipc?.namespaces ?? [])].find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new ConfigError(
    `--rpc-namespaces: there is no namespace ${unknown}; there are ${[...known].join(', ')} and all`,
  );
}

/** Starts from a state file, and sees to it that one is written. */
async function openState(options: CheckedNodeOptions, chain: Chain): Promise<StateWriter | undefined> {
  const { state, onInternalError = () => {} } = options;
  if (state === undefined) return undefined;
  const { loadFrom, StateWriter: Writer } = await import('./stateFile.ts');
  await loadFrom(chain, state);
  const path = state.dump ?? state.file;
  if (path === undefined) return undefined;
  return new Writer(path, state, { chain, onFailure: (error) => onInternalError(error, 'state file') });
}

/**
 * Starts a whole node in this process.
 * @throws ListenError, ConfigError, HardforkError, AccountError.
 * @example
 * const node = await createNode({ server: false });
 * await node.provider.request({ method: 'eth_blockNumber' });
 * await node.close();
 */
export async function createNode(given: NodeOptions = {}): Promise<MinichainNode> {
  const options = checkNodeOptions(given);
  const chain = await createChain(withVersion(options.chain));
  let server: RpcServer | undefined;
  let ipc: IpcServer | undefined;
  let metricsServer: PagesServer | undefined;
  let metrics: Metrics | undefined;
  let writer: StateWriter | undefined;
  const rpc = createRpc({
    ...rpcLimits(options),
    chain,
    clientVersion: options.clientVersion ?? CLIENT_VERSION,
    ...(options.errorStyle === undefined ? {} : { errorStyle: options.errorStyle }),
    ...(options.throwOnFailure === undefined ? {} : { throwOnFailure: options.throwOnFailure }),
    ...(options.intervalUnit === undefined ? {} : { intervalUnit: options.intervalUnit }),
    version: VERSION,
    transportLimits: () => ({ ...server?.limits() }),
    ...(options.onRequestStarted === undefined ? {} : { onRequestStarted: options.onRequestStarted }),
    onRequest: (record: RequestRecord) => {
      metrics?.count(record);
      options.onRequest?.(record);
    },
    ...(options.onInternalError === undefined ? {} : { onInternalError: options.onInternalError }),
  });
  const observation = await observe(options, { chain, rpc, server: () => server });
  metrics = observation.metrics;
  try {
    checkNamespaces(rpc, options);
    await rpc.resume();
    writer = await openState(options, chain);
    if (options.importBlocks !== undefined) await importBlocks(chain, options.importBlocks);
    if (options.server !== false) {
      server = await startServer(rpc, { port: 0, ...options.server }, observation.pages);
    }
    if (options.ipc !== undefined) ipc = await startIpc(rpc, options.ipc.path, ipcOptions(options));
    await chain.storage.describeHolder(`minichain node${server === undefined ? '' : ` on ${server.url}`}`, server?.url);
    metricsServer = await observation.listen();
  } catch (error) {
    writer?.stop();
    await server?.close();
    await ipc?.close();
    await chain.close();
    throw error;
  }
  const provider = new InProcessProvider(rpc, chain);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    observation.health.closing();
    await server?.close();
    await ipc?.close();
    await metricsServer?.close();
    provider.close();
    await chain.close(() => writer?.end());
  };
  return {
    provider,
    server: server && withMetrics(server, metricsServer),
    ipc,
    chain,
    rpc,
    metricsPort: metricsServer?.port,
    accounts: chain.accounts.owned.map(({ address, privateKey }) => ({
      address: address.toString(),
      privateKey: hexFromBytes(privateKey),
    })),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
