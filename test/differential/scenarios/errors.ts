import { parseGwei } from 'viem';
import { alice, bob } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { deploy, sign } from '../send.ts';

const POOR = '0x00000000000000000000000000000000000e0001';

/** Transactions that are refused. */
export async function refusals(pair: Pair): Promise<void> {
  await deploy(pair, alice, 'Lab', [7n]);
  const raw = async (fields: Record<string, unknown>) =>
    pair.ask('eth_sendRawTransaction', [await sign(pair, alice, { to: bob.address, gas: 21_000n, ...fields })]);
  await raw({ nonce: 0 });
  await raw({ value: 10n ** 30n });
  await raw({ gas: 20_999n });
  await raw({ gas: 40_000_000n });
  await raw({ gas: 20_000_000n });
  await raw({ maxFeePerGas: 1n, maxPriorityFeePerGas: 1n });
  await raw({ chainId: 1 });
  await raw({ to: undefined, data: `0x${'00'.repeat(49_153)}`, gas: 16_000_000n });
  await raw({ type: 'legacy', gasPrice: 1n });
  for (const text of ['0x', '0x02', '0x1234', 'hello', '0xc0', '0x05c0', `0x${'ff'.repeat(40)}`, 12, null]) {
    await pair.ask('eth_sendRawTransaction', [text]);
  }
  await pair.ask('eth_sendRawTransaction', []);
  const from = alice.address;
  const to = bob.address;
  const unlocked = (fields: Record<string, unknown>) =>
    pair.ask('eth_sendTransaction', [{ from, to, gas: '0x5208', ...fields }]);
  await unlocked({ from: POOR });
  await unlocked({ nonce: '0x0' });
  await unlocked({ value: '0xffffffffffffffffffffffffffffff' });
  await unlocked({ gas: '0x5207' });
  await unlocked({ gas: '0x2625a00' });
  await unlocked({ maxFeePerGas: '0x1' });
  await unlocked({ maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x77359401' });
  await unlocked({ chainId: '0x1' });
  await unlocked({ to: 'nobody' });
  await unlocked({ data: '0x123' });
  await pair.ask('eth_sendTransaction', ['hello']);
  await pair.ask('eth_sendTransaction', []);
  await pair.ask('eth_sign', [POOR, '0x1234']);
  await pair.ask('eth_getBalance', [from, 'latest']);
}

/** Replacement, duplicates and gaps, with blocks only on request. */
export async function poolRefusals(pair: Pair): Promise<void> {
  await pair.ask('evm_setAutomine', [false]);
  const to = bob.address;
  const raw = (fields: Record<string, unknown>) => sign(pair, alice, { to, gas: 21_000n, nonce: 0, ...fields });
  const first = await raw({ value: 1n });
  for (const text of [
    first,
    first,
    await raw({ value: 2n }),
    await raw({ value: 3n, maxFeePerGas: parseGwei('101') }),
    await raw({ value: 4n, maxFeePerGas: parseGwei('200'), maxPriorityFeePerGas: parseGwei('2') }),
    await raw({ nonce: 2 }),
    await raw({ nonce: 1, value: 10n ** 30n }),
    await raw({ nonce: 1, maxFeePerGas: parseGwei('1'), maxPriorityFeePerGas: parseGwei('1') }),
  ]) {
    await pair.ask('eth_sendRawTransaction', [text]);
    await pair.ask('txpool_status');
  }
  await pair.ask('evm_mine');
  await pair.ask('txpool_status');
  // Nobody said how much gas, and no gas is enough.
  const reverting = '0x00000000000000000000000000000000000e0003';
  await pair.ask('anvil_setCode', [reverting, '0x5f5ffd']);
  await pair.ask('eth_sendTransaction', [{ from: bob.address, to: reverting }]);
  // A creation without code: geth refuses it.
  await pair.ask('eth_sendTransaction', [{ from: bob.address, gas: '0xcf08' }]);
  await pair.ask('eth_sendTransaction', [{ from: bob.address, to, gas: '0x5208', type: '0x9' }]);
}

/** Parameters that cannot be read. */
export async function badParameters(pair: Pair): Promise<void> {
  const requests: [string, unknown][] = [
    ['eth_getBalance', []],
    ['eth_getBalance', ['0x12', 'latest']],
    ['eth_getBalance', ['hello', 'latest']],
    ['eth_getBalance', [alice.address, 'newest']],
    ['eth_getBalance', [alice.address, '0x']],
    ['eth_getBalance', [alice.address, '0x01']],
    ['eth_getBalance', [alice.address, '12']],
    ['eth_getBalance', [alice.address, 1]],
    ['eth_getBalance', [alice.address, '0x1ffffffffffffffffff']],
    ['eth_getBalance', [alice.address, 'latest', 'more']],
    ['eth_getBalance', { address: alice.address }],
    ['eth_getBalance', [alice.address.toLowerCase().replace('f39f', 'F39F'), 'latest']],
    ['eth_getBlockByNumber', []],
    ['eth_getBlockByNumber', ['latest']],
    ['eth_getBlockByNumber', ['latest', 'yes']],
    ['eth_getBlockByHash', ['0x12', false]],
    ['eth_getTransactionByHash', ['0x12']],
    ['eth_getTransactionByHash', [alice.address]],
    ['eth_getTransactionReceipt', []],
    ['eth_getStorageAt', [alice.address, 'x', 'latest']],
    ['eth_getStorageAt', [alice.address, `0x${'1'.repeat(65)}`, 'latest']],
    ['eth_call', []],
    ['eth_call', ['0x', 'latest']],
    ['eth_call', [{ to: '0x1' }, 'latest']],
    ['eth_call', [{ to: alice.address, data: '0x1' }, 'latest']],
    ['eth_call', [{ to: alice.address, value: 'lots' }, 'latest']],
    ['eth_call', [{ to: alice.address, gas: '-1' }, 'latest']],
    ['eth_call', [{ to: alice.address, unknown: true }, 'latest']],
    ['eth_call', [{ to: alice.address }, { blockHash: '0x1' }]],
    ['eth_feeHistory', ['many', 'latest', []]],
    ['eth_feeHistory', ['0x1', 'latest', ['a']]],
    ['eth_getLogs', []],
    ['eth_getLogs', [{ address: '0x1' }]],
    ['eth_getLogs', [{ topics: ['0x1'] }]],
    ['eth_getLogs', [{ fromBlock: 'yesterday' }]],
    ['eth_getFilterChanges', []],
    ['eth_getProof', [alice.address, ['x'], 'latest']],
    ['eth_chainId', [1]],
    ['eth_chainId', {}],
    ['eth_doesNotExist', []],
    ['web3_sha3', ['0x1']],
    ['evm_revert', []],
    ['evm_increaseTime', ['soon']],
    ['anvil_setBalance', [alice.address]],
    ['anvil_setBalance', [alice.address, 'lots']],
    ['anvil_setNonce', ['0x1', '0x1']],
    ['anvil_setStorageAt', [alice.address, '0x0', '0x1']],
    ['anvil_setCode', [alice.address, 'code']],
    ['debug_traceTransaction', ['0x12']],
    ['eth_subscribe', ['newHeads']],
  ];
  for (const [method, params] of requests) await pair.ask(method, params as unknown[]);
}
