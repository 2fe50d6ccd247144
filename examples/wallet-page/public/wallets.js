/**
 * Tells of every wallet that the browser has: those that announce themselves (EIP-6963), and the one that sits in
 * `window.ethereum` if it has not.
 * @param {(wallet: { name: string, provider: object }) => void} found
 */
export function discoverWallets(found) {
  const known = new Set();
  const tell = (name, provider) => {
    if (known.has(provider)) return;
    known.add(provider);
    found({ name, provider });
  };
  window.addEventListener('eip6963:announceProvider', ({ detail }) => tell(detail.info.name, detail.provider));
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  const legacy = () => {
    if (window.ethereum !== undefined) tell('window.ethereum', window.ethereum);
  };
  // Wallets that announce themselves do so at once; others may still be on their way.
  setTimeout(legacy, 100);
  window.addEventListener('ethereum#initialized', legacy, { once: true });
}

/**
 * Switches the wallet to a network, adding it (EIP-3085) if the wallet does not know it (EIP-3326).
 * @param {object} network the parameters of `wallet_addEthereumChain`
 */
export async function switchTo(provider, network) {
  const change = () =>
    provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: network.chainId }] });
  try {
    await change();
  } catch (error) {
    // Unknown is 4902 by the standard, but wallets differ; a "no" of the user is 4001 in all of them.
    if (error.code === 4001) throw error;
    await provider.request({ method: 'wallet_addEthereumChain', params: [network] });
    await change();
  }
}

/** What a failed request says: the reason of a revert where there is one, however deep the wallet has put it. */
export function reasonOf(error) {
  if (error?.code === 4001) return 'declined in the wallet';
  for (
    let inner = error;
    inner !== undefined && inner !== null;
    inner = inner.data ?? inner.originalError ?? inner.cause
  ) {
    if (typeof inner === 'string') return decodeError(inner) ?? error.message;
  }
  return error?.message ?? String(error);
}

/** The text of Solidity's `Error(string)`: selector, offset, length, bytes. */
function decodeError(hex) {
  if (!hex.startsWith('0x08c379a0')) return undefined;
  const bytes = Uint8Array.from(hex.slice(10).match(/../g), (pair) => Number.parseInt(pair, 16));
  const length = new DataView(bytes.buffer).getUint32(60);
  return `reverted: ${new TextDecoder().decode(bytes.subarray(64, 64 + length))}`;
}
