import { privateKeyToAccount } from 'viem/accounts';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';

type Request = readonly [method: string, params: readonly unknown[]];

/** A request that is refused, or fails. */
export interface Failure {
  readonly name: string;
  /** Sent first. */
  readonly before: readonly Request[];
  readonly request: Request;
}

const [alice] = DEV_ACCOUNTS;
const ALICE = alice.address.toLowerCase();
const BOB = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
/** Has neither key nor coins. */
const STRANGER = '0x00000000000000000000000000000000000000aa';
const GWEI = 10n ** 9n;
const hex = (value: bigint | number): string => `0x${value.toString(16)}`;
const word = (value: bigint | number): string => value.toString(16).padStart(64, '0');

/** What code of one behaviour is where. */
const REVERTER = '0x00000000000000000000000000000000000e0001';
const CODE: Readonly<Record<string, string>> = {
  // Reverts with its input.
  [REVERTER]: '0x365f5f37365ffd',
  invalid: '0xfe',
  undefinedOpcode: '0x0c',
  loop: '0x5b5f56',
  badJump: '0x60ff56',
  underflow: '0x50',
  // Pushes for ever.
  overflow: '0x5b5f600056',
};
const AT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(CODE).map((name, index) => [
    name,
    name.startsWith('0x') ? name : `0x${(0xe0010 + index).toString(16).padStart(40, '0')}`,
  ]),
);

const FEES = { maxFeePerGas: hex(3n * GWEI), maxPriorityFeePerGas: hex(GWEI) };
const send = (fields: object = {}): object => ({ from: ALICE, to: BOB, gas: hex(100_000), ...FEES, ...fields });
const REASON = `0x08c379a0${word(0x20)}${word(11)}${Buffer.from('some reason').toString('hex').padEnd(64, '0')}`;
const EMPTY_REASON = `0x08c379a0${word(0x20)}${word(0)}`;
const UNICODE_REASON = `0x08c379a0${word(0x20)}${word(13)}${Buffer.from('größe "x" ✗').toString('hex').slice(0, 26).padEnd(64, '0')}`;

const REVERTS: Readonly<Record<string, string>> = {
  'a reason': REASON,
  'an empty reason': EMPTY_REASON,
  'a reason with other letters': UNICODE_REASON,
  nothing: '0x',
  'an unknown custom error': `0xdeadbeef${word(7)}`,
  'four bytes': '0xdeadbeef',
  'two bytes': '0xdead',
  ...Object.fromEntries(
    [0x0, 0x1, 0x11, 0x12, 0x21, 0x22, 0x31, 0x32, 0x41, 0x51, 0x99].map((code) => [
      `panic ${hex(code)}`,
      `0x4e487b71${word(code)}`,
    ]),
  ),
};

const HALTS = ['invalid', 'undefinedOpcode', 'loop', 'badJump', 'underflow', 'overflow'];

const sign = (fields: object) =>
  privateKeyToAccount(alice.privateKey).signTransaction({
    ...{ to: BOB, gas: 100_000n, maxFeePerGas: 3n * GWEI, maxPriorityFeePerGas: GWEI, nonce: 1, chainId: 31337 },
    ...fields,
  } as never);
const legacy = (fields: object) =>
  sign({ type: 'legacy', gasPrice: 3n * GWEI, maxFeePerGas: undefined, maxPriorityFeePerGas: undefined, ...fields });

/** What SETUP sends. */
export const MINED = '0xMINED';

const WAIT: Request = ['evm_setAutomine', [false]];
const BASE_FEE: Request = ['hardhat_setNextBlockBaseFeePerGas', [hex(GWEI)]];

/** Sent once, before everything. Makes the second block of a chain. */
export const SETUP: readonly Request[] = [
  ['evm_setNextBlockTimestamp', [hex(2 ** 31)]],
  ...Object.entries(CODE).map(([name, code]): Request => ['hardhat_setCode', [AT[name], code]]),
  ['eth_sendTransaction', [send()]],
];

const one = (name: string, request: Request, before: readonly Request[] = []): Failure => ({ name, request, before });

