import type { Chain } from '@minichain/core';
import type { Blobs } from './blobs.ts';
import type { Filters } from './filters.ts';
import type { Namespaces } from './namespaces.ts';
import type { RpcLimits } from './rpcLimits.ts';
import type { Connection, Subscriptions } from './subscriptions.ts';
import type { Vitals } from './vitals.ts';

/** What a method may touch. */
export interface MethodContext {
  readonly chain: Chain;
  readonly filters: Filters;
  readonly blobs: Blobs;
  readonly subscriptions: Subscriptions;
  /** Undefined where nothing can be pushed (plain HTTP). */
  readonly connection: Connection | undefined;
  /** Of the message that the request came in; undefined in process. */
  readonly requestId: string | undefined;
  /** Whether a send is answered with an error when its transaction was mined and failed. */
  readonly throwOnFailure: boolean;
  /** What `evm_setIntervalMining` counts. */
  readonly intervalUnit: 'seconds' | 'milliseconds';
  /** Offered where the request came from; undefined: all. */
  readonly namespaces: Namespaces | undefined;
  readonly clientVersion: string;
  readonly version: string;
  readonly vitals: Vitals;
  /** What requests and connections are held to, by name. */
  readonly limits: () => Readonly<Record<string, number>>;
  readonly logLimits: Readonly<Pick<RpcLimits, 'maxLogs' | 'maxLogRange'>>;
  readonly settings: RpcSettings;
  readonly methodNames: () => readonly string[];
}

/** Switches that methods change and the log reads. */
export interface RpcSettings {
  logging: boolean;
}
