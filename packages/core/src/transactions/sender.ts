import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';

/**
 * Makes a transaction answer with a sender that did not sign it: an impersonated account, or the `from` of a call.
 * @param tx made with `freeze: false`.
 */
export function withSender<T extends TypedTransaction>(tx: T, sender: Address): T {
  tx.getSenderAddress = () => sender;
  return tx;
}
