import type { TypedTransaction } from '@minichain/core';
import { hexFromBytes as hex, type RpcRawTransaction } from '@minichain/protocol';
import { transactionView } from './transaction.ts';

/** The form that `eth_sendRawTransaction` takes: blobs travel with their transaction (EIP-4844). */
const sendable = (made: TypedTransaction): Uint8Array =>
  'blobs' in made && made.blobs !== undefined ? made.serializeNetworkWrapper() : made.serialize();

/** A transaction that is not signed yet is written with empty signature fields. */
export const signedView = (made: TypedTransaction): RpcRawTransaction => ({
  raw: hex(sendable(made)),
  tx: transactionView({ tx: made, sender: made.getSenderAddress() }),
});
