import type { Common } from '@ethereumjs/common';
import { createTxFromRLP } from '@ethereumjs/tx';
import { checkTransaction } from '../pool/admit.ts';
import type { PooledTransaction } from '../pool/pooledTransaction.ts';
import { minedForm } from '../transactions/decode.ts';
import { withSender } from '../transactions/sender.ts';

/**
 * What waited while a fork came, as the fork sees it: what it asks of a transaction was not asked when this one came.
 * @returns the transaction itself where the fork is still the one that it came under.
 * @throws PoolError for what the fork refuses; what EthereumJS throws for one that the fork cannot read.
 */
export function renewed({ tx, sender }: PooledTransaction, common: Common, gasLimit: bigint): PooledTransaction['tx'] {
  if (tx.common.hardfork() === common.hardfork()) return tx;
  const bytes = minedForm(tx, sender, common).serialize();
  const again = withSender(createTxFromRLP(bytes, { common, freeze: false }), sender);
  // Whether its prices do is for each block to say.
  checkTransaction(again, { common, gasLimit, baseFee: undefined, blobBaseFee: undefined });
  return again;
}
