import type { Chain } from '@minichain/core';
import type { Metrics } from '@minichain/metrics';
import { type Pages, type PagesServer, type Rpc, type RpcServer, startPagesServer } from '@minichain/rpc';
import type { CheckedNodeOptions } from './config/nodeOptions.ts';
import { Health } from './health.ts';
import { VERSION } from './version.ts';

interface ObservationModules {
  readonly chain: Chain;
  readonly rpc: Rpc;
  readonly server: () => RpcServer | undefined;
}

/** How a node is watched from outside. */
export interface Observation {
  readonly health: Health;
  /** Undefined when nobody is to be told. */
  readonly metrics: Metrics | undefined;
  /** What the node's own port serves. */
  readonly pages: Pages;
  /** Serves metrics on a port of their own, when that is wanted. @throws ListenError. */
  listen(): Promise<PagesServer | undefined>;
}

/** A scrape that fails says so in the log, and not what is wrong inside to who asked. */
function metricsPages({ scrape }: Metrics, onInternalError: NonNullable<CheckedNodeOptions['onInternalError']>): Pages {
  return {
    '/metrics': async () => {
      try {
        return { status: 200, ...(await scrape()) };
      } catch (error) {
        onInternalError(error, 'metrics');
        throw error;
      }
    },
  };
}

/** Metrics are counted from the start, or not at all; a node without a port has nobody to tell. */
export async function observe(
  { metrics: wanted = true, server, readyMaxHeadAgeMs, onInternalError = () => {} }: CheckedNodeOptions,
  modules: ObservationModules,
): Promise<Observation> {
  const { chain, rpc } = modules;
  const health = new Health({ maxHeadAgeMs: readyMaxHeadAgeMs }, modules);
  if (wanted === false || server === false) {
    return { health, metrics: undefined, pages: health.pages(), listen: async () => undefined };
  }
  const { createMetrics } = await import('@minichain/metrics');
  const connections = () => modules.server()?.connections();
  const metrics = createMetrics({ chain, rpc, version: VERSION, connections });
  const pages = { ...health.pages(), ...metricsPages(metrics, onInternalError) };
  if (wanted === true) return { health, metrics, pages, listen: async () => undefined };
  const { host, cors, allowedHosts } = server ?? {};
  const access = {
    ...(host === undefined ? {} : { host }),
    ...(cors === undefined ? {} : { cors }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  };
  const portOptions = { port: wanted.port, portFlag: '--metrics-port', health: () => rpc.health() };
  return {
    ...{ health, metrics, pages: health.pages() },
    listen: () => startPagesServer(pages, { ...access, ...portOptions }),
  };
}
