import { createChain } from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { callText, failureText } from './callText.ts';

beforeAll(async () => {
  // Loads keccak.
  await (await createChain()).close();
});

const ALICE = 'f39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const word = (hex: string): string => hex.padStart(64, '0');
const call = (hex: string) => callText(bytesFromHex(`0x${hex}`));

describe('callText', () => {
  it.each([
    [`a9059cbb${word(ALICE)}${word('7b')}`, 'transfer(0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266, 123)'],
    [`a22cb465${word(ALICE)}${word('1')}`, 'setApprovalForAll(0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266, true)'],
    [`01ffc9a7${'80ac58cd'.padEnd(64, '0')}`, 'supportsInterface(0x80ac58cd)'],
    ['d0e30db0', 'deposit()'],
  ])('names %s', (data, text) => {
    expect(call(data)).toBe(text);
  });

  it('leaves out arguments that are not one word each, or not there', () => {
    expect(call(`ac9650d8${word('20')}${word('0')}`)).toBe('multicall(bytes[])');
    expect(call(`a9059cbb${word(ALICE)}`)).toBe('transfer(address,uint256)');
  });

  it('shows the selector of anything else', () => {
    expect(call('12345678abcd')).toBe('0x12345678');
    expect(call('123456')).toBeUndefined();
    expect(call('')).toBeUndefined();
  });
});

describe('failureText', () => {
  it('decodes the custom errors that most contracts share', () => {
    const data = bytesFromHex(`0xe450d38c${word(ALICE)}${word('5')}${word('a')}`);
    expect(failureText('execution reverted', data)).toBe(
      'execution reverted: ERC20InsufficientBalance(0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266, 5, 10)',
    );
  });

  it('shows what any other custom error returned', () => {
    expect(failureText('execution reverted', bytesFromHex('0xdeadbeef07'))).toBe(
      'execution reverted: custom error 0xdeadbeef07',
    );
    expect(failureText('execution reverted', new Uint8Array(200).fill(1))).toMatch(/custom error 0x(01){132}…$/);
  });

  it('keeps any other message', () => {
    expect(failureText('execution reverted', new Uint8Array())).toBe('execution reverted');
    expect(failureText('execution reverted: nope', bytesFromHex('0x08c379a0'))).toBe('execution reverted: nope');
    expect(failureText('EVM error OutOfGas: out of gas', new Uint8Array())).toBe('EVM error OutOfGas: out of gas');
  });
});
