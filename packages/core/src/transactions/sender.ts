import type { TypedTransaction } from '@ethereumjs/tx';
import { type Address, bytesToBigInt, concatBytes } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { encodeRlp } from '../encoding/rlp.ts';
import type { MadeUpSignature } from './txData.ts';

/**
 * Makes a transaction answer with a sender that did not sign it: an impersonated account, or the `from` of a call.
 * @param tx made with `freeze: false`.
 */
export function withSender<T extends TypedTransaction>(tx: T, sender: Address): T {
  tx.getSenderAddress = () => sender;
  return tx;
}

/**
 * What stands for the signature of an impersonated account. Its r is the sender, so that equal transactions of two such
 * accounts have different hashes.
 */
export const madeUpSignature = (sender: Address): MadeUpSignature => ({ r: bytesToBigInt(sender.bytes), s: 1n });

/**
 * Whether the sender was impersonated: nobody can find a real signature of that form, nor the one of zeros that Anvil's dumps
 * have.
 */
export function hasMadeUpSignature(tx: TypedTransaction, sender: Address): boolean {
  const { r, s } = madeUpSignature(sender);
  return tx.s === s ? tx.r === r : tx.s === 0n && tx.r === 0n;
}

/** The hash by which Anvil finds a transaction of an impersonated account. */
export function anvilHash(tx: TypedTransaction, sender: Address): Uint8Array {
  const bytes = tx.serialize();
  return keccak256(concatBytes(tx.type === 0 ? bytes : encodeRlp(bytes), sender.bytes));
}
