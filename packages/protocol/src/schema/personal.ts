import type { Data } from '../hex.ts';
import type { RpcRawTransaction, RpcTransactionRequest } from './transaction.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** The `personal` namespace: accounts that a passphrase opens. Dev accounts begin open, and have an empty one. */
export interface PersonalSchema {
  personal_sign: { params: [message: string, address: RpcAddress, password?: string]; result: Data };
  /** Who made a signature of `personal_sign`. */
  personal_ecRecover: { params: [message: string, signature: Data]; result: RpcAddress };
  personal_listAccounts: { params: []; result: readonly RpcAddress[] };
  /** A new key, locked. */
  personal_newAccount: { params: [passphrase?: string]; result: RpcAddress };
  /** A key of 32 bytes in hex, with or without 0x. */
  personal_importRawKey: { params: [privateKey: string, passphrase?: string]; result: RpcAddress };
  /** Whether there was something to lock. */
  personal_lockAccount: { params: [address: RpcAddress]; result: boolean };
  /** For 300 seconds when no duration is given; 0: until it is locked. */
  personal_unlockAccount: {
    params: [address: RpcAddress, passphrase?: string, seconds?: NumberLike];
    result: true;
  };
  /** Whatever the account, open or locked, for this one transaction. */
  personal_sendTransaction: { params: [transaction: RpcTransactionRequest, passphrase?: string]; result: RpcHash };
  personal_signTransaction: {
    params: [transaction: RpcTransactionRequest, passphrase?: string];
    result: RpcRawTransaction;
  };
}
