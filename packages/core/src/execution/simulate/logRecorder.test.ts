import { bytesToBigInt, bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, LATEST, place, useChains } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import type { CallRequest } from '../request.ts';
import type { SimulatedCall } from './simulateTypes.ts';

const start = useChains();
const CODE = address('c0');
const INNER = address('c1');

async function callsOf(chain: Chain, ...calls: CallRequest[]): Promise<readonly SimulatedCall[]> {
  const [block] = await chain.execution.simulate(
    { blockStateCalls: [{ calls }], traceTransfers: true, validation: false },
    LATEST,
  );
  return block?.calls ?? [];
}

/** `from>to:wei` for a transfer, `log` for anything else. */
function lines(call: SimulatedCall | undefined): string[] {
  return (call?.logs ?? []).map(({ address: emitter, topics, data }) => {
    if (bytesToHex(emitter) !== `0x${'ee'.repeat(20)}`) return `log ${topics.length} ${bytesToHex(data)}`;
    const [from, to] = topics.slice(1).map((topic) => bytesToBigInt(topic).toString(16).slice(-4));
    return `${from}>${to}:${bytesToBigInt(data)}`;
  });
}

describe('transfers of ether as logs', () => {
  it('come in their order among the others', async () => {
    const chain = await start();
    // LOG1, CALL(0xc1) with 2 wei, LOG0 of one byte.
    await place(chain, CODE, '0x60075f5fa15f5f5f5f600260c15af15060015fa000');
    const [call] = await callsOf(chain, { from: account(chain).address, to: CODE, value: 5n });
    const from = account(chain).address.toString().slice(-4);
    expect(lines(call)).toEqual([`${from}>c0:5`, 'log 1 0x', 'c0>c1:2', 'log 0 0x00']);
    expect(call?.logs.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('go with the frame that fails, and keep their numbers', async () => {
    const chain = await start();
    // Gets a wei, logs and reverts.
    await place(chain, INNER, '0x5f5fa05f5ffd');
    await place(chain, CODE, '0x5f5f5f5f600160c15af1505f5fa000');
    const [failing, next] = await callsOf(
      chain,
      { from: account(chain).address, to: CODE, value: 1n },
      { from: account(chain).address, to: address('aa'), value: 1n },
    );
    expect(failing?.logs.map(({ index }) => index)).toEqual([0, 3]);
    expect(next?.logs.map(({ index }) => index)).toEqual([4]);
  });

  it('name the contract that a creation makes', async () => {
    const chain = await start();
    const { address: from } = account(chain);
    const [call] = await callsOf(chain, { from, to: null, data: bytes('0x00'), value: 3n });
    const made = bytesToHex(call?.logs[0]?.topics[2]?.subarray(12) as Uint8Array);
    expect(made).not.toBe(address('0').toString());
    expect(lines(call)).toEqual([`${from.toString().slice(-4)}>${made.slice(-4)}:3`]);
  });

  it('tell what a contract leaves behind when it destroys itself', async () => {
    const chain = await start();
    await place(chain, CODE, '0x60aaff');
    await chain.control.setBalance(CODE, 9n);
    const [call] = await callsOf(chain, { to: CODE });
    expect(lines(call)).toEqual(['c0>aa:9']);
  });

  it('do not count value that a delegated call only shows', async () => {
    const chain = await start();
    await place(chain, INNER, '0x00');
    await place(chain, CODE, '0x5f5f5f5f60c15af400');
    const [call] = await callsOf(chain, { from: account(chain).address, to: CODE, value: 5n });
    expect(call?.logs).toHaveLength(1);
  });
});
