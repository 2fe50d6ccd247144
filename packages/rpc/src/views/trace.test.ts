import type { CallFrame, PrestateAccount, StepFacts, TraceResult, TraceStep } from '@minichain/core';
import { describe, expect, it } from 'vitest';
import { StepText } from './stepText.ts';
import { blockTraceView, traceView } from './trace.ts';

const read = async (result: TraceResult): Promise<unknown> => JSON.parse(JSON.stringify(await traceView(result)));

const address = (byte: number): Uint8Array => new Uint8Array(20).fill(byte);
const hexAddress = (byte: string): string => `0x${byte.repeat(20)}`;
const word = (last: number): Uint8Array => new Uint8Array(32).fill(last, 31);
const hexWord = (last: string): string => `0x${last.padStart(64, '0')}`;

const frame: CallFrame = {
  kind: 'CALL',
  from: address(0xaa),
  to: address(0xbb),
  gas: 100n,
  gasUsed: 60n,
  input: Uint8Array.of(1),
  output: new Uint8Array(),
  value: 5n,
  calls: [],
} as unknown as CallFrame;

/** A step that finds these words, the top last, and this memory. */
function step(
  pc: number,
  { stack = [], memory = new Uint8Array() }: { stack?: bigint[]; memory?: Uint8Array } = {},
): TraceStep {
  return {
    ...{ pc, opcode: 1, gas: 10, refund: 0, depth: 0, address: address(0xaa) },
    stackSize: stack.length,
    word: (fromTop) => stack.at(-1 - fromTop) as bigint,
    stack: () => stack,
    memorySize: memory.length,
    memory: () => memory,
  };
}

const ADD: StepFacts = { op: 'ADD', keptWords: 0, isMemoryKept: false };

describe('struct logs', () => {
  const view = (steps: StepText) =>
    read({ type: 'struct', gas: 21000n, failed: true, returnValue: Uint8Array.of(2), structLogs: [], steps });

  it('are plain numbers outside, and hold only what was recorded', async () => {
    const text = new StepText({ disableStack: true });
    text.add(step(1), ADD);
    text.settle(3, 0);
    expect(await view(text)).toEqual({
      gas: 21000,
      failed: true,
      returnValue: '0x02',
      structLogs: [{ pc: 1, op: 'ADD', gas: 10, gasCost: 3, depth: 1 }],
    });
    expect(await view(new StepText({}))).toMatchObject({ structLogs: [] });
  });

  it('write stack, memory by words, storage and the rest', async () => {
    const text = new StepText({ enableMemory: true });
    const memory = new Uint8Array(64).fill(1, 63);
    text.add(step(1, { stack: [0n, 255n], memory }), {
      ...ADD,
      storage: [[word(1), word(2)]],
      returnData: Uint8Array.of(9),
    });
    text.settle(3, 4800);
    text.fail('out of "gas"');
    expect(await view(text)).toMatchObject({
      structLogs: [
        {
          error: 'out of "gas"',
          stack: ['0x0', '0xff'],
          memory: [hexWord('0'), hexWord('1')],
          storage: { [hexWord('1')]: hexWord('2') },
          returnData: '0x09',
          refund: 4800,
        },
      ],
    });
  });

  it('write again what is as it was, and nothing that is not', async () => {
    const text = new StepText({ enableMemory: true });
    text.add(step(1, { stack: [1n, 2n, 3n], memory: word(1) }), ADD);
    text.add(step(2, { stack: [1n, 5n], memory: word(1) }), { ...ADD, keptWords: 1, isMemoryKept: true });
    text.add(step(3, { stack: [7n], memory: word(2) }), ADD);
    expect(await view(text)).toMatchObject({
      structLogs: [
        { stack: ['0x1', '0x2', '0x3'], memory: [hexWord('1')] },
        { stack: ['0x1', '0x5'], memory: [hexWord('1')] },
        { stack: ['0x7'], memory: [hexWord('2')] },
      ],
    });
  });

  it('are as long as they say', async () => {
    const text = new StepText({});
    let size = 0;
    for (let i = 0; i < 1000; i++) size += text.add(step(i, { stack: [BigInt(i)] }), ADD);
    const written = text.pieces().join('').length;
    expect(size).toBeGreaterThan(0.8 * written);
    expect(size).toBeLessThan(1.25 * written);
  });
});

describe('call frames', () => {
  const view = (more: object = {}) => read({ type: 'call', frame: { ...frame, ...more } as CallFrame });

  it('leave out what there is none of', async () => {
    expect(await view()).toEqual({
      from: hexAddress('aa'),
      gas: '0x64',
      gasUsed: '0x3c',
      to: hexAddress('bb'),
      input: '0x01',
      value: '0x5',
      type: 'CALL',
    });
  });

  it('tell failures, logs and calls within', async () => {
    const logs = [{ address: address(0xbb), topics: [word(1)], data: Uint8Array.of(7), position: 1, index: 2 }];
    expect(
      await view({ output: Uint8Array.of(3), error: 'execution reverted', revertReason: 'no', logs, calls: [frame] }),
    ).toMatchObject({
      output: '0x03',
      error: 'execution reverted',
      revertReason: 'no',
      logs: [{ address: hexAddress('bb'), topics: [hexWord('1')], data: '0x07', position: '0x1', index: '0x2' }],
      calls: [{ type: 'CALL', gas: '0x64' }],
    });
  });

  it('have no value when they are static, and no receiver before it is known', async () => {
    expect(await view({ kind: 'STATICCALL' })).not.toHaveProperty('value');
    expect(await view({ to: undefined, kind: 'CREATE' })).not.toHaveProperty('to');
  });
});

const block = { hash: word(9), block: { header: { number: 7n } } } as Parameters<typeof blockTraceView>[1];

describe('a block', () => {
  it('has its transactions’ traces in order', async () => {
    const traced = [1, 2].map((n) => ({ hash: word(n), result: { type: 'call', frame } as TraceResult }));
    expect(JSON.parse(JSON.stringify(await blockTraceView(traced, block)))).toEqual([
      { txHash: hexWord('1'), result: expect.objectContaining({ type: 'CALL' }) },
      { txHash: hexWord('2'), result: expect.objectContaining({ type: 'CALL' }) },
    ]);
    expect(JSON.parse(JSON.stringify(await blockTraceView([], block)))).toEqual([]);
  });

  it('of thousands of calls is written whole', async () => {
    const calls = Array.from({ length: 5000 }, () => frame);
    const result = { type: 'call', frame: { ...frame, calls } } as TraceResult;
    expect((await read(result)) as { calls: unknown[] }).toHaveProperty('calls.length', 5000);
  });
});

describe('states before', () => {
  const account: PrestateAccount = {
    balance: 5n,
    nonce: 2n,
    code: Uint8Array.of(0x60),
    codeHash: word(1),
    storage: [[word(1), word(2)]],
  };

  it('are written by address', async () => {
    const accounts = new Map([[hexAddress('aa'), account]]);
    const written = {
      balance: '0x5',
      nonce: 2,
      code: '0x60',
      codeHash: hexWord('1'),
      storage: { [hexWord('1')]: hexWord('2') },
    };
    expect(await read({ type: 'prestate', accounts })).toEqual({ [hexAddress('aa')]: written });
    expect(await read({ type: 'diff', pre: accounts, post: new Map([[hexAddress('bb'), {}]]) })).toEqual({
      pre: { [hexAddress('aa')]: written },
      post: { [hexAddress('bb')]: {} },
    });
  });
});
