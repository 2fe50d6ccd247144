import { describe, expect, it } from 'vitest';
import { account, address, faultOf, LATEST, place, useChains } from '../chain.fixture.ts';

const start = useChains();
const CODE = address('c0');

/** Code that fails in one way each, and the name by which client libraries know it. */
const HALTS: readonly (readonly [halt: string, code: string])[] = [
  ['InvalidFEOpcode', '0xfe'],
  ['StackUnderflow', '0x01'],
  ['StackOverflow', `0x${'5f'.repeat(1025)}`],
  ['InvalidJump', '0x5f56'],
  ['OutOfGas', '0x5b5f56'],
];

describe('why a message failed', () => {
  it.each(HALTS)('%s', async (halt, code) => {
    const chain = await start();
    await place(chain, CODE, code);
    const call = chain.execution.call({ to: CODE, gasLimit: 100_000n }, LATEST);
    expect(await faultOf(call)).toMatchObject({ code: 'HALTED', halt });
  });

  it('StateChangeDuringStaticCall, as the inner call’s', async () => {
    const chain = await start({ traceMined: true });
    await place(chain, address('c1'), '0x5f5f55');
    // STATICCALL(gas, 0xc1), result dropped.
    await place(chain, CODE, '0x5f5f5f5f60c15afa');
    const traces: unknown[] = [];
    chain.events.on('transactionMined', ({ failure, trace }) => traces.push([failure, trace?.calls[0]?.error]));
    await chain.control.submit({ from: account(chain).address, to: CODE, gasLimit: 200_000n });
    expect(traces).toEqual([[undefined, expect.stringContaining('StateChangeDuringStaticCall')]]);
  });

  it.each([
    ['CreateContractStartingWithEF', '0x60ef5f5360015ff3'],
    ['CreateContractSizeLimit', '0x6160015ff3'],
  ])('%s, of a creation', async (halt, data) => {
    const chain = await start();
    const code = Uint8Array.from(Buffer.from(data.slice(2), 'hex'));
    const call = chain.execution.call({ to: null, data: code, gasLimit: 10_000_000n }, LATEST);
    expect(await faultOf(call)).toMatchObject({ code: 'HALTED', halt });
  });

  it('is a revert with its data and reason', async () => {
    const chain = await start();
    // Reverts with Error("hi"), 100 bytes.
    await place(
      chain,
      CODE,
      '0x6308c379a060e01b5f52602060045260026024527f6869000000000000000000000000000000000000000000000000000000000000604452606460' +
        '00fd',
    );
    const fault = (await faultOf(chain.execution.call({ to: CODE }, LATEST))) as { data: Uint8Array };
    expect(fault).toMatchObject({ code: 'REVERTED', reason: 'hi' });
    expect(fault.data).toHaveLength(100);
  });
});
