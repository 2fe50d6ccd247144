import { type Hex, parseGwei } from 'viem';
import { alice, bob } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { contract, deploy, encode, send, write } from '../send.ts';

const NOBODY = '0x00000000000000000000000000000000000e0001';
const word = (value: number | bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;
const METHODS = ['eth_call', 'eth_estimateGas', 'eth_createAccessList'];

/** Bytecode that no compiler makes: a bad jump, an empty stack, an endless loop, a static write. */
const ODD_CODE = { badJump: '0x600056', underflow: '0x50', endless: '0x5b600056', opcode: '0x0c' };

async function requests(pair: Pair, fields: Record<string, unknown>, extra: readonly unknown[] = []): Promise<void> {
  for (const method of METHODS) await pair.ask(method, [fields, 'latest', ...extra]);
}

/** Code that runs without a transaction. */
export async function calls(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [7n], { value: 100n });
  const child = await deploy(pair, alice, 'Child', [1n]);
  const from = alice.address;
  const to = lab.address;
  await write(pair, alice, lab, 'fill', [0n, 4n, 1n]);
  const data = [
    encode('number'),
    encode('text'),
    encode('environment'),
    encode('set', [8n]),
    encode('set', [7n]),
    encode('fill', [0n, 6n, 0n]),
    encode('fill', [0n, 6n, 9n]),
    encode('nest', [4n]),
    encode('precompiles', ['0x1234']),
    encode('transientWord', [5n]),
    encode('make', [3n]),
    encode('makeAt', [word(1), 3n]),
    encode('touchChild', [child.address, 4n]),
    encode('catchChild', [child.address, 4n]),
    encode('delegate', [to, encode('set', [1n])]),
    encode('logConsole', [5n]),
    encode('burn', [30n]),
    encode('makeAndDestroy', [NOBODY]),
  ];
  for (const input of data) {
    await requests(pair, { from, to, data: input });
    await requests(pair, { to, data: input });
  }
  await requests(pair, { from, to: bob.address, value: '0x1' });
  await requests(pair, { from, to: NOBODY, value: '0x1' });
  await requests(pair, { from, to, value: '0x5' });
  await requests(pair, { from, data: contract('Child').bytecode + word(3).slice(2) });
  await requests(pair, { from, to, input: encode('number') });
  await requests(pair, { from, to, data: encode('number'), gas: '0x30d40' });
  await requests(pair, { from, to, data: encode('number'), gasPrice: '0x77359400' });
  await requests(pair, { from, to, data: encode('number'), maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1' });
  await pair.ask('eth_call', [{ to, data: encode('number') }]);
  await pair.ask('eth_estimateGas', [{ from, to, data: encode('set', [9n]) }]);
  for (const block of ['0x1', '0x2', 'earliest', 'pending', 'safe', '0xffff', { blockNumber: '0x2' }]) {
    await pair.ask('eth_call', [{ to, data: encode('number') }, block]);
    await pair.ask('eth_call', [{ to, data: encode('environment') }, block]);
    await pair.ask('eth_estimateGas', [{ from, to, data: encode('set', [1n]) }, block]);
  }
  await precompiles(pair);
}

/** Precompiles called directly, with and without input. */
async function precompiles(pair: Pair): Promise<void> {
  for (let number = 1; number <= 0x12; number += 1) {
    const to = `0x${number.toString(16).padStart(40, '0')}`;
    await pair.ask('eth_call', [{ to, data: `0x${'01'.repeat(64)}` }, 'latest']);
    await pair.ask('eth_call', [{ to, data: '0x' }, 'latest']);
  }
  await pair.ask('eth_call', [{ to: `0x${'100'.padStart(40, '0')}`, data: `0x${'01'.repeat(160)}` }, 'latest']);
}

/** State and block overrides. */
export async function overrides(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [7n]);
  const { address: to } = lab;
  const number = { to, data: encode('number') };
  const environment = { to, data: encode('environment') };
  const send5 = { from: NOBODY, to, value: '0x5', data: encode('set', [9n]) };
  const states = [
    { [to]: { stateDiff: { [word(0)]: word(55) } } },
    { [to]: { state: { [word(1)]: word(56) } } },
    { [to]: { state: {} } },
    { [to]: { code: '0x60425f5260205ff3' } },
    { [to]: { balance: '0x1234', nonce: '0x7' } },
    { [NOBODY]: { balance: '0xde0b6b3a7640000' } },
    { [NOBODY]: { code: '0x60425f5260205ff3' } },
  ];
  for (const state of states) {
    await pair.ask('eth_call', [number, 'latest', state]);
    await pair.ask('eth_call', [send5, 'latest', state]);
    await pair.ask('eth_estimateGas', [send5, 'latest', state]);
  }
  const blocks = [
    { number: '0x64' },
    { time: '0x6b49d300' },
    { gasLimit: '0xf4240' },
    { baseFee: '0x7' },
    { feeRecipient: NOBODY },
    { coinbase: NOBODY },
    { random: word(3) },
    { number: '0x64', time: '0x6b49d300', gasLimit: '0xf4240', baseFee: '0x7' },
  ];
  for (const block of blocks) await pair.ask('eth_call', [environment, 'latest', null, block]);
  await pair.ask('eth_call', [number, 'latest', { [to]: { state: {}, stateDiff: {} } }]);
  await pair.ask('eth_simulateV1', [{ blockStateCalls: [{ calls: [number] }] }, 'latest']);
}

/** Every way in which a call can fail. */
export async function failures(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [7n]);
  const { address: to } = lab;
  const from = alice.address;
  for (let kind = 0n; kind <= 11n; kind += 1n)
    await requests(pair, { from, to, data: encode('fail', [kind]), gas: '0x7a120' });
  await requests(pair, { from, to, data: '0x12345678' });
  await requests(pair, { from, to, data: encode('delegate', [to, encode('fail', [0n])]) });
  await requests(pair, { from, data: contract('Unwilling').bytecode });
  await requests(pair, { from, data: '0xfe' });
  await requests(pair, { from, data: `0x${'00'.repeat(49_153)}` });
  await requests(pair, { from, data: '0x60ef5f5360015ff3' });
  await requests(pair, { from, data: '0x6160015ff3' });
  for (const [index, code] of Object.values(ODD_CODE).entries()) {
    const odd = `0x${(0xc0de + index).toString(16).padStart(40, '0')}`;
    await pair.ask('anvil_setCode', [odd, code]);
    await requests(pair, { from, to: odd, gas: '0x186a0' });
  }
  await requests(pair, { from, to: bob.address, gas: '0x5207' });
  await requests(pair, { from, to, data: encode('set', [1n]), gas: '0x5300' });
  await requests(pair, { from, to, data: encode('set', [1n]), gas: '0x5800' });
  await requests(pair, { from: NOBODY, to, value: '0x1' });
  await requests(pair, { from: NOBODY, to, value: '0x1', gasPrice: '0x77359400' });
  await requests(pair, { from, to, gasPrice: '0x1' });
  await requests(pair, { from, to, maxFeePerGas: '0x1' });
  await requests(pair, { from, to, maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x77359401' });
  await requests(pair, { from, to, gas: '0x1000000000' });
  await requests(pair, { from: to, to: bob.address });
}

/** Failing transactions: they are mined, they cost, and nothing else of them remains. */
export async function minedFailures(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [7n], { value: 10n });
  for (let kind = 0n; kind <= 10n; kind += 1n) {
    await send(pair, alice, { to: lab.address, data: encode('fail', [kind]), gas: 200_000n });
  }
  await send(pair, alice, { to: lab.address, data: encode('set', [1n]), gas: 22_000n, maxFeePerGas: parseGwei('50') });
  await pair.ask('eth_getBalance', [alice.address, 'latest']);
}
