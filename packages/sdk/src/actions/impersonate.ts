import type { Address, Client } from 'viem';
import { rawRequest } from '../rawRequest.ts';

export interface ImpersonateParameters {
  readonly address: Address;
  /** Wei to give it first, so that it can pay for gas. Default: what it has. */
  readonly balance?: bigint | undefined;
}

/**
 * Lets the node send for any address, contracts included, while something runs.
 * @throws what `run` throws.
 * @example
 * await client.impersonate({ address: whale, balance: parseEther('1') }, (account) =>
 *   client.write({ account, abi, address: token, functionName: 'transfer', args: [me, 5n] }))
 */
export async function impersonate<result>(
  client: Client,
  { address, balance }: ImpersonateParameters,
  run: (account: Address) => Promise<result> | result,
): Promise<result> {
  const known = (await rawRequest(client, 'eth_accounts')) as readonly string[];
  const already = known.includes(address.toLowerCase());
  if (balance !== undefined) {
    await rawRequest(client, 'anvil_setBalance', [address, `0x${balance.toString(16)}`]);
  }
  if (!already) await rawRequest(client, 'anvil_impersonateAccount', [address]);
  try {
    return await run(address);
  } finally {
    if (!already) await rawRequest(client, 'anvil_stopImpersonatingAccount', [address]);
  }
}
