import {
  type Account,
  type Address,
  type Chain,
  type Client,
  createTestClient,
  type ParseAccount,
  type PublicActions,
  publicActions,
  type TestActions,
  type Transport,
  type WalletActions,
  walletActions,
} from 'viem';
import { minichain } from './chain.ts';
import { type MinichainActions, minichainActions } from './minichainActions.ts';
import { http } from './transports/http.ts';
import { type Eip1193Provider, inProcess } from './transports/inProcess.ts';
import { webSocket } from './transports/webSocket.ts';

/** Where the node is: one of a URL, an EIP-1193 provider, or any viem transport. */
export type Endpoint =
  | { readonly url?: string; readonly provider?: never; readonly transport?: never }
  | { readonly url?: never; readonly provider: Eip1193Provider; readonly transport?: never }
  | { readonly url?: never; readonly provider?: never; readonly transport: Transport };

export type CreateClientParameters<account extends Account | Address | undefined> = Endpoint & {
  /** Who sends when an action does not say: an address that the node signs for, or an account that signs here. */
  readonly account?: account | Account | Address | undefined;
  /** As viem describes chains; default {@link minichain} (31337). */
  readonly chain?: Chain | undefined;
  /** Milliseconds between looks at a node that does not push; default 50. */
  readonly pollingInterval?: number | undefined;
};

/** viem's public, wallet and test actions, and what a dev chain has beyond them. */
export type MinichainClient<account extends Account | undefined = Account | undefined> = Client<
  Transport,
  Chain,
  account,
  undefined,
  { mode: 'anvil' } & TestActions &
    PublicActions<Transport, Chain, account> &
    WalletActions<Chain, account> &
    MinichainActions
>;

function transportOf({ url = 'http://127.0.0.1:8545', provider, transport }: Endpoint): Transport {
  if (transport !== undefined) return transport;
  if (provider !== undefined) return inProcess(provider);
  return /^wss?:/i.test(url) ? webSocket(url) : http(url);
}

/**
 * A typed client for a dev chain.
 * @throws viem's UrlRequiredError for an empty URL.
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:8545' });
 * const { address } = await client.deploy({ abi, bytecode, args: [1n] });
 * await client.setBalance({ address, value: parseEther('1') });
 */
export function createClient<account extends Account | Address | undefined = undefined>(
  parameters: CreateClientParameters<account> = {},
): MinichainClient<ParseAccount<account>> {
  const { account, chain = minichain, pollingInterval = 50 } = parameters;
  const client = createTestClient({
    mode: 'anvil',
    transport: transportOf(parameters),
    chain,
    pollingInterval,
    // A cached block number would be a wrong one: blocks come when they are asked for.
    cacheTime: 0,
    ...(account === undefined ? {} : { account }),
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(minichainActions);
  return client as unknown as MinichainClient<ParseAccount<account>>;
}
