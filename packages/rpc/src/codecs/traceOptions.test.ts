import { describe, expect, it } from 'vitest';
import { traceOptions } from './traceOptions.ts';

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';

describe('trace options', () => {
  it('may be empty: struct logs', () => {
    expect(traceOptions.decode({})).toEqual({ overrides: {}, trace: {} });
    expect(traceOptions.decode({ tracer: '', tracerConfig: null, limit: null })).toEqual({ overrides: {}, trace: {} });
  });

  it('name a tracer and its settings', () => {
    expect(
      traceOptions.decode({ tracer: 'callTracer', tracerConfig: { onlyTopCall: true, withLog: false } }).trace,
    ).toEqual({
      tracer: 'callTracer',
      tracerConfig: { onlyTopCall: true, withLog: false },
    });
  });

  it('choose what a struct log holds', () => {
    const options = { enableMemory: true, disableStack: true, disableStorage: true, enableReturnData: true, limit: 5 };
    expect(traceOptions.decode(options).trace).toEqual(options);
  });

  it('override state and block', () => {
    const { overrides } = traceOptions.decode({
      stateOverrides: { [ALICE]: { nonce: 1 } },
      blockOverrides: { number: '0x5' },
    });
    expect(overrides?.block).toEqual({ number: 5n });
    expect(overrides?.state?.get(ALICE)).toEqual({ nonce: 1n });
  });

  it.each([
    ['callTracer', { message: 'expected a trace options object, got "callTracer"' }],
    [{ tracer: 5 }, { path: '.tracer' }],
    [{ tracerConfig: [] }, { message: expect.stringContaining('an object in tracerConfig') }],
    [{ tracerConfig: { withLog: 1 } }, { path: '.tracerConfig.withLog' }],
    [{ enableMemory: 'yes' }, { path: '.enableMemory' }],
    [{ blockOverrides: { withdrawals: [] } }, { path: '.blockOverrides.withdrawals' }],
  ])('refuse %j', (value, error) => expect(() => traceOptions.decode(value)).toThrow(expect.objectContaining(error)));
});
