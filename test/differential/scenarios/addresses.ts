import { alice, bob } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { deploy, send, write } from '../send.ts';

/** What Otterscan asks about addresses. */
export async function addressHistory(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  for (let i = 0n; i < 3n; i++) await send(pair, bob, { to: alice.address, value: i });
  await write(pair, alice, lab, 'push', [9n]);
  const nobody = '0x00000000000000000000000000000000000e0001';
  for (const who of [alice.address, bob.address, lab.address, nobody]) {
    for (const nonce of [0, 1, 2, 9]) await pair.ask('ots_getTransactionBySenderAndNonce', [who, nonce]);
    await pair.ask('ots_getContractCreator', [who]);
    for (const number of [0, 2, 3]) {
      for (const size of [1, 2, 25]) {
        await pair.ask('ots_searchTransactionsBefore', [who, number, size]);
        await pair.ask('ots_searchTransactionsAfter', [who, number, size]);
      }
    }
  }
}
