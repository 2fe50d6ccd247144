import { Account, type Address, KECCAK256_RLP } from '@ethereumjs/util';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  account,
  address,
  bytes,
  LATEST,
  memoryNodes,
  openHardforks,
  place,
  useChains,
  word,
} from '../../chain.fixture.ts';
import { createStateStore } from '../../state/stateStore.ts';
import { withSender } from '../../transactions/sender.ts';
import { reasonFromLibrary, txFromRequest } from '../../transactions/txData.ts';
import { environmentHeader } from '../environmentHeader.ts';
import type { CallRequest } from '../request.ts';
import { createMachines } from './createMachines.ts';
import type { Engine } from './engine.ts';
import type { Machine, TransactionRun } from './machine.ts';

type Common = TransactionRun['header']['common'];

const FROM = address('f0');
const POOR = address('f1');
const CONTRACT = address('c0');
const start = useChains();

let common: Common;
beforeAll(async () => {
  common = (await openHardforks('osaka')).commonAt(1n, 1n);
});

async function open(engine: Engine): Promise<Machine> {
  const stateStore = createStateStore(memoryNodes());
  const state = stateStore.open(KECCAK256_RLP);
  await state.manager.putAccount(FROM, new Account(3n, 10n ** 18n));
  await state.manager.putAccount(POOR, new Account(0n, 100_000n));
  await state.manager.putAccount(CONTRACT, new Account(1n, 10n ** 18n));
  await state.manager.putCode(CONTRACT, bytes('0x00'));
  const machines = createMachines({ engine, stateStore });
  return machines.open({ state: stateStore.open(await state.flush()), common, blockHash: () => undefined });
}

function runOf(request: CallRequest, sender: Address, rules: Partial<TransactionRun>): TransactionRun {
  const given = { nonce: 3n, to: address('aa'), gasLimit: 21_000n, ...request };
  const tx = withSender(txFromRequest(given, { common }), sender);
  const block = { number: 1n, timestamp: 1n, gasLimit: 1_000_000n, baseFeePerGas: 10n, excessBlobGas: 0n };
  const header = environmentHeader(block as never, {}, common);
  return { fields: tx, typed: () => tx, sender, header, gasUsedBefore: 0n, ...rules };
}

async function refusalOf(engine: Engine, run: TransactionRun): Promise<string> {
  const machine = await open(engine);
  const before = await machine.stateRoot();
  try {
    await machine.run(run);
  } catch (error) {
    expect(await machine.stateRoot()).toEqual(before);
    return reasonFromLibrary(error);
  }
  throw new TypeError('it ran');
}

const hash = new Uint8Array(32).fill(1);
const REFUSED: [what: string, request: CallRequest, sender?: Address][] = [
  ['more gas than the block', { gasLimit: 1_000_001n, gasPrice: 10n }],
  ['less gas than it costs to begin', { gasLimit: 20_999n, gasPrice: 10n }],
  ['less gas than the floor', { gasLimit: 22_000n, gasPrice: 10n, data: new Uint8Array(100).fill(1) }],
  ['a price below the base fee', { gasPrice: 9n }],
  ['a fee cap below the base fee', { maxFeePerGas: 9n, maxPriorityFeePerGas: 0n }],
  ['a sender with code', { gasPrice: 10n, nonce: 1n }, CONTRACT],
  ['a sender that cannot pay', { gasPrice: 10n, nonce: 0n }, POOR],
  ['a sender that could not pay its fee cap', { maxFeePerGas: 10n ** 14n, maxPriorityFeePerGas: 0n, value: 1n }],
  ['a blob fee cap below the blob base fee', { maxFeePerGas: 10n, maxFeePerBlobGas: 0n, blobVersionedHashes: [hash] }],
  ['an old nonce', { gasPrice: 10n, nonce: 2n }],
  ['a nonce that is too far', { gasPrice: 10n, nonce: 4n }],
];

describe('a transaction that is refused', () => {
  it.each(REFUSED)('for %s says what it says on EthereumJS, and changes nothing', async (_, request, sender = FROM) => {
    const run = runOf(request, sender, {});
    expect(await refusalOf('core', run)).toBe(await refusalOf('ethereumjs', run));
  });

  it('runs where the rule does not bind it', async () => {
    const machine = await open('core');
    const free = { anyNonce: true, anySender: true, anyGasLimit: true };
    const run = runOf({ gasLimit: 1_000_001n, gasPrice: 10n, nonce: 9n }, CONTRACT, free);
    expect(await machine.attempt(run)).toMatchObject({ halt: undefined, gasUsed: 21_000n });
    expect(await machine.account(CONTRACT)).toMatchObject({ nonce: 1n, balance: 10n ** 18n });
  });
});

describe('calls on the core', () => {
  it('answer while others run that do not end, each from its own block', async () => {
    const chain = await start({ engine: 'core', limits: { callTimeoutMs: 500, callGasCap: 0n } });
    await place(chain, address('c1'), '0x5b5f56');
    await place(chain, CONTRACT, '0x5f545f5260205ff3');
    const loops = Array.from({ length: 6 }, () =>
      chain.execution.call({ to: address('c1'), gasLimit: 2n ** 62n }, LATEST).catch((error) => error.fault.code),
    );
    for (let value = 1; value <= 3; value++) {
      await chain.control.setStorage(CONTRACT, word(0), word(value));
      const { returnData } = await chain.execution.call({ to: CONTRACT }, LATEST);
      expect(returnData).toEqual(word(value));
    }
    expect(await Promise.all(loops)).toEqual(loops.map(() => 'TIMED_OUT'));
  });

  it('leave nothing behind for the next', async () => {
    const chain = await start({ engine: 'core' });
    // Counts in slot 0 and returns the count.
    await place(chain, CONTRACT, '0x5f54600101805f555f5260205ff3');
    const { address: from } = account(chain);
    for (let i = 0; i < 3; i++) {
      expect((await chain.execution.call({ from, to: CONTRACT, value: 1n }, LATEST)).returnData).toEqual(word(1));
    }
    expect(await (await chain.state.at(LATEST)).balance(CONTRACT)).toBe(0n);
  });
});

it('sees what was done to its state between two machines', async () => {
  const stateStore = createStateStore(memoryNodes());
  const state = stateStore.open(KECCAK256_RLP);
  await state.manager.putAccount(FROM, new Account(3n, 10n ** 18n));
  const machines = createMachines({ engine: 'core', stateStore });
  const options = { state, common, blockHash: () => undefined };
  const first = await machines.open(options);
  await first.run(runOf({ gasPrice: 10n, value: 5n }, FROM, {}));
  await first.stateRoot();
  first.close();
  await state.manager.putAccount(FROM, new Account(7n, 1n));
  const second = await machines.open(options);
  expect(await second.account(FROM)).toMatchObject({ nonce: 7n, balance: 1n });
  expect(await second.account(address('aa'))).toMatchObject({ balance: 5n });
});
