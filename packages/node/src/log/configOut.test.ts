import { expect, it } from 'vitest';
import { createNode } from '../createNode.ts';
import { configOut } from './configOut.ts';

it("has Anvil's keys and what a client needs besides", async () => {
  const node = await createNode({ chain: { timestamp: 5n, accounts: { count: 1 } } });
  const { port, url } = node.server ?? {};
  expect(configOut(node)).toEqual({
    available_accounts: ['0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'],
    private_keys: ['0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'],
    wallet: {
      derivation_path: "m/44'/60'/0'/0/",
      mnemonic: 'test test test test test test test test test test test junk',
    },
    base_fee: '1000000000',
    gas_price: '1875000000',
    gas_limit: '30000000',
    genesis_timestamp: '5',
    chain_id: 31337,
    hardfork: 'bpo2',
    host: '127.0.0.1',
    port,
    url,
  });
  await node.close();
});
