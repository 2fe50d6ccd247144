import { type ExecutionFault, executionError } from '@minichain/core';
import { bytesFromHex, type Hex } from '@minichain/protocol';
import { expect, it } from 'vitest';
import { type Asked, hardhatError } from './hardhatErrors.ts';
import { unknownMethod } from './nearest.ts';
import { SendFailure } from './sendFailure.ts';

const REASON: Hex = `0x08c379a0${'20'.padStart(64, '0')}${'b'.padStart(64, '0')}${Buffer.from('some reason').toString('hex').padEnd(64, '0')}`;
const panic = (code: string): Hex => `0x4e487b71${code.padStart(64, '0')}`;
const reverted = (data: Hex, reason?: string): ExecutionFault => ({
  code: 'REVERTED',
  data: bytesFromHex(data),
  reason,
});

const asked: Asked = {
  style: 'hardhat',
  method: 'eth_call',
  params: [],
  chain: { miner: { mode: { type: 'instant' } } },
};
const told = (fault: ExecutionFault) => {
  const { code, message, data } = hardhatError(executionError(fault), asked) ?? {};
  return { code, message, data };
};

it.each<[Hex, string]>([
  ['0x', 'Transaction reverted without a reason string'],
  [REASON, "VM Exception while processing transaction: reverted with reason string 'some reason'"],
  [
    '0xdeadbeef',
    'VM Exception while processing transaction: reverted with an unrecognized custom error (return data: 0xdeadbeef)',
  ],
  [
    panic('11'),
    'VM Exception while processing transaction: reverted with panic code 0x11 (Arithmetic operation overflowed outside of an unchecked block)',
  ],
  [panic('1'), 'VM Exception while processing transaction: reverted with panic code 0x1 (Assertion error)'],
  [panic('99'), 'VM Exception while processing transaction: reverted with unknown panic code 0x99'],
])('words a revert with %s as Hardhat 3', (data, message) => {
  expect(told(reverted(data, data === REASON ? 'some reason' : undefined))).toEqual({ code: 3, message, data });
});

it('words halts', () => {
  const message = 'Transaction ran out of gas';
  const fault: ExecutionFault = { code: 'HALTED', halt: 'OutOfGas', detail: 'out of gas' };
  expect(told(fault)).toEqual({ code: -32000, message, data: { message, data: '0x' } });
  const sent = hardhatError(new SendFailure(executionError(fault), '0xab'), asked);
  expect(sent?.data).toEqual({ message, txHash: '0xab', data: '0x' });
  expect(told({ code: 'HALTED', halt: 'InvalidFEOpcode', detail: 'invalid opcode' })).toEqual({
    code: 3,
    message: 'VM Exception while processing transaction: invalid opcode',
    data: '0x',
  });
});

it('words a method that is not there', () => {
  const message = 'Method eth_fooBar is not supported';
  const error = hardhatError(unknownMethod('eth_fooBar', []), { ...asked, method: 'eth_fooBar' });
  const { code, data, message: words } = error ?? {};
  expect([code, words, data]).toEqual([-32004, message, { message }]);
});

it('leaves the rest in our words', () => {
  expect(hardhatError(executionError({ code: 'TIMED_OUT', limitMs: 5 }), asked)).toBeUndefined();
  expect(hardhatError(new TypeError('ours'), asked)).toBeUndefined();
});

it("says nothing where geth's words are wanted", () => {
  const fault: ExecutionFault = { code: 'HALTED', halt: 'OutOfGas', detail: 'out of gas' };
  for (const style of ['geth', undefined] as const) {
    expect(hardhatError(executionError(fault), { ...asked, style })).toBeUndefined();
  }
});

it('wraps what Hardhat 2 says', () => {
  const { code, message, data } = hardhatError(executionError(reverted('0x')), { ...asked, style: 'hardhat2' }) ?? {};
  const words = 'Error: Transaction reverted without a reason string';
  expect({ code, message, data }).toEqual({ code: -32603, message: words, data: { message: words, data: '0x' } });
});
