import { CoreError } from '../errors.ts';

export type AccountFault =
  | { readonly code: 'ACCOUNT_UNKNOWN'; readonly address: string }
  | { readonly code: 'KEY_UNKNOWN'; readonly address: string }
  | { readonly code: 'MNEMONIC_INVALID'; readonly detail: string }
  | { readonly code: 'DERIVATION_PATH_INVALID'; readonly path: string };

export class AccountError extends CoreError<AccountFault> {}

const SENTENCES: { [C in AccountFault['code']]: (fault: Extract<AccountFault, { code: C }>) => string } = {
  ACCOUNT_UNKNOWN: ({ address }) =>
    `unknown account ${address}: it is neither a dev account nor impersonated (see hardhat_impersonateAccount)`,
  KEY_UNKNOWN: ({ address }) => `unknown account ${address}: this node has no key of it to sign with`,
  MNEMONIC_INVALID: ({ detail }) => `invalid mnemonic: ${detail}`,
  DERIVATION_PATH_INVALID: ({ path }) => `invalid derivation path "${path}"; expected something like m/44'/60'/0'/0/`,
};

/** @example throw accountError({ code: 'ACCOUNT_UNKNOWN', address: '0x…' }) */
export function accountError(fault: AccountFault, options?: ErrorOptions): AccountError {
  const sentence = SENTENCES[fault.code] as (fault: AccountFault) => string;
  return new AccountError(fault, sentence(fault), options);
}
