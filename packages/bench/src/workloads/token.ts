import { token } from '../contracts.ts';
import { setCode } from '../dialect.ts';
import { nonceOf, receiptOf, sendRaw } from '../receipts.ts';
import { richAccount, signTransfers } from '../signTransfers.ts';
import type { Metric, Session, Workload } from '../workload.ts';

const SEQUENTIAL: Metric = { name: 'sequential ERC-20 transfers with receipt', unit: '/s', better: 'higher' };
export const TOKEN = '0x00000000000000000000000000000000000be4c3';

const word = (value: string): string => value.replace('0x', '').toLowerCase().padStart(64, '0');

/** Puts a token where every target has it and gives the rich account some. @returns its address. */
export async function openToken({ connection }: Session): Promise<`0x${string}`> {
  const from = richAccount.address;
  await setCode(connection, TOKEN, token.code);
  const data = `${token.selectors.mint}${word('ffffffffffff')}`;
  await receiptOf(connection, await connection.call<string>('eth_sendTransaction', [{ from, to: TOKEN, data }]));
  return TOKEN;
}

/** The call data of a transfer. */
export const transferOf = (to: string, amount: number): `0x${string}` =>
  `${token.selectors.transfer}${word(to)}${word(amount.toString(16))}`;

/** The call data of as many logs, the first of which names `mark`. */
export const shoutOf = (count: number, mark: string): `0x${string}` =>
  `${token.selectors.shout}${word(count.toString(16))}${word(mark)}`;

/** ERC-20 transfers one after the other, each until its receipt is there. */
export const tokenTransfers: Workload = {
  name: 'token',
  async run(session) {
    const { connection, chainId, sizes } = session;
    const to = await openToken(session);
    const firstNonce = await nonceOf(connection, richAccount.address);
    const call = { to, value: 0n, gas: 100_000n, data: transferOf(`0x${'b0'.repeat(20)}`, 1) };
    const raws = await signTransfers({ chainId, from: richAccount, firstNonce, count: sizes.sequential, ...call });
    const began = performance.now();
    for (const raw of raws) await receiptOf(connection, await sendRaw(connection, raw));
    return [{ metric: SEQUENTIAL, value: (raws.length * 1000) / (performance.now() - began) }];
  },
};
