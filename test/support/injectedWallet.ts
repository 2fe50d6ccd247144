/** What the injected wallet knows when the page opens. */
interface WalletSettings {
  /** Chains it can switch to, by hex chain id; the first is the one it is on. */
  readonly chains: Record<string, string>;
  /** Sent with every request, as a wallet sends what a provider's URL needs; makes browsers ask by preflight. */
  readonly authorization: string;
  /** Whether it announces itself by EIP-6963. */
  readonly announces: boolean;
}

/** The page sees this as `window.wallet`; everything the wallet was asked. */
export interface WalletRecord {
  readonly asked: { readonly method: string; readonly params: readonly unknown[] }[];
}

/** Runs in the page: it must not use anything from outside. */
function install({ chains, authorization, announces }: WalletSettings): void {
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const emit = (event: string, value: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(value);
  };
  const failure = (code: number, message: string, data?: unknown) => Object.assign(new Error(message), { code, data });
  const record: WalletRecord = { asked: [] };
  const state = { chainId: Object.keys(chains)[0] as string, isConnected: false };

  const post = async (url: string, method: string, params: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { error, result } = await response.json();
    if (error !== undefined) throw failure(error.code, error.message, error.data);
    return result;
  };
  const bridge = (method: string, params: readonly unknown[] = []) =>
    post(chains[state.chainId] as string, method, params);

  const accounts = () => (state.isConnected ? bridge('eth_accounts') : Promise.resolve([]));
  const permissions = () => (state.isConnected ? [{ parentCapability: 'eth_accounts' }] : []);
  const own: Record<string, (...params: never[]) => unknown> = {
    eth_chainId: () => state.chainId,
    eth_accounts: accounts,
    eth_requestAccounts: async () => {
      state.isConnected = true;
      const list = await accounts();
      emit('accountsChanged', list);
      return list;
    },
    // As MetaMask does: an endpoint that does not answer with the chain id it is added for is refused.
    wallet_addEthereumChain: async ({ chainId, rpcUrls }: { chainId: string; rpcUrls: string[] }) => {
      const url = rpcUrls[0] as string;
      const answered = await post(url, 'eth_chainId', []);
      if (answered !== chainId) throw failure(-32602, `Chain ID returned by RPC URL ${url} does not match ${chainId}`);
      chains[chainId] = url;
      return null;
    },
    wallet_switchEthereumChain: ({ chainId }: { chainId: string }) => {
      if (!(chainId in chains)) throw failure(4902, `Unrecognized chain ID "${chainId}"`);
      state.chainId = chainId;
      emit('chainChanged', chainId);
      return null;
    },
    wallet_getPermissions: permissions,
    wallet_requestPermissions: () => {
      state.isConnected = true;
      return permissions();
    },
    wallet_revokePermissions: () => {
      state.isConnected = false;
      emit('accountsChanged', []);
      return null;
    },
    wallet_watchAsset: () => true,
    // Wallets recover by themselves; this one lets the node hash, and its precompile recover.
    personal_ecRecover: async (message: string, signature: string) => {
      const prefix = `\x19Ethereum Signed Message:\n${(message.length - 2) / 2}`;
      const bytes = [...prefix].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
      const digest = (await bridge('web3_sha3', [`0x${bytes}${message.slice(2)}`])) as string;
      const [rs, v] = [signature.slice(2, 130), signature.slice(130)];
      const call = { to: `0x${'1'.padStart(40, '0')}`, data: digest + v.padStart(64, '0') + rs };
      return `0x${String(await bridge('eth_call', [call, 'latest'])).slice(26)}`;
    },
  };
  const provider = {
    isMetaMask: true,
    request: async ({ method, params = [] }: { method: string; params?: readonly never[] }) => {
      record.asked.push({ method, params });
      const handler = own[method];
      return handler === undefined ? bridge(method, params) : handler(...params);
    },
    on: (event: string, listener: (value: unknown) => void) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    removeListener: (event: string, listener: (value: unknown) => void) => listeners.get(event)?.delete(listener),
  };
  Object.assign(window, { ethereum: provider, wallet: record });
  if (!announces) return;
  const announce = () => {
    const info = {
      uuid: '350670db-19fa-4704-a166-e52e178b59d2',
      name: 'Bridge Wallet',
      icon: 'data:,',
      rdns: 'example.bridge',
    };
    const detail = Object.freeze({ info, provider });
    window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  };
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
}

/**
 * A script that gives a page an EIP-1193 wallet in `window.ethereum`, which forwards to a node by `fetch` what it does
 * not answer itself: what a page asks crosses CORS as it would with a real web wallet.
 * @example await page.addInitScript(injectedWallet({ chains: { '0x7a69': node.url } }))
 */
export function injectedWallet(settings: Partial<WalletSettings> & Pick<WalletSettings, 'chains'>): string {
  const all: WalletSettings = { authorization: 'Bearer of-nothing', announces: true, ...settings };
  return `(${install.toString()})(${JSON.stringify(all)})`;
}
