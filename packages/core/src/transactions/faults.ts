import { CoreError } from '../errors.ts';

/** A transaction that cannot be read or can never be valid under the current fork. */
export type TransactionFault =
  | { readonly code: 'TRANSACTION_MALFORMED'; readonly detail: string }
  | { readonly code: 'TYPE_NOT_SUPPORTED'; readonly type: number; readonly hardfork: string }
  | {
      readonly code: 'CHAIN_ID_MISMATCH';
      readonly got: bigint;
      readonly expected: bigint;
      /** Signed as EIP-155 says. */
      readonly isLegacy?: true;
    }
  | { readonly code: 'SIGNATURE_INVALID'; readonly detail: string }
  | { readonly code: 'BLOB_INVALID'; readonly detail: string }
  | { readonly code: 'REQUEST_INVALID'; readonly detail: string };

export class TransactionError extends CoreError<TransactionFault> {}

const SENTENCES: { [C in TransactionFault['code']]: (fault: Extract<TransactionFault, { code: C }>) => string } = {
  TRANSACTION_MALFORMED: ({ detail }) => `failed to decode transaction: ${detail}`,
  TYPE_NOT_SUPPORTED: ({ type, hardfork }) =>
    `transaction type not valid in this context: type ${type} under ${hardfork}`,
  CHAIN_ID_MISMATCH: ({ got, expected }) => `invalid chain id for signer: have ${got} want ${expected}`,
  SIGNATURE_INVALID: ({ detail }) => `invalid sender: ${detail}`,
  BLOB_INVALID: ({ detail }) => `invalid blob transaction: ${detail}`,
  REQUEST_INVALID: ({ detail }) => detail,
};

/** @example throw transactionError({ code: 'CHAIN_ID_MISMATCH', got: 1n, expected: 31337n }) */
export function transactionError(fault: TransactionFault, options?: ErrorOptions): TransactionError {
  const sentence = SENTENCES[fault.code] as (fault: TransactionFault) => string;
  return new TransactionError(fault, sentence(fault), options);
}
