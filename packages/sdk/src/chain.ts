import { type Chain, defineChain } from 'viem';

/**
 * The chain that a node serves unless told otherwise, as viem describes chains.
 * @example createWalletClient({ chain: minichain, transport: http() })
 */
export const minichain: Chain = defineChain({
  id: 31337,
  name: 'minichain',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: { default: { http: ['http://127.0.0.1:8545'], webSocket: ['ws://127.0.0.1:8545'] } },
  testnet: true,
});
