import { chainLimits } from '@minichain/core';
import { rpcLimits } from '@minichain/rpc';
import type { MinichainNode } from '../createNode.ts';
import { type LiveLog, liveLogOptions, logFormat } from '../log/liveLog.ts';
import type { SettingName, SettingValues } from './schema.ts';
import { chainLimitsFrom, liveServerFrom, miningFrom, rpcLimitsFrom } from './toOptions.ts';

/** What takes hot settings over: a node, and who writes its log. */
export type HotNode = Pick<MinichainNode, 'chain' | 'rpc' | 'server'> & { readonly log?: LiveLog };

/** Makes a running node follow its settings. One that several settings name runs once for all of them. */
export type ApplySettings = (node: HotNode, values: SettingValues) => void | Promise<void>;

const mining: ApplySettings = ({ chain }, values) => chain.miner.setMode(miningFrom(values) ?? { type: 'instant' });
const server: ApplySettings = (node, values) => node.server?.change(liveServerFrom(values));
const requests: ApplySettings = ({ rpc }, values) => {
  Object.assign(rpc.limits, rpcLimits(rpcLimitsFrom(values)));
};
const execution: ApplySettings = ({ chain }, values) => {
  Object.assign(chain.limits, chainLimits(chainLimitsFrom(values)));
};
const log: ApplySettings = (node, { logLevel: level, slowRequestMs, ...values }) =>
  node.log?.change({ ...liveLogOptions({ level, slowRequestMs }), format: logFormat(values) });
/** They only choose what other settings are. */
const nothing: ApplySettings = () => {};

/** How each setting that is marked hot reaches the node. */
export const HOT_SETTINGS: Readonly<Partial<Record<SettingName, ApplySettings>>> = {
  network: nothing,
  preset: nothing,
  blockTime: mining,
  noMining: mining,
  mixedMining: mining,
  order: ({ chain }, { order = 'fees' }) => chain.miner.setOrder(order),
  maxTransactions: ({ chain }, { maxTransactions }) => chain.miner.setMaxTransactions(maxTransactions),
  gasPrice: ({ chain }, { gasPrice }) => chain.fees.setGasPrice(gasPrice),
  allowOrigin: server,
  noCors: server,
  allowedHosts: server,
  maxBody: server,
  maxBodyBytes: server,
  noRequestSizeLimit: server,
  rateLimit: server,
  maxBatch: requests,
  maxResponse: requests,
  maxLogs: requests,
  maxLogRange: requests,
  maxFilters: requests,
  maxSubscriptions: requests,
  callTimeout: execution,
  callGasCap: execution,
  traceLimit: execution,
  accountTxLimit: execution,
  printTraces: ({ chain }, { printTraces = false }) => chain.miner.setTraceMined(printTraces),
  quiet: log,
  jsonLogs: log,
  logLevel: log,
  slowRequestMs: log,
};
