import { alice, bob, carol } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { contract, deploy, encode, send, write } from '../send.ts';
import { compareTouchedState } from '../touchedState.ts';

const NOBODY = '0x00000000000000000000000000000000000e0001';
const word = (value: number | bigint) => `0x${value.toString(16).padStart(64, '0')}` as const;

/** What transactions do: state root, gas, logs, bloom, addresses. All of it stands in the blocks that are compared. */
export async function effects(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [7n], { value: 100n });
  const child = await deploy(pair, bob, 'Child', [1n], { value: 9n });
  const steps: [string, unknown[]][] = [
    ['set', [8n]],
    ['set', [8n]],
    ['fill', [0n, 8n, 5n]],
    ['fill', [4n, 8n, 6n]],
    ['push', [1n]],
    ['push', [2n]],
    ['logAll', [`0x${'cd'.repeat(100)}`]],
    ['logEnvironment', []],
    ['make', [3n]],
    ['makeAt', [word(1), 3n]],
    ['touchChild', [child.address, 12n]],
    ['catchChild', [child.address, 13n]],
    ['nest', [10n]],
    ['delegate', [lab.address, encode('set', [77n])]],
    ['delegate', [lab.address, encode('fail', [0n])]],
    ['forward', [NOBODY, 5n]],
    ['forward', [child.address, 5n]],
    ['forward', [carol.address, 500n]],
    ['transientWord', [6n]],
    ['transientWord', [7n]],
  ];
  for (const [name, args] of steps) await write(pair, alice, lab, name, args);
  const destroy = encode('destroy', [carol.address], 'Child');
  await send(pair, alice, { to: child.address, data: destroy });
  await pair.ask('eth_getCode', [child.address, 'latest']);
  await pair.ask('eth_getBalance', [child.address, 'latest']);
  await send(pair, alice, { to: lab.address, data: encode('make', [4n]), value: 12n });
  await send(pair, alice, { to: lab.address, value: 0n });
  // The coinbase's share goes to somebody from here on.
  await pair.ask('anvil_setCoinbase', [NOBODY]);
  await send(pair, alice, { to: bob.address, value: 1n });
  await pair.ask('eth_getBalance', [NOBODY, 'latest']);
  await write(pair, alice, lab, 'logEnvironment');
  await pair.ask('eth_getProof', [lab.address, [word(0), word(2), word(3)], 'latest']);
  await compareTouchedState(pair);
}

/** Slots and accounts that come to nothing, where Anvil's tries keep them. What can be read of them has to agree. */
export async function erasures(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [7n], { value: 100n });
  await write(pair, alice, lab, 'set', [0n]);
  await write(pair, alice, lab, 'fill', [0n, 8n, 5n]);
  await write(pair, alice, lab, 'fill', [0n, 6n, 0n]);
  await write(pair, alice, lab, 'makeAt', [word(1), 3n]);
  await write(pair, alice, lab, 'makeAt', [word(1), 3n]);
  await write(pair, alice, lab, 'makeAndDestroy', [NOBODY]);
  await write(pair, alice, lab, 'precompiles', ['0xabcd']);
  await write(pair, alice, lab, 'logConsole', [1n]);
  await send(pair, alice, { to: lab.address, data: encode('makeAndDestroy', [carol.address]), value: 11n });
  await send(pair, alice, { to: NOBODY, value: 0n });
  await write(pair, alice, lab, 'logEnvironment');
  for (const name of ['Unwilling', 'Child']) await deploy(pair, alice, name, name === 'Child' ? [0n] : []);
  for (const data of ['0xfe', '0x60ef5f5360015ff3', '0x6160015ff3', '0x00', '0x5f5ff3']) {
    await send(pair, alice, { data, gas: 6_000_000n });
  }
  // With an account of the node's, too: given the gas, what reverts is mined.
  const unlocked = { from: alice.address, gas: '0x30d40', maxFeePerGas: '0x218711a00', maxPriorityFeePerGas: '0x1' };
  await pair.ask('eth_sendTransaction', [{ ...unlocked, to: lab.address, data: encode('fail', [0n]) }]);
  await pair.ask('eth_sendTransaction', [{ ...unlocked, data: contract('Unwilling').bytecode }]);
  await pair.ask('eth_getTransactionCount', [NOBODY, 'latest']);
  await compareTouchedState(pair);
}

/** How the base fee follows full, half-full and empty blocks. */
export async function fees(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [7n]);
  for (const rounds of [0n, 400n, 1_200n, 1_200n]) {
    if (rounds === 0n) await pair.ask('evm_mine');
    else await send(pair, alice, { to: lab.address, data: encode('burn', [rounds]), gas: 16_000_000n });
    await pair.ask('eth_gasPrice');
    await pair.ask('eth_feeHistory', ['0x1', 'latest', []]);
  }
  for (const [count, newest, percentiles] of [
    ['0x3', 'latest', [0, 50, 100]],
    ['0x64', 'latest', [25, 75]],
    [4, 'latest', [1.5]],
    ['0x2', '0x3', [10]],
    ['0x1', 'earliest', [10]],
    ['0x0', 'latest', []],
    ['0x2', 'pending', [10]],
    ['0x1', '0xffff', [10]],
    ['0x1', 'latest', [101]],
    ['0x1', 'latest', [50, 10]],
  ]) {
    await pair.ask('eth_feeHistory', [count, newest, percentiles]);
  }
  await pair.ask('eth_feeHistory', ['0x2', 'latest']);
  await pair.ask('anvil_setNextBlockBaseFeePerGas', ['0x2540be400']);
  await pair.ask('eth_gasPrice');
  await send(pair, alice, { to: bob.address, value: 1n });
  await pair.ask('hardhat_setNextBlockBaseFeePerGas', ['0x7']);
  await pair.ask('evm_mine');
  await pair.ask('evm_mine');
  await pair.ask('anvil_setNextBlockBaseFeePerGas', ['0x0']);
  await pair.ask('evm_mine');
  await pair.ask('evm_mine');
  await pair.ask('eth_gasPrice');
  await pair.ask('eth_maxPriorityFeePerGas');
  await pair.ask('anvil_setMinGasPrice', ['0x1']);
  await pair.ask('hardhat_setMinGasPrice', ['0x1']);
}
