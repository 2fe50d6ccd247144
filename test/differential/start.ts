import { type RunningNode, startAnvil, startMinichain } from '../support/nodeProcess.ts';
import type { Ledger } from './ledger.ts';
import type { Side } from './names.ts';
import { Pair } from './pair.ts';

/** What both are started with. Anvil's header of block 0 claims an empty state, so the genesis is made to be empty. */
const EQUAL = [
  ...['--timestamp', '1800000000', '--chain-id', '31337', '--hardfork', 'osaka', '--gas-limit', '30000000'],
  ...['--block-base-fee-per-gas', '1000000000', '--accounts', '10', '--balance', '0'],
  '--disable-default-create2-deployer',
];
const OWN: Readonly<Record<Side, readonly string[]>> = {
  anvil: ['--enable-tx-gas-limit', '--steps-tracing'],
  minichain: ['--no-system-contracts'],
};
const HISTORY_CONTRACT = '0x0000f90827f1c53a10cb7a02335b175320002935';
const BALANCE = `0x${(10_000n * 10n ** 18n).toString(16)}`;

/** Starts both with the arguments given and does nothing to them. */
export async function startBoth(ledger: Ledger, args: Readonly<Record<Side, readonly string[]>>): Promise<Pair> {
  const [anvil, minichain] = await Promise.allSettled([startAnvil(args.anvil), startMinichain(args.minichain)]);
  if (anvil.status === 'fulfilled' && minichain.status === 'fulfilled') {
    return new Pair({ anvil: anvil.value, minichain: minichain.value }, ledger);
  }
  const started = [anvil, minichain].filter((one): one is PromiseFulfilledResult<RunningNode> => 'value' in one);
  await Promise.all(started.map(({ value }) => value.close()));
  throw [anvil, minichain].find((one) => one.status === 'rejected')?.reason;
}

/** Makes two empty chains equal to the last hash: funded dev accounts, a second between blocks, one block mined. */
export async function prepare(pair: Pair): Promise<void> {
  // The one system contract that Anvil has, with its nonce of 0.
  const code = await pair.nodes.anvil.rpc.call('eth_getCode', [HISTORY_CONTRACT, 'latest']);
  await pair.nodes.minichain.rpc.call('anvil_setCode', [HISTORY_CONTRACT, code]);
  for (const account of await pair.result<string[]>('eth_accounts')) {
    await pair.askBoth('anvil_setBalance', [account, BALANCE]);
  }
  await pair.askBoth('anvil_setBlockTimestampInterval', [1]);
  // Anvil gives its first block the genesis base fee once more; EIP-1559 would lower it.
  await pair.askBoth('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00']);
  await pair.askBoth('anvil_mine', []);
  await pair.settle('the start');
}

/**
 * Two chains that are equal to the last hash; see `prepare`.
 * @example const pair = await startPair(ledger); await pair.ask('eth_gasPrice')
 */
export async function startPair(ledger: Ledger): Promise<Pair> {
  const args = (side: Side) => [...EQUAL, ...OWN[side]];
  const pair = await startBoth(ledger, { anvil: args('anvil'), minichain: args('minichain') });
  try {
    await prepare(pair);
    return pair;
  } catch (error) {
    await pair.close();
    throw error;
  }
}

/** Two nodes with their own defaults, at one time and under one hardfork. */
export function startDefaults(ledger: Ledger): Promise<Pair> {
  const args = ['--timestamp', '1800000000', '--hardfork', 'osaka'];
  return startBoth(ledger, { anvil: args, minichain: args });
}
