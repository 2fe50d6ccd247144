import { describe, expect, it } from 'vitest';
import { account, address, bytes, LATEST, place, useChains, word } from '../../chain.fixture.ts';
import type { Engine } from '../engine/engine.ts';
import type { TraceOptions, TraceResult } from './traceTypes.ts';

const start = useChains();
const CODE = address('c0');
const INNER = address('c1');

/** All end by an opcode: EthereumJS does not tell of the STOP behind the end of code. */
const PROGRAMS: readonly (readonly [name: string, code: string, inner?: string])[] = [
  ['memory, hashes and logs', '0x60075f5260205f205060205fa060ff61100053600a60056003375b00'],
  ['storage', '0x5f54506001600255600260025560016002555f6001555f54505f600155600160015500'],
  ['a call that returns', '0x60205f60205f5f60c161fffff15060205f5f3e3d5f5f5000', '0x60095f5260205ff3'],
  ['a call that fails', '0x5f5f5f5f600160c161fffff1505f5f5f5f60c161fffff45000', '0x5f5ffd'],
  ['calls of nobody and of precompiles', '0x5f5f5f5f60ee61fffffa5060205f60205f600261fffffa5000'],
  ['a value that is not there', '0x5f5f5f5f6101f460c161fffff15000'],
  ['creations', '0x5f5f5ff05060045f60095ff05063600100005f526004601c5ff05000'],
  ['delegation and callcode', '0x5f5f5f5f5f60c161fffff2505f5f5f5f60c161fffff45000', '0x6001600155600154505f5ffd'],
  ['an end for lack of gas in memory', '0x62ffffff515000'],
  [
    'an end for lack of gas in storage',
    '0x5a5f5f55600160015560016002556001600355600160045560016005556001600655600160075500',
  ],
  ['too few words', '0x600101'],
  ['a jump to nowhere', '0x600356'],
  ['self-destruction', '0x60aaff'],
];

async function traceOn(engine: Engine, [, code, inner = '0x']: (typeof PROGRAMS)[number], options: TraceOptions) {
  const chain = await start({ engine });
  await place(chain, CODE, code as `0x${string}`);
  await place(chain, INNER, inner as `0x${string}`);
  await chain.control.setStorage(CODE, word(1), word(5));
  const request = { from: account(chain).address, to: CODE, gasLimit: 120_000n, data: bytes('0x010203') };
  return chain.execution.traceCall(request, LATEST, options);
}

/** The steps alone: where they are kept is no difference. */
const shown = (result: TraceResult) => (result.type === 'struct' ? { ...result, steps: undefined } : result);

describe.each([
  ['struct logs', { enableMemory: true, enableReturnData: true }],
  ['callTracer', { tracer: 'callTracer', tracerConfig: { withLog: true } }],
  ['flatCallTracer', { tracer: 'flatCallTracer' }],
  ['prestateTracer', { tracer: 'prestateTracer', tracerConfig: { diffMode: true } }],
  ['vmTrace and stateDiff', { parity: { stateDiff: true, vmTrace: true } }],
])('%s by every engine are the same', (_, options: TraceOptions) => {
  it.each(PROGRAMS.map((program) => ({ name: program[0], program })))('$name', async ({ program }) => {
    const theirs = await traceOn('ethereumjs', program, options);
    expect(shown(await traceOn('core', program, options))).toEqual(shown(theirs));
    await expect(traceOn('verify', program, options)).resolves.toBeDefined();
  });
});
