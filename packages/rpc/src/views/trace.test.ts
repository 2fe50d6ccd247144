import type { CallFrame, PrestateAccount, StructLog } from '@minichain/core';
import { describe, expect, it } from 'vitest';
import { traceView } from './trace.ts';

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

describe('struct logs', () => {
  const log: StructLog = { pc: 1, op: 'ADD', gas: 10n, gasCost: 3n, depth: 1 };
  const view = (logs: readonly StructLog[]) =>
    traceView({ type: 'struct', gas: 21000n, failed: true, returnValue: Uint8Array.of(2), structLogs: logs });

  it('are plain numbers outside, and hold only what was recorded', async () => {
    expect(await view([log])).toEqual({
      gas: 21000,
      failed: true,
      returnValue: '0x02',
      structLogs: [{ pc: 1, op: 'ADD', gas: 10, gasCost: 3, depth: 1 }],
    });
  });

  it('write stack, memory by words, storage and the rest', async () => {
    const full: StructLog = {
      ...log,
      error: 'out of gas',
      stack: [0n, 255n],
      memory: new Uint8Array(64).fill(1, 63),
      storage: [[word(1), word(2)]],
      returnData: Uint8Array.of(9),
      refund: 4800n,
    };
    expect(await view([full])).toMatchObject({
      structLogs: [
        {
          error: 'out of gas',
          stack: ['0x0', '0xff'],
          memory: [hexWord('0'), hexWord('1')],
          storage: { [hexWord('1')]: hexWord('2') },
          returnData: '0x09',
          refund: 4800,
        },
      ],
    });
  });
});

describe('call frames', () => {
  const view = (more: object = {}) => traceView({ type: 'call', frame: { ...frame, ...more } as CallFrame });

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
    expect(Object.keys(await view({ kind: 'STATICCALL' }))).not.toContain('value');
    expect(Object.keys(await view({ to: undefined, kind: 'CREATE' }))).not.toContain('to');
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
    expect(await traceView({ type: 'prestate', accounts })).toEqual({ [hexAddress('aa')]: written });
    expect(await traceView({ type: 'diff', pre: accounts, post: new Map([[hexAddress('bb'), {}]]) })).toEqual({
      pre: { [hexAddress('aa')]: written },
      post: { [hexAddress('bb')]: {} },
    });
  });
});
