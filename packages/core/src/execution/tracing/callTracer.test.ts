import { bytesToBigInt } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, LATEST, place, useChains, word } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import type { CallRequest } from '../request.ts';
import type { CallFrame, TraceOptions } from './traceTypes.ts';

const start = useChains();
const CODE = address('c0');
const INNER = address('c1');

async function frameOf(
  chain: Chain,
  request: CallRequest = {},
  tracerConfig: NonNullable<TraceOptions['tracerConfig']> = {},
): Promise<CallFrame> {
  const options = { tracer: 'callTracer', tracerConfig };
  const traced = await chain.execution.traceCall({ to: CODE, gasLimit: 500_000n, ...request }, LATEST, options);
  if (traced.type !== 'call') throw new TypeError('no call tree');
  return traced.frame;
}

describe.each(['ethereumjs', 'core'] as const)('the call tree by %s', (engine) => {
  it('has the transaction on top, with its gas', async () => {
    const chain = await start({ engine });
    await place(chain, CODE, '0x60075f5260205ff3');
    const { address: from } = account(chain);
    const frame = await frameOf(chain, { from, value: 3n, data: bytes('0x1234') });
    expect(frame).toMatchObject({ kind: 'CALL', from: from.bytes, to: CODE.bytes, value: 3n, gas: 500_000n });
    expect(frame).toMatchObject({ input: bytes('0x1234'), output: word(7), calls: [] });
    expect(frame.gasUsed).toBe((await chain.execution.call({ to: CODE, data: bytes('0x1234') }, LATEST)).gasUsed);
  });

  it('names every kind of message, and who calls whom', async () => {
    const chain = await start({ engine });
    await place(chain, INNER, '0x00');
    // CALL, CALLCODE, DELEGATECALL, STATICCALL of 0xc1; CREATE and CREATE2 of nothing; SELFDESTRUCT to 0xaa.
    await place(
      chain,
      CODE,
      '0x5f5f5f5f5f60c15af1505f5f5f5f5f60c15af2505f5f5f5f60c15af4505f5f5f5f60c15afa505f5f5ff0505f5f5f5ff55060aaff',
    );
    const { calls } = await frameOf(chain);
    expect(calls.map(({ kind }) => kind)).toEqual([
      'CALL',
      'CALLCODE',
      'DELEGATECALL',
      'STATICCALL',
      'CREATE',
      'CREATE2',
      'SELFDESTRUCT',
    ]);
    expect(calls.every(({ from }) => bytesToBigInt(from) === 0xc0n)).toBe(true);
    expect(calls.slice(0, 4).every(({ to }) => to !== undefined && bytesToBigInt(to) === 0xc1n)).toBe(true);
    expect(bytesToBigInt(calls[6]?.to as Uint8Array)).toBe(0xaan);
  });

  it('stops at the top when only that is asked for', async () => {
    const chain = await start({ engine });
    await place(chain, INNER, '0x00');
    await place(chain, CODE, '0x5f5f5f5f5f60c15af100');
    expect((await frameOf(chain, {}, { onlyTopCall: true })).calls).toEqual([]);
    expect((await frameOf(chain)).calls).toHaveLength(1);
  });

  it('has logs when asked for, with their place among the calls, but not those of a failed frame', async () => {
    const chain = await start({ engine });
    await place(chain, INNER, '0x5f5fa0fe');
    // LOG1, CALL(0xc1, 50,000 gas), LOG0.
    await place(chain, CODE, '0x60075f5fa15f5f5f5f5f60c161c350f1505f5fa000');
    const frame = await frameOf(chain, {}, { withLog: true });
    expect(frame.logs?.map(({ topics, position }) => [topics.length, position])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(frame.calls[0]).not.toHaveProperty('logs');
    expect(await frameOf(chain)).not.toHaveProperty('logs');
  });
});

describe.each(['ethereumjs', 'core'] as const)('a failed frame by %s', (engine) => {
  it.each([
    ['0xfe', 'invalid opcode: INVALID'],
    ['0x01', 'stack underflow'],
    ['0x5b5f56', 'out of gas'],
    ['0x5f5ffd', 'execution reverted'],
    ['0x600456', 'invalid jump destination'],
  ])('of %s says "%s"', async (code, error) => {
    const chain = await start({ engine });
    await place(chain, CODE, code);
    expect((await frameOf(chain)).error).toContain(error);
  });

  it('has the data of a revert, and its reason where it has a string', async () => {
    const chain = await start({ engine });
    await place(chain, CODE, `0x6308c379a060e01b5f52602060045260026024527f6869${'00'.repeat(30)}60445260645ffd`);
    const frame = await frameOf(chain);
    expect(frame).toMatchObject({ error: 'execution reverted', revertReason: 'hi' });
    expect(frame.output).toHaveLength(100);
  });

  it('has no reason where the string is empty', async () => {
    const chain = await start({ engine });
    await place(chain, CODE, '0x6308c379a060e01b5f5260206004525f60245260445ffd');
    const frame = await frameOf(chain);
    expect(frame).toMatchObject({ error: 'execution reverted' });
    expect(frame.output).toHaveLength(68);
    expect(frame).not.toHaveProperty('revertReason');
  });

  it('is there for a call that was worth more than its sender had', async () => {
    const chain = await start({ engine });
    await place(chain, CODE, '0x5f5f5f5f60ff60c15af100');
    const { calls, error } = await frameOf(chain);
    expect(error).toBeUndefined();
    expect(calls).toMatchObject([
      { kind: 'CALL', to: INNER.bytes, value: 255n, gasUsed: 0n, error: 'insufficient balance for transfer' },
    ]);
  });

  it('of a creation has no address', async () => {
    const chain = await start({ engine });
    const frame = await frameOf(chain, { to: null, data: bytes('0xfe') });
    expect(frame.kind).toBe('CREATE');
    expect(frame.to).toBeUndefined();
  });
});
