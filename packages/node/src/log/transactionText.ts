import type { MinedTransaction } from '@minichain/core';
import { checksumAddress } from '@minichain/rpc';
import type { Colours } from './colours.ts';
import { oneLine } from './printable.ts';
import { traceLines } from './traceText.ts';
import { transactionFacts } from './transactionFacts.ts';
import { formatAmount } from './units.ts';

/** What a person reads about a mined transaction, without its console lines. Begins with an empty line. */
export function transactionText(mined: MinedTransaction, colours: Colours): string {
  const facts = transactionFacts(mined);
  const row = (name: string, value: string) => `    ${colours.dim(`${name}:`.padEnd(13))}${value}`;
  const receiver = (): string => {
    if (facts.to !== null) return row('To', checksumAddress(facts.to));
    if (facts.created === null) return row('To', 'a new contract');
    return row('Created', colours.green(checksumAddress(facts.created)));
  };
  const lines = [
    row('Transaction', facts.hash),
    row('From', checksumAddress(facts.from)),
    receiver(),
    ...(facts.call === null ? [] : [row('Function', facts.call)]),
    ...(facts.valueWei === '0' ? [] : [row('Value', formatAmount(BigInt(facts.valueWei)))]),
    row('Gas used', `${facts.gasUsed} of ${facts.gasLimit}`),
    row('Block', `#${facts.blockNumber} ${facts.blockHash}`),
    ...(facts.error === null ? [] : [colours.red(`    ${'Error:'.padEnd(13)}${oneLine(facts.error, 600)}`)]),
    ...(mined.trace === undefined ? [] : [row('Trace', ''), ...traceLines(mined.trace).map((line) => `      ${line}`)]),
  ];
  return `\n${lines.map((line) => `${line.trimEnd()}\n`).join('')}`;
}
