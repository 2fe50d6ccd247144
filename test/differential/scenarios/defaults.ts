import { alice, bob } from '../accounts.ts';
import type { Pair } from '../pair.ts';

const CONTRACTS = [
  '0x4e59b44847b379578588920ca78fbf26c0b4956c',
  '0x000f3df6d732807ef1319fb7b8bb8522d0beac02',
  '0x0000f90827f1c53a10cb7a02335b175320002935',
  '0x00000961ef480eb55e80d19ad83579a64c007002',
  '0x0000bbddc7ce488642fb579f8b00f3a590007251',
];

/** What a node is like that was told nothing but its time and hardfork. */
export async function defaults(pair: Pair): Promise<void> {
  for (const method of ['eth_accounts', 'eth_chainId', 'eth_gasPrice', 'eth_blockNumber', 'anvil_getAutomine']) {
    await pair.ask(method);
  }
  await pair.ask('eth_getBlockByNumber', ['0x0', true]);
  await pair.ask('eth_getBalance', [alice.address, 'latest']);
  for (const contract of CONTRACTS) {
    await pair.ask('eth_getCode', [contract, 'latest']);
    await pair.ask('eth_getTransactionCount', [contract, 'latest']);
  }
  const { anvil, minichain } = await pair.askBoth('eth_feeHistory', ['0x1', 'latest', []]);
  pair.compare('eth_feeHistory', ['of genesis'], { anvil, minichain });
  await pair.askBoth('evm_setNextBlockTimestamp', [1_800_000_010]);
  await pair.askBoth('anvil_mine', []);
  await pair.ask('eth_getBlockByNumber', ['0x1', true]);
  await pair.ask('eth_estimateGas', [{ from: alice.address, to: bob.address, value: '0x1' }]);
}
