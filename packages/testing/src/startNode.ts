import type { MinichainNode, NodeOptions } from '@minichain/node';
import { createNode } from '@minichain/node/bundled';
import { createClient, type MinichainClient, minichain } from '@minichain/sdk';
import type { Address, JsonRpcAccount } from 'viem';

export interface StartNodeOptions<Port extends number | false = number | false> extends Omit<NodeOptions, 'server'> {
  /** Default 0: one that the system chooses. False: none at all, the client talks to the node inside this process. */
  readonly port?: Port;
}

/** A node with a client that sends from its first account. */
export interface TestNode<Url extends string | undefined = string | undefined> extends MinichainNode {
  /** `http://127.0.0.1:…`; undefined without a port. */
  readonly url: Url;
  /** `ws://127.0.0.1:…`; undefined without a port. */
  readonly wsUrl: Url;
  readonly client: MinichainClient<JsonRpcAccount>;
}

/**
 * Starts a node for tests, in this process.
 * @throws as `createNode`.
 * @example
 * const node = await startNode(); // node.url, node.client; startNode({ port: false }) opens no port
 * after(() => node.close());
 */
export async function startNode<const Port extends number | false = number>(
  options: StartNodeOptions<Port> = {},
): Promise<TestNode<Port extends false ? undefined : string>> {
  const { port = 0, ...rest } = options;
  const node = await createNode({ ...rest, server: port === false ? false : { port } });
  const { url } = node.server ?? {};
  const http = url ?? 'in-process';
  const client = createClient({
    ...(url === undefined ? { provider: node.provider } : { url }),
    account: node.accounts[0]?.address as Address,
    chain: { ...minichain, id: Number(node.chain.chainId()), rpcUrls: { default: { http: [http] } } },
  });
  return { ...node, client, url, wsUrl: url?.replace(/^http/, 'ws') } as TestNode<
    Port extends false ? undefined : string
  >;
}
