import { createNode } from '@minichain/node';
import { expect, it } from 'vitest';
import { devAccount } from './wallet.ts';

it.each([
  ['the defaults', {}],
  [
    'mnemonic and derivation path',
    {
      mnemonic: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
      derivationPath: "m/44'/60'/1'/0",
    },
  ],
])('derives the accounts that a node starts with from %s', async (_, options) => {
  const node = await createNode({ server: false, chain: { accounts: { ...options, count: 3 } } });
  const derived = [0, 1, 2].map((index) => devAccount(index, options).address.toLowerCase());
  expect(derived).toEqual(node.accounts.map(({ address }) => address));
  await node.close();
});

it('refuses words that are no mnemonic', () => {
  expect(() => devAccount(0, { mnemonic: 'one two three' })).toThrow(/mnemonic/i);
});
