import { encodeErrorResult, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import { decodeRevert, evmFailureOf } from './decodeRevert.ts';

const abi = parseAbi([
  'error Error(string)',
  'error Panic(uint256)',
  'error Low(address who, uint256[] amounts, string note)',
  'error Empty()',
]);
const WHO = '0x00000000000000000000000000000000000000AA';

describe('decodeRevert', () => {
  it.each([
    ['a require string', encodeErrorResult({ abi, errorName: 'Error', args: ['too low'] }), 'too low', 'Error'],
    ['a panic', encodeErrorResult({ abi, errorName: 'Panic', args: [0x11n] }), /^panic 0x11: .*overflow/, 'Panic'],
    [
      'a panic nobody knows',
      encodeErrorResult({ abi, errorName: 'Panic', args: [0x99n] }),
      /^panic 0x99: unknown/,
      'Panic',
    ],
    ['a custom error without arguments', encodeErrorResult({ abi, errorName: 'Empty' }), 'Empty()', 'Empty'],
    [
      'a custom error with arguments',
      encodeErrorResult({ abi, errorName: 'Low', args: [WHO, [1n, 2n], 'why'] }),
      `Low("${WHO}", [1, 2], "why")`,
      'Low',
    ],
    ['an error that the ABI lacks', '0xdeadbeef00', 'unknown custom error 0xdeadbeef', undefined],
    ['fewer bytes than a selector', '0xaa', 'data 0xaa', undefined],
    ['nothing', '0x', 'no reason given', undefined],
    ['a require string that is cut short', '0x08c379a000', /^unknown custom error 0x08c379a0/, undefined],
  ] as const)('reads %s', (_, data, reason, errorName) => {
    const decoded = decodeRevert(data, abi);
    expect(decoded.errorName).toBe(errorName);
    if (typeof reason === 'string') expect(decoded.reason).toBe(reason);
    else expect(decoded.reason).toMatch(reason);
  });

  it('knows require strings and panics without an ABI', () => {
    expect(decodeRevert(encodeErrorResult({ abi, errorName: 'Error', args: ['x'] })).reason).toBe('x');
  });
});

it('evmFailureOf leaves other errors alone', () => {
  expect(evmFailureOf(new TypeError('revert'))).toBeUndefined();
});
