import { CoreError } from '../errors.ts';

/** Why the pool refuses a transaction. The words are those that client libraries match. */
export type PoolFault =
  | { readonly code: 'NONCE_TOO_LOW'; readonly sender: string; readonly expected: bigint; readonly got: bigint }
  | { readonly code: 'NONCE_TOO_HIGH'; readonly sender: string; readonly expected: bigint; readonly got: bigint }
  | { readonly code: 'NONCE_MAX'; readonly sender: string }
  | { readonly code: 'ALREADY_KNOWN'; readonly hash: string }
  | { readonly code: 'REPLACEMENT_UNDERPRICED'; readonly nonce: bigint; readonly needed: bigint; readonly got: bigint }
  | { readonly code: 'FUNDS_INSUFFICIENT'; readonly sender: string; readonly have: bigint; readonly want: bigint }
  | { readonly code: 'INTRINSIC_GAS_LOW'; readonly gasLimit: bigint; readonly needed: bigint }
  | { readonly code: 'FLOOR_GAS_LOW'; readonly gasLimit: bigint; readonly needed: bigint }
  | { readonly code: 'GAS_LIMIT_ABOVE_BLOCK'; readonly gasLimit: bigint; readonly blockGasLimit: bigint }
  | { readonly code: 'GAS_LIMIT_ABOVE_CAP'; readonly gasLimit: bigint; readonly cap: bigint }
  | {
      readonly code: 'FEE_CAP_BELOW_BASE_FEE';
      readonly feeCap: bigint;
      readonly baseFee: bigint;
      /** Of a transaction that has one price. */
      readonly isGasPrice?: true;
    }
  | { readonly code: 'TIP_ABOVE_FEE_CAP'; readonly tip: bigint; readonly feeCap: bigint }
  | { readonly code: 'BLOB_FEE_CAP_TOO_LOW'; readonly feeCap: bigint; readonly blobBaseFee: bigint }
  | { readonly code: 'INITCODE_TOO_LARGE'; readonly size: number; readonly limit: number }
  | { readonly code: 'SENDER_IS_CONTRACT'; readonly sender: string }
  | { readonly code: 'POOL_FULL'; readonly limit: number }
  | { readonly code: 'ACCOUNT_LIMIT'; readonly sender: string; readonly waiting: number; readonly limit: number };

export class PoolError extends CoreError<PoolFault> {}

const SENTENCES: { [C in PoolFault['code']]: (fault: Extract<PoolFault, { code: C }>) => string } = {
  NONCE_TOO_LOW: ({ expected, got }) => `nonce too low: next nonce ${expected}, tx nonce ${got}`,
  NONCE_TOO_HIGH: ({ expected, got }) =>
    `nonce too high: next nonce ${expected}, tx nonce ${got} (start without --strict-nonce to have it wait)`,
  NONCE_MAX: ({ sender }) => `nonce has max value: address ${sender}`,
  ALREADY_KNOWN: ({ hash }) => `already known: ${hash}`,
  REPLACEMENT_UNDERPRICED: ({ needed, got }) =>
    `replacement transaction underpriced: needs at least ${needed} wei per gas, got ${got}`,
  FUNDS_INSUFFICIENT: ({ sender, have, want }) =>
    `insufficient funds for gas * price + value: address ${sender} have ${have} want ${want}`,
  INTRINSIC_GAS_LOW: ({ gasLimit, needed }) => `intrinsic gas too low: gas ${gasLimit}, minimum needed ${needed}`,
  FLOOR_GAS_LOW: ({ gasLimit, needed }) =>
    `intrinsic gas too low: gas ${gasLimit}, minimum needed ${needed} (insufficient gas for floor data gas cost, EIP-7623)`,
  GAS_LIMIT_ABOVE_BLOCK: ({ gasLimit, blockGasLimit }) =>
    `exceeds block gas limit: gas ${gasLimit}, block gas limit reached at ${blockGasLimit}`,
  GAS_LIMIT_ABOVE_CAP: ({ gasLimit, cap }) =>
    `transaction gas limit too high: gas ${gasLimit}, cap ${cap} (EIP-7825; start with --disable-tx-gas-cap to allow it)`,
  FEE_CAP_BELOW_BASE_FEE: ({ feeCap, baseFee }) =>
    `max fee per gas less than block base fee: maxFeePerGas: ${feeCap}, baseFee: ${baseFee}`,
  TIP_ABOVE_FEE_CAP: ({ tip, feeCap }) =>
    `max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: ${tip}, maxFeePerGas: ${feeCap}`,
  BLOB_FEE_CAP_TOO_LOW: ({ feeCap, blobBaseFee }) =>
    `max fee per blob gas less than block blob gas fee: maxFeePerBlobGas: ${feeCap}, blobBaseFee: ${blobBaseFee}`,
  INITCODE_TOO_LARGE: ({ size, limit }) => `max initcode size exceeded: code size ${size}, limit ${limit}`,
  SENDER_IS_CONTRACT: ({ sender }) => `sender not an eoa: address ${sender}`,
  POOL_FULL: ({ limit }) => `txpool is full: ${limit} transactions wait; mine some or raise the limit`,
  ACCOUNT_LIMIT: ({ sender, waiting, limit }) =>
    `account limit exceeded: ${waiting} transactions of ${sender} wait, at most ${limit}; mine some, or raise the node's --account-tx-limit`,
};

/** @example throw poolError({ code: 'NONCE_TOO_LOW', sender: '0x…', expected: 3n, got: 1n }) */
export function poolError(fault: PoolFault, options?: ErrorOptions): PoolError {
  const sentence = SENTENCES[fault.code] as (fault: PoolFault) => string;
  return new PoolError(fault, sentence(fault), options);
}
