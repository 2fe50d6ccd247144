import { privateKeyToAccount } from 'viem/accounts';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';

export type Dev = ReturnType<typeof privateKeyToAccount>;

/** The first of the accounts whose keys both nodes hold. */
export const [alice, bob, carol] = DEV_ACCOUNTS.map(({ privateKey }) => privateKeyToAccount(privateKey)) as [
  Dev,
  Dev,
  Dev,
];
