import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, LATEST, place, useChains } from '../../chain.fixture.ts';

const start = useChains();
const CODE = address('c0');

describe('the tracer that the options name', () => {
  it.each([
    ['struct', {}],
    ['call', { tracer: 'callTracer' }],
    ['prestate', { tracer: 'prestateTracer' }],
    ['diff', { tracer: 'prestateTracer', tracerConfig: { diffMode: true } }],
  ])('gives %s', async (type, options) => {
    const chain = await start();
    expect((await chain.execution.traceCall({ to: CODE }, LATEST, options)).type).toBe(type);
  });

  it('must be known', async () => {
    const chain = await start();
    const unknown = chain.execution.traceCall({ to: CODE }, LATEST, { tracer: 'myTracer' });
    expect(await faultOf(unknown)).toEqual({ code: 'TRACER_UNKNOWN', tracer: 'myTracer' });
  });

  it('says whether the transaction failed, and what it returned', async () => {
    const chain = await start();
    await place(chain, CODE, '0x60015f5360015ffd');
    expect(await chain.execution.traceCall({ to: CODE }, LATEST)).toMatchObject({
      failed: true,
      returnValue: bytes('0x01'),
    });
    await place(chain, CODE, '0xfe');
    expect(await chain.execution.traceCall({ to: CODE, gasLimit: 50_000n }, LATEST)).toMatchObject({
      failed: true,
      returnValue: new Uint8Array(),
      gas: 50_000n,
    });
  });

  it('leaves no listener: the same call afterwards is as fast and as right', async () => {
    const chain = await start();
    await place(chain, CODE, '0x60075f5260205ff3');
    const request = { from: account(chain).address, to: CODE };
    const plain = await chain.execution.call(request, LATEST);
    for (const tracer of [undefined, 'callTracer', 'prestateTracer']) {
      await chain.execution.traceCall(request, LATEST, tracer === undefined ? {} : { tracer });
    }
    expect(await chain.execution.call(request, LATEST)).toEqual(plain);
  });

  it('refuses a transaction that is not there, and a call that cannot run', async () => {
    const chain = await start();
    const missing = chain.execution.traceTransaction(new Uint8Array(32));
    expect(await faultOf(missing)).toMatchObject({ code: 'TRANSACTION_NOT_FOUND' });
    const poor = chain.execution.traceCall({ from: address('dead'), to: CODE, value: 1n }, LATEST);
    expect(await faultOf(poor)).toMatchObject({ code: 'CALL_FUNDS_INSUFFICIENT' });
  });
});
