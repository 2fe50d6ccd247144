/** What requests may cost. Read with each of them, so that it can be changed while the node runs; where 0 is said to be none, it is. */
export interface RpcLimits {
  /** Requests in one batch. */
  maxBatch: number;
  /** Bytes of the results that answer one message, a batch or a single request; 0 is none. */
  maxResponseBytes: number;
  /** Logs that one query finds; 0 is none. */
  maxLogs: number;
  /** Blocks that one query of logs searches; 0 is none. */
  maxLogRange: number;
  /** Filters of all clients together: over HTTP nobody knows whose they are. */
  maxFilters: number;
  /** Subscriptions of one connection. */
  maxSubscriptions: number;
}

const MIB = 1024 * 1024;

/** As JSON, a log has some 700 bytes: as many as there may be fit into a response. */
const DEFAULTS: RpcLimits = {
  maxBatch: 1000,
  maxResponseBytes: 128 * MIB,
  maxLogs: 100_000,
  maxLogRange: 0,
  maxFilters: 10_000,
  maxSubscriptions: 1000,
};

/** The limits that options ask for; what they leave out is the default. @example rpcLimits({ maxBatch: 10 }) */
export function rpcLimits(options: Partial<RpcLimits>): RpcLimits {
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(limits) as (keyof RpcLimits)[]) limits[name] = options[name] ?? limits[name];
  return limits;
}
