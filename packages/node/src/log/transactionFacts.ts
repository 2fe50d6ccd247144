import type { MinedTransaction } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { callText, failureText } from './callText.ts';

/** The facts of a mined transaction, for a line of JSON or a paragraph of text. Gas in gas, addresses in lower case. */
export interface TransactionFacts {
  readonly hash: string;
  readonly from: string;
  readonly to: string | null;
  /** The contract it created. */
  readonly created: string | null;
  /** Function with arguments where it is a common one, else its selector. */
  readonly call: string | null;
  readonly valueWei: string;
  readonly gasUsed: string;
  readonly gasLimit: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly error: string | null;
  readonly console: readonly string[];
}

export function transactionFacts({ block, index, failure, consoleLines }: MinedTransaction): TransactionFacts {
  const tx = block.block.transactions[index] as (typeof block.block.transactions)[number];
  const receipt = block.receipts[index] as (typeof block.receipts)[number];
  return {
    hash: hexFromBytes(tx.hash()),
    from: String(block.senders[index]),
    to: tx.to?.toString() ?? null,
    // The receipt of a failed creation names an address too, as geth's does; nothing is there.
    created: failure === undefined ? (receipt.contractAddress?.toString() ?? null) : null,
    call: tx.to === undefined ? null : (callText(tx.data) ?? null),
    valueWei: tx.value.toString(),
    gasUsed: receipt.gasUsed.toString(),
    gasLimit: tx.gasLimit.toString(),
    blockNumber: block.block.header.number.toString(),
    blockHash: hexFromBytes(block.hash),
    error: failure === undefined ? null : failureText(failure.message, failure.data),
    console: consoleLines,
  };
}
