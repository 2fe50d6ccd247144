import { describe, expect, it } from 'vitest';
import { account, address, bytes, place, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import type { MinedTransaction } from '../events.ts';

const start = useChains();
const CODE = address('c0');

async function minedBy(chain: Chain, fields: object): Promise<MinedTransaction> {
  const mined: MinedTransaction[] = [];
  chain.events.on('transactionMined', (one) => mined.push(one));
  await chain.control.submit({ from: account(chain).address, gasLimit: 500_000n, ...fields });
  return mined[0] as MinedTransaction;
}

describe('the messages of a transaction', () => {
  it('are a tree with kinds, value, input and output', async () => {
    const chain = await start({ traceMined: true });
    await place(chain, address('c1'), '0x60075f5260205ff3');
    // CALL with value 1, then STATICCALL, then DELEGATECALL of 0xc1.
    await place(chain, CODE, '0x5f5f5f5f600160c15af1505f5f5f5f60c15afa505f5f5f5f60c15af400');
    const { trace } = await minedBy(chain, { to: CODE, value: 5n, data: bytes('0x12') });
    expect(trace).toMatchObject({ kind: 'CALL', to: CODE.bytes, value: 5n, input: bytes('0x12') });
    expect(trace?.calls.map(({ kind, value }) => [kind, value])).toEqual([
      ['CALL', 1n],
      ['STATICCALL', 0n],
      ['DELEGATECALL', 5n],
    ]);
    expect(trace?.calls.map(({ output }) => output.at(-1))).toEqual([7, 7, 7]);
    expect(trace?.calls.every(({ gasUsed }) => gasUsed > 0n)).toBe(true);
  });

  it('keep the input as it was when the call was made', async () => {
    const chain = await start({ traceMined: true });
    // MSTORE8(0, 1); CALL with one byte; MSTORE8(0, 2); the same again.
    const call = '5f5f60015f5f60c15af150';
    await place(chain, CODE, `0x60015f53${call}60025f53${call}00`);
    const { trace } = await minedBy(chain, { to: CODE });
    expect(trace?.calls.map(({ input }) => input)).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
  });

  it('name the contract that a creation made', async () => {
    const chain = await start({ traceMined: true });
    // CREATE, then CREATE2, of empty code.
    await place(chain, CODE, '0x5f5f5ff0505f5f5f5ff500');
    const { trace } = await minedBy(chain, { to: CODE });
    expect(trace?.calls.map(({ kind, to }) => [kind, to?.length])).toEqual([
      ['CREATE', 20],
      ['CREATE2', 20],
    ]);
  });

  it('say which of them failed', async () => {
    const chain = await start({ traceMined: true });
    await place(chain, address('c1'), '0xfe');
    await place(chain, CODE, '0x5f5f5f5f5f60c161fffff15000');
    const { trace, failure } = await minedBy(chain, { to: CODE });
    expect(failure).toBeUndefined();
    expect(trace?.error).toBeUndefined();
    expect(trace?.calls[0]?.error).toContain('InvalidFEOpcode');
  });

  it('are not kept unless they are wanted', async () => {
    const chain = await start();
    await place(chain, CODE, '0x00');
    expect((await minedBy(chain, { to: CODE })).trace).toBeUndefined();
  });
});
