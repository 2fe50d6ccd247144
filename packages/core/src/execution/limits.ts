/** What one request that runs code may cost. A limit of 0 is none. */
export interface ExecutionLimits {
  /** Milliseconds that calls, estimates, simulations and traces may run, not counting the turns of others. */
  callTimeoutMs: number;
  /** Most gas that a call or an estimate, or a whole simulation, runs with. */
  callGasCap: bigint;
  /** Most bytes that a trace may have as JSON, about. */
  traceLimitBytes: number;
}

/**
 * geth's cap on gas. Its timeout is 5 seconds; an interpreter in JavaScript takes longer for the same gas, and what would
 * end out of gas had better say so.
 */
export const EXECUTION_LIMITS: ExecutionLimits = {
  callTimeoutMs: 30_000,
  callGasCap: 50_000_000n,
  traceLimitBytes: 128 * 1024 * 1024,
};
