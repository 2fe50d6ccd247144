import type { Core } from '@minichain/evm';

/** What the rules around a message do to accounts. */
export type CoreAccounts = Pick<
  Core,
  'account' | 'nonce' | 'setNonce' | 'balance' | 'setBalance' | 'code' | 'setCode' | 'warmAddress' | 'warmSlot'
>;

/** What a transaction is run with. */
export type TransactionCore = CoreAccounts & Pick<Core, 'beginTransaction' | 'logs' | 'endTransaction'>;

/** How the message of a transaction ended. */
export interface MessageOutcome {
  /** In the library's words; undefined when it succeeded. */
  readonly halt: string | undefined;
  readonly gasLeft: bigint;
  /** Before its cap. */
  readonly refund: bigint;
  readonly output: Uint8Array;
}
