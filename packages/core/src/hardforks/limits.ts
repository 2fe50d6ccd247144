import type { ParamsDict } from '@ethereumjs/common';

/** Larger than any gas limit or code size that can occur, and exact as a JavaScript number. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

export interface LimitOptions {
  /** Bytes of deployed code (EIP-170); Infinity for none. Undefined: what the fork says. */
  readonly codeSizeLimit: number | undefined;
  /** Bytes of initcode (EIP-3860); Infinity for none. Undefined: twice `codeSizeLimit`, or what the fork says. */
  readonly initCodeSizeLimit?: number | undefined;
  /** Whether EIP-7825's cap on a transaction's gas holds. */
  readonly transactionGasCap: boolean;
}

/** The switches of a dev chain over the forks' own limits. Initcode may be twice the code (EIP-3860). */
export function paramsFromLimits({ codeSizeLimit, initCodeSizeLimit, transactionGasCap }: LimitOptions): ParamsDict {
  const params: ParamsDict = {};
  if (codeSizeLimit !== undefined) {
    const maxCodeSize = Math.min(codeSizeLimit, UNLIMITED);
    params[607] = { maxCodeSize };
    params[7954] = { maxCodeSize };
  }
  const initCode = initCodeSizeLimit ?? (codeSizeLimit === undefined ? undefined : 2 * codeSizeLimit);
  if (initCode !== undefined) {
    const maxInitCodeSize = Math.min(initCode, UNLIMITED);
    params[3860] = { maxInitCodeSize };
    params[7954] = { ...params[7954], maxInitCodeSize };
  }
  if (!transactionGasCap) params[7825] = { maxTransactionGasLimit: UNLIMITED };
  return params;
}
