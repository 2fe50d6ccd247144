import type { Chain, ChainEventMap, ExecutionError } from '@minichain/core';
import { bytesFromHex, hexFromBytes as hex } from '@minichain/protocol';
import type { MethodContext } from './context.ts';

/** A transaction was mined and failed, and whoever sent it wants to hear of that in place of its hash. */
export class SendFailure extends Error {
  readonly error: ExecutionError;
  readonly hash: string;

  constructor(error: ExecutionError, hash: string) {
    super(error.message, { cause: error });
    this.error = error;
    this.hash = hash;
  }
}

/** Sends, and looks whether the transaction was mined at once and failed. */
async function sendOrFail({ events }: Chain, send: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const failures = new Map<string, ExecutionError>();
  const note = ({ block, index, failure }: ChainEventMap['transactionMined'][0]): void => {
    if (failure !== undefined) failures.set(hex(block.block.transactions[index]?.hash() as Uint8Array), failure.error);
  };
  events.on('transactionMined', note);
  try {
    const hash = hex(await send());
    const error = failures.get(hash);
    if (error !== undefined) throw new SendFailure(error, hash);
    return bytesFromHex(hash);
  } finally {
    events.off('transactionMined', note);
  }
}

/**
 * What every method does that sends.
 * @returns the transaction's hash. @throws SendFailure where the node was told to say so (`--throw-on-failure`).
 */
export const sent = (
  { chain, throwOnFailure }: Pick<MethodContext, 'chain' | 'throwOnFailure'>,
  send: () => Promise<Uint8Array>,
): Promise<Uint8Array> => (throwOnFailure ? sendOrFail(chain, send) : send());