/** All ways of failing, each with one of the ways to ask. */
export async function failures(): Promise<Failure[]> {
  const sends = (name: string, fields: object, before: readonly Request[] = []): Failure =>
    one(name, ['eth_sendTransaction', [send(fields)]], before);
  const each = (name: string, fields: object): Failure[] =>
    ['eth_call', 'eth_estimateGas', 'eth_sendTransaction'].map((method) =>
      one(`${method}: ${name}`, [method, [send(fields)]]),
    );
  const raw = async (name: string, transaction: Promise<string> | string, before: readonly Request[] = []) =>
    one(`eth_sendRawTransaction: ${name}`, ['eth_sendRawTransaction', [await transaction]], before);
  return [
    ...Object.entries(REVERTS).flatMap(([name, data]) => each(`reverts with ${name}`, { to: REVERTER, data })),
    ...HALTS.flatMap((name) => each(name, { to: AT[name] })),
    ...each('creates code that is too large', { to: undefined, data: '0x6160015ff3', gas: hex(10_000_000) }),
    ...each('gas below intrinsic', { gas: hex(20_999) }),
    ...each('gas below intrinsic, creation', { to: undefined, data: '0x00', gas: hex(52_000) }),
    ...each('gas below the floor of calldata', { data: `0x${'ff'.repeat(1000)}`, gas: hex(40_000) }),
    ...each('tip above fee cap', { maxFeePerGas: hex(3n * GWEI), maxPriorityFeePerGas: hex(4n * GWEI) }),
    // In Hardhat a call looks neither at funds nor at the base fee.
    sends('not enough funds', { value: hex(10n ** 30n) }),
    sends('fee cap below base fee', { maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x0' }),
    sends('gas price below base fee', { maxFeePerGas: undefined, maxPriorityFeePerGas: undefined, gasPrice: '0x1' }),
    sends('gas above the cap of a transaction', { gas: hex(2 ** 24 + 1) }),
    sends('gas above the block', { gas: hex(1_000_001) }, [['evm_setBlockGasLimit', [hex(1_000_000)]]]),
    sends('chain id of another chain', { chainId: '0x1' }),
    sends('init code is too large', { to: undefined, data: `0x${'00'.repeat(49_153)}`, gas: hex(10_000_000) }),
    sends('both kinds of fees', { gasPrice: hex(3n * GWEI) }),
    one('eth_call: both kinds of fees', ['eth_call', [send({ gasPrice: hex(3n * GWEI) })]]),
    sends('nonce too low', { nonce: '0x0' }),
    sends('nonce too high', { nonce: '0x5' }),
    sends('nonce too low, automine off', { nonce: '0x0' }, [WAIT]),
    sends('replacement underpriced', { nonce: '0x1', value: '0x2' }, [
      WAIT,
      BASE_FEE,
      ['eth_sendTransaction', [send({ nonce: '0x1' })]],
    ]),
    sends('known already', { nonce: '0x1' }, [WAIT, ['eth_sendTransaction', [send({ nonce: '0x1' })]]]),
    await raw('nonce too low', sign({ nonce: 0 })),
    await raw('nonce too high', sign({ nonce: 5 })),
    await raw('known already', sign({}), [WAIT, ['eth_sendRawTransaction', [await sign({})]]]),
    await raw('mined already', sign({}), [['eth_sendRawTransaction', [await sign({})]]]),
    await raw('chain id of another chain', sign({ chainId: 1 })),
    await raw('chain id of another chain, legacy', legacy({ chainId: 1 })),
    await raw('reverts with a reason', sign({ to: REVERTER, data: REASON })),
    await raw('out of gas', sign({ to: AT['loop'] })),
    await raw('not enough funds', sign({ value: 10n ** 30n })),
    await raw('gas below intrinsic', sign({ gas: 20_999n })),
    await raw('fee cap below base fee', sign({ maxFeePerGas: 1n, maxPriorityFeePerGas: 0n })),
    await raw('nothing', '0x'),
    await raw('one byte', '0x01'),
    await raw('an unknown type', '0x7f01'),
    await raw('an empty list', '0xc0'),
    await raw('cut off', (await sign({})).slice(0, -10)),
    one('eth_sendTransaction: unknown account', [
      'eth_sendTransaction',
      [send({ from: '0xaBcDeFabcdefABCDEFabcdefabcdefabcdefabcd' })],
    ]),
    one('eth_sign: unknown account', ['eth_sign', [STRANGER, '0x00']]),
    one('personal_sign: unknown account', ['personal_sign', ['0x00', STRANGER]]),
    one('a method that nobody has', ['eth_fooBar', []]),
    one('a block that is to come', ['eth_getBalance', [ALICE, '0xffff']]),
    one('a call at a block that is to come', ['eth_call', [send(), '0xffff']]),
    one('a block hash that nobody knows', ['eth_getBalance', [ALICE, { blockHash: `0x${'12'.repeat(32)}` }]]),
    one('a trace of a transaction that nobody knows', ['debug_traceTransaction', [`0x${'12'.repeat(32)}`]]),
    one('a timestamp that was', ['evm_setNextBlockTimestamp', ['0x1']]),
    one('a minimal gas price', ['hardhat_setMinGasPrice', ['0x1']]),
    one('a block gas limit of nothing', ['evm_setBlockGasLimit', ['0x0']]),
    one('a mined transaction is dropped', ['hardhat_dropTransaction', [MINED]]),
    one('one parameter is missing', ['eth_getBalance', []]),
    one('two parameters are missing', ['eth_getStorageAt', [ALICE]]),
    one('one parameter too many', ['eth_chainId', [1]]),
    one('an address that is too short', ['eth_getBalance', ['0x12', 'latest']]),
    one('an address that is a number', ['eth_getBalance', [12, 'latest']]),
    one('a hash that is too short', ['eth_getTransactionByHash', ['0x12']]),
    one('a quantity that is none', ['hardhat_mine', ['ten']]),
    one('data with an odd digit', ['eth_call', [send({ data: '0x1' })]]),
    one('a boolean that is a text', ['eth_getBlockByNumber', ['latest', 'yes']]),
  ];
}
