import { CoreError } from '../errors.ts';

export type AccountFault =
  | { readonly code: 'ACCOUNT_UNKNOWN'; readonly address: string }
  | { readonly code: 'KEY_UNKNOWN'; readonly address: string }
  | { readonly code: 'ACCOUNT_LOCKED'; readonly address: string }
  | { readonly code: 'ACCOUNT_EXISTS'; readonly address: string }
  | { readonly code: 'PASSPHRASE_WRONG'; readonly address: string }
  | { readonly code: 'KEYSTORE_INVALID'; readonly detail: string }
  | { readonly code: 'KEY_INVALID' }
  | { readonly code: 'SIGNATURE_UNUSABLE' }
  | { readonly code: 'MNEMONIC_INVALID'; readonly detail: string }
  | { readonly code: 'DERIVATION_PATH_INVALID'; readonly path: string };

export class AccountError extends CoreError<AccountFault> {}

const SENTENCES: { [C in AccountFault['code']]: (fault: Extract<AccountFault, { code: C }>) => string } = {
  ACCOUNT_UNKNOWN: ({ address }) =>
    `unknown account ${address}: it is neither a dev account nor impersonated (see hardhat_impersonateAccount)`,
  KEY_UNKNOWN: ({ address }) => `unknown account ${address}: this node has no key of it to sign with`,
  ACCOUNT_LOCKED: ({ address }) =>
    `authentication needed: password or unlock; account ${address} is locked (see personal_unlockAccount)`,
  ACCOUNT_EXISTS: ({ address }) => `account already exists: ${address}`,
  PASSPHRASE_WRONG: ({ address }) => `could not decrypt key with given password: account ${address}`,
  KEYSTORE_INVALID: ({ detail }) => `invalid keystore: ${detail}`,
  KEY_INVALID: () => 'invalid private key: expected 32 bytes, a number from 1 to the order of secp256k1',
  SIGNATURE_UNUSABLE: () => 'invalid signature: no public key can have made it (v must be 0, 1, 27 or 28)',
  MNEMONIC_INVALID: ({ detail }) => `invalid mnemonic: ${detail}`,
  DERIVATION_PATH_INVALID: ({ path }) => `invalid derivation path "${path}"; expected something like m/44'/60'/0'/0/`,
};

/** @example throw accountError({ code: 'ACCOUNT_UNKNOWN', address: '0x…' }) */
export function accountError(fault: AccountFault, options?: ErrorOptions): AccountError {
  const sentence = SENTENCES[fault.code] as (fault: AccountFault) => string;
  return new AccountError(fault, sentence(fault), options);
}
