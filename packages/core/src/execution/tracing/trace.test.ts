import { Address, bytesToHex, hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chain } from '../../contract.ts';
import { createChain } from '../../createChain.ts';
import type { CallFrame } from './traceTypes.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await createChain();
});
afterEach(() => chain.close());

const address = (last: string) => new Address(hexToBytes(`0x${last.padStart(40, '0')}`));
const OUTER = address('aa');
const INNER = address('bb');
const LATEST = { tag: 'latest' } as const;

async function place(who: Address, code: PrefixedHexString): Promise<void> {
  await chain.control.setCode(who, hexToBytes(code));
}

/** Calls INNER with the word 7, then overwrites the memory that the word stood in with 9, and stops. */
const CALLER = '0x60075f525f5f60205f5f60bb5af15060095f5200';

describe('callTracer', () => {
  it('keeps the input of an inner call when the caller goes on to use its memory', async () => {
    await place(OUTER, CALLER);
    await place(INNER, '0x00');
    const hash = await chain.control.submit({ to: OUTER });
    const traced = await chain.execution.traceTransaction(hash, { tracer: 'callTracer' });
    const { frame } = traced as { frame: CallFrame };
    expect(frame.calls.map(({ input }) => bytesToHex(input))).toEqual([`0x${'7'.padStart(64, '0')}`]);
  });

  it("says geth's words for the designated invalid opcode", async () => {
    await place(OUTER, '0xfe');
    const traced = await chain.execution.traceCall({ to: OUTER, gasLimit: 50_000n }, LATEST, { tracer: 'callTracer' });
    expect((traced as { frame: CallFrame }).frame.error).toBe('invalid opcode: INVALID');
  });
});

describe('the messages of a mined transaction', () => {
  it('keep their input, too', async () => {
    await chain.close();
    chain = await createChain({ traceMined: true });
    await place(OUTER, CALLER);
    await place(INNER, '0x00');
    const inputs: string[] = [];
    chain.events.on('transactionMined', ({ trace }) => {
      for (const { input } of trace?.calls ?? []) inputs.push(bytesToHex(input));
    });
    await chain.control.submit({ to: OUTER });
    expect(inputs).toEqual([`0x${'7'.padStart(64, '0')}`]);
  });
});

describe('struct logs', () => {
  it('have the data that the last call returned, when asked for', async () => {
    await place(OUTER, CALLER);
    // Returns the word 1.
    await place(INNER, '0x60015f5260205ff3');
    const data = async (enableReturnData: boolean) => {
      const traced = await chain.execution.traceCall({ to: OUTER }, LATEST, { enableReturnData });
      if (traced.type !== 'struct') throw new TypeError('not struct logs');
      return traced.structLogs.map(({ op, returnData }) => [op, returnData && bytesToHex(returnData)] as const);
    };
    const logs = await data(true);
    const word = `0x${'1'.padStart(64, '0')}`;
    expect(logs.filter(([, returned]) => returned !== undefined)).toEqual(
      ['POP', 'PUSH1', 'PUSH0', 'MSTORE', 'STOP'].map((op) => [op, word]),
    );
    expect((await data(false)).every(([, returned]) => returned === undefined)).toBe(true);
  });
});
