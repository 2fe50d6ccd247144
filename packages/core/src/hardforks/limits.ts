import type { ParamsDict } from '@ethereumjs/common';

/** Larger than any gas limit or code size that can occur, and exact as a JavaScript number. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

export interface LimitOptions {
  /** Bytes of deployed code (EIP-170); Infinity for none. Undefined: what the fork says. */
  readonly codeSizeLimit: number | undefined;
  /** Whether EIP-7825's cap on a transaction's gas holds. */
  readonly transactionGasCap: boolean;
}

/** The switches of a dev chain over the forks' own limits. Initcode may be twice the code (EIP-3860). */
export function paramsFromLimits({ codeSizeLimit, transactionGasCap }: LimitOptions): ParamsDict {
  const params: ParamsDict = {};
  if (codeSizeLimit !== undefined) {
    const code = Math.min(codeSizeLimit, UNLIMITED);
    const sizes = { maxCodeSize: code, maxInitCodeSize: Math.min(2 * code, UNLIMITED) };
    params[607] = { maxCodeSize: sizes.maxCodeSize };
    params[3860] = { maxInitCodeSize: sizes.maxInitCodeSize };
    params[7954] = sizes;
  }
  if (!transactionGasCap) params[7825] = { maxTransactionGasLimit: UNLIMITED };
  return params;
}
