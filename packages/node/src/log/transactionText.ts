import type { MessageTrace, MinedTransaction } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import type { Colours } from './colours.ts';
import { functionName } from './selectors.ts';
import { formatEther } from './units.ts';

/** The facts of a mined transaction, for a line of JSON or a paragraph of text. */
export interface TransactionFacts {
  readonly hash: string;
  readonly from: string;
  readonly to: string | null;
  readonly created: string | null;
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
    created: receipt.contractAddress?.toString() ?? null,
    call: tx.to === undefined ? null : (functionName(tx.data) ?? null),
    valueWei: tx.value.toString(),
    gasUsed: receipt.gasUsed.toString(),
    gasLimit: tx.gasLimit.toString(),
    blockNumber: block.block.header.number.toString(),
    blockHash: hexFromBytes(block.hash),
    error: failure?.message ?? null,
    console: consoleLines,
  };
}

function traceLines(trace: MessageTrace, depth: number): string[] {
  const target = trace.to === undefined ? 'new contract' : hexFromBytes(trace.to);
  const name = trace.kind.startsWith('CREATE') ? '' : ` ${functionName(trace.input) ?? ''}`;
  const error = trace.error === undefined ? '' : `  <- ${trace.error}`;
  const line = `${'  '.repeat(depth)}[${trace.gasUsed}] ${trace.kind} ${target}${name}${error}`;
  return [line, ...trace.calls.flatMap((call) => traceLines(call, depth + 1))];
}

/** What a person reads about a mined transaction. */
export function transactionText(mined: MinedTransaction, colours: Colours): string {
  const facts = transactionFacts(mined);
  const row = (name: string, value: string) => `    ${`${name}:`.padEnd(13)}${value}`;
  const lines = [
    row('Transaction', facts.hash),
    row('From', facts.from),
    ...(facts.to === null ? [row('Contract', `${facts.created} created`)] : [row('To', facts.to)]),
    ...(facts.call === null ? [] : [row('Function', facts.call)]),
    ...(facts.valueWei === '0' ? [] : [row('Value', `${formatEther(BigInt(facts.valueWei))} ETH`)]),
    row('Gas used', `${facts.gasUsed} of ${facts.gasLimit}`),
    row('Block', `#${facts.blockNumber} ${facts.blockHash}`),
    ...(facts.error === null ? [] : [colours.red(row('Error', facts.error))]),
    ...facts.console.map((line) => row('console.log', line)),
    ...(mined.trace === undefined ? [] : traceLines(mined.trace, 2)),
  ];
  return `\n${lines.join('\n')}\n`;
}
