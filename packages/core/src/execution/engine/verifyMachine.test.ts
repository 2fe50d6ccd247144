import type { TypedTransaction } from '@ethereumjs/tx';
import { Account, KECCAK256_RLP } from '@ethereumjs/util';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, bytes, faultOf, memoryNodes, openHardforks, word } from '../../chain.fixture.ts';
import { createStateStore } from '../../state/stateStore.ts';
import { withSender } from '../../transactions/sender.ts';
import { txFromRequest } from '../../transactions/txData.ts';
import { environmentHeader } from '../environmentHeader.ts';
import { createMachines } from './createMachines.ts';
import type { Machine, TransactionRun } from './machine.ts';

const FROM = address('f0');
const TO = address('c0');
/** Adds what slot 0 holds to its balance, stores that in slot 1 and returns it. */
const CODE = bytes('0x600054303101806001556000526020' + '6000f3');

let common: Awaited<ReturnType<typeof openHardforks>> extends { commonAt: (...args: never[]) => infer C } ? C : never;
beforeAll(async () => {
  common = (await openHardforks('prague')).commonAt(1n, 1n);
});

async function open(): Promise<Machine> {
  const stateStore = createStateStore(memoryNodes());
  const state = stateStore.open(KECCAK256_RLP);
  await state.manager.putAccount(FROM, new Account(0n, 10n ** 18n));
  await state.manager.putAccount(TO, new Account(1n, 5n));
  await state.manager.putCode(TO, CODE);
  await state.manager.putStorage(TO, word(0), word(7));
  const root = await state.flush();
  const machines = createMachines({ engine: 'verify', stateStore });
  return machines.open({ state: stateStore.open(root), common, blockHash: () => undefined });
}

function transfer(fields: object = {}): TransactionRun {
  const request = { to: TO, gasLimit: 100_000n, gasPrice: 1n, ...fields };
  const tx: TypedTransaction = withSender(txFromRequest(request, { common }), FROM);
  const base = environmentHeader(
    { number: 1n, timestamp: 1n, gasLimit: 1_000_000n } as never,
    { baseFeePerGas: 1n },
    common,
  );
  return { fields: tx, typed: () => tx, sender: FROM, header: base, gasUsedBefore: 0n };
}

/** Changes the state of one engine alone. */
async function tamper(machine: Machine, change: () => Promise<void>): Promise<void> {
  await change();
  await machine.edit(async () => {});
}

describe('two engines that verify each other', () => {
  it('come to one result and one root', async () => {
    const machine = await open();
    const result = await machine.run(transfer());
    expect(result).toMatchObject({ halt: undefined, output: word(12) });
    expect(await machine.stateRoot()).toHaveLength(32);
    expect(await machine.storage(TO, word(1))).toEqual(Uint8Array.of(12));
  });

  it('refuse together what is invalid', async () => {
    const machine = await open();
    await expect(async () => machine.run(transfer({ nonce: 3n }))).rejects.toThrow('nonce');
    expect(await machine.attempt(transfer())).toMatchObject({ output: word(12) });
  });

  it('tell of another output', async () => {
    const machine = await open();
    await tamper(machine, () => machine.state.manager.putStorage(TO, word(0), word(8)));
    expect(await faultOf((async () => machine.attempt(transfer()))())).toMatchObject({
      code: 'ENGINES_DIFFER',
      detail: expect.stringContaining('output'),
    });
  });

  it('tell of another outcome', async () => {
    const machine = await open();
    await tamper(machine, () => machine.state.manager.putAccount(FROM, new Account(0n, 1n)));
    expect(await faultOf((async () => machine.run(transfer()))())).toMatchObject({
      code: 'ENGINES_DIFFER',
      detail: expect.stringMatching(
        /outcome is .*success.* by EthereumJS, .*refused: sender doesn't have enough funds/,
      ),
    });
  });

  it('tell of an account that is another afterwards', async () => {
    const machine = await open();
    await tamper(machine, () => machine.state.manager.putAccount(FROM, new Account(0n, 10n ** 19n)));
    expect(await faultOf((async () => machine.run(transfer()))())).toMatchObject({
      code: 'ENGINES_DIFFER',
      detail: expect.stringContaining(`account ${FROM}`),
    });
  });

  it('tell of another root', async () => {
    const machine = await open();
    await tamper(machine, () => machine.state.manager.putAccount(address('aa'), new Account(1n, 1n)));
    await machine.run(transfer());
    expect(await faultOf(machine.stateRoot())).toMatchObject({ detail: expect.stringContaining('state root') });
  });
});
