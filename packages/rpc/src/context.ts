import type { Chain } from '@minichain/core';
import type { Filters } from './filters.ts';
import type { Connection, Subscriptions } from './subscriptions.ts';

/** What a method may touch. */
export interface MethodContext {
  readonly chain: Chain;
  readonly filters: Filters;
  readonly subscriptions: Subscriptions;
  /** Undefined where nothing can be pushed (plain HTTP). */
  readonly connection: Connection | undefined;
  readonly clientVersion: string;
  readonly settings: RpcSettings;
  readonly methodNames: () => readonly string[];
}

/** Switches that methods change and the log reads. */
export interface RpcSettings {
  logging: boolean;
}
