import {
  createClient,
  DroppedError,
  devAccount,
  type Endpoint,
  type MinichainClient,
  NotMinedError,
  RevertedError,
} from '@minichain/sdk';
import { type Account, type Address, BaseError, getAddress, isAddress, isHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { deployError } from './deployFaults.ts';
import { type EvmVersion, evmVersionFromHardfork } from './evmVersion.ts';

/** A node, reached through its public RPC. */
export interface NodeConnection {
  /** For messages. */
  readonly url: string;
  readonly client: MinichainClient;
  readonly chainId: number;
  /** The newest EVM that the node runs; undefined where it does not say. */
  readonly newestEvm: EvmVersion | undefined;
}

/** A node to deploy to, and who sends. */
export interface Deployer extends NodeConnection {
  readonly account: Account | Address;
  /** The sender's address, in checksum case. */
  readonly address: Address;
}

export type DeployerOptions = Endpoint & {
  /** Who sends: an address that the node signs for, or an account that signs here. Default: the node's first account. */
  readonly account?: Account | Address | undefined;
};

/**
 * An account that the node signs for.
 * @throws DeployError ACCOUNT_INVALID
 */
export function accountFromAddress(address: string): Address {
  if (isAddress(address)) return address;
  const detail = `the sender must be an address (with a right checksum, if in mixed case), got "${address}"`;
  throw deployError({ code: 'ACCOUNT_INVALID', detail });
}

/**
 * An account that signs here.
 * @example accountFromKey('0xac09…ff80')
 * @throws DeployError ACCOUNT_INVALID
 */
export function accountFromKey(key: string): Account {
  if (!isHex(key) || key.length !== 66) {
    throw deployError({ code: 'ACCOUNT_INVALID', detail: 'the private key must be 0x and 64 hex digits' });
  }
  try {
    return privateKeyToAccount(key);
  } catch (error) {
    throw deployError({ code: 'ACCOUNT_INVALID', detail: 'the private key is not one of secp256k1' }, { cause: error });
  }
}

/**
 * An account that signs here, derived as the node derives its own.
 * @example accountFromMnemonic('test test … junk', 1)
 * @throws DeployError ACCOUNT_INVALID
 */
export function accountFromMnemonic(mnemonic: string, index = 0): Account {
  try {
    return devAccount(index, { mnemonic });
  } catch (error) {
    throw deployError({ code: 'ACCOUNT_INVALID', detail: 'the mnemonic is not one of BIP-39' }, { cause: error });
  }
}

/** Errors of viem's transports that say that no answer came. */
const NO_ANSWER = new Set(['HttpRequestError', 'TimeoutError', 'WebSocketRequestError', 'SocketClosedError']);
/** What the system says of a connection that does not come about. WebSockets have it in the message alone. */
const SYSTEM_CODE = /\b(?:ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|E(?:HOST|NET)UNREACH|ETIMEDOUT|EPIPE|UND_ERR_[A-Z_]+)\b/;

interface Link {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly status?: unknown;
}

/** An error and its causes, outermost first. */
function* linksOf(error: unknown): Generator<Link> {
  for (let link = error; typeof link === 'object' && link !== null; link = (link as { cause?: unknown }).cause)
    yield link;
}

function nodeErrorFrom(error: BaseError, url: string): unknown {
  const links = [...linksOf(error)];
  const transport = links.find(({ name }) => NO_ANSWER.has(String(name)));
  const system = links.map(({ code, message }) => SYSTEM_CODE.exec(`${code} ${message}`)?.[0]).find(Boolean);
  if (transport === undefined && system === undefined) {
    return deployError({ code: 'NODE_REFUSED', url, detail: error.details || error.shortMessage }, { cause: error });
  }
  const isForeign = typeof transport?.status === 'number';
  const heard = isForeign ? `HTTP ${transport.status}, and no JSON-RPC` : error.details || error.shortMessage;
  return deployError({ code: 'NODE_UNREACHABLE', url, detail: system ?? heard }, { cause: error });
}

/** What a client threw, as a fault of this package; an error that is not about the node is given back as it is. */
export function deployErrorFrom(error: unknown, url: string, contract = ''): unknown {
  if (error instanceof RevertedError) {
    const { reason, receipt } = error;
    const transactionHash = receipt?.transactionHash;
    return deployError({ code: 'DEPLOYMENT_REVERTED', contract, reason, transactionHash }, { cause: error });
  }
  if (error instanceof DroppedError || error instanceof NotMinedError) {
    return deployError({ code: 'TRANSACTION_LOST', contract, detail: error.message }, { cause: error });
  }
  return error instanceof BaseError ? nodeErrorFrom(error, url) : error;
}

/** Runs requests so that what goes wrong names the node. @throws DeployError NODE_UNREACHABLE, NODE_REFUSED */
export async function withNode<T>(url: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw deployErrorFrom(error, url);
  }
}

/** A dev chain says which hardfork it runs; other nodes do not have the method. */
async function newestEvmOf(client: MinichainClient): Promise<EvmVersion | undefined> {
  try {
    const info = (await client.request({ method: 'anvil_nodeInfo' } as never)) as { hardFork?: unknown } | null;
    return typeof info?.hardFork === 'string' ? evmVersionFromHardfork(info.hardFork) : undefined;
  } catch {
    return undefined;
  }
}

/** An open WebSocket would keep the process alive after an error that nobody can close it for. */
async function closedOnFailure<T>(client: MinichainClient, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    await client.close();
    throw error;
  }
}

/**
 * Connects to a node. Over WebSocket it is to be closed: `client.close()`.
 * @example const { chainId } = await connectNode({ url: 'http://127.0.0.1:8545' })
 * @throws DeployError NODE_UNREACHABLE, NODE_REFUSED
 */
export async function connectNode(endpoint: Endpoint = {}): Promise<NodeConnection> {
  const url = endpoint.url ?? (endpoint.provider === undefined ? 'http://127.0.0.1:8545' : 'the provider');
  const client = createClient(endpoint) as MinichainClient;
  return closedOnFailure(client, async () => {
    const chainId = await withNode(url, () => client.getChainId());
    return { url, client, chainId, newestEvm: await newestEvmOf(client) };
  });
}

/**
 * Connects to a node in order to deploy.
 * @example const deployer = await createDeployer({ url: 'http://127.0.0.1:8545' })
 * @throws DeployError NODE_UNREACHABLE, NODE_REFUSED, NO_ACCOUNT
 */
export async function createDeployer(options: DeployerOptions = {}): Promise<Deployer> {
  const { account, ...endpoint } = options;
  const node = await connectNode(endpoint as Endpoint);
  return closedOnFailure(node.client, async () => {
    const sender = account ?? (await withNode(node.url, () => node.client.getAddresses()))[0];
    if (sender === undefined) throw deployError({ code: 'NO_ACCOUNT', url: node.url });
    return { ...node, account: sender, address: getAddress(typeof sender === 'string' ? sender : sender.address) };
  });
}
