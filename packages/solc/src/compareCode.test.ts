import type { Hex } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import { compareCode } from './compareCode.ts';

const hash = (digit: string): string => `a264697066735822${'1220'}${digit.repeat(64)}64736f6c63430008250033`;
const address = 'f39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const other = '70997970c51812dc3a010c7d01b50e0d17dc79c8';
const artifact = (code: string, more = {}) => ({
  deployedBytecode: `0x${code}` as Hex,
  immutableReferences: {},
  deployedLinkReferences: {},
  ...more,
});

describe('compareCode', () => {
  it('is exact when all is equal', () => {
    const code = `6080${hash('1')}`;
    expect(compareCode(artifact(code), `0x${code.toUpperCase()}`.replace('0X', '0x') as Hex).match).toBe('exact');
  });

  it('is the code alone when metadata differ, in created contracts too', () => {
    const code = (digit: string): string => `6080${hash(digit)}61ff${hash(digit)}`;
    expect(compareCode(artifact(code('1')), `0x${code('2')}`).match).toBe('code');
    const old = (digit: string): string => `6080a165627a7a72305820${digit.repeat(64)}0029`;
    expect(compareCode(artifact(old('1')), `0x${old('2')}`).match).toBe('code');
  });

  it('reads immutables and libraries', () => {
    const immutableReferences = {
      7: [
        { start: 1, length: 32 },
        { start: 34, length: 32 },
      ],
    };
    const deployedLinkReferences = { 'a.sol': { L: [{ start: 67, length: 20 }] } };
    const compiled = `7f${'0'.repeat(64)}7f${'0'.repeat(64)}73__$${'a'.repeat(34)}$__`;
    const word = `${'0'.repeat(62)}2a`;
    const found = (first: string, second: string): Hex => `0x7f${first}7f${second}73${address}`;
    const given = artifact(compiled, { immutableReferences, deployedLinkReferences });
    expect(compareCode(given, found(word, word))).toEqual({
      match: 'exact',
      immutables: { 7: `0x${word}` },
      libraries: { 'a.sol:L': `0x${address}` },
    });
    expect(compareCode(given, found(word, '1'.repeat(64)))).toMatchObject({
      match: 'none',
      difference: 'immutable 7 has different values in different places',
    });
  });

  it("lets a library's own address be", () => {
    const library = (own: string): string => `73${own}301460806040${hash('1')}`;
    expect(compareCode(artifact(library('0'.repeat(40))), `0x${library(other)}`).match).toBe('exact');
  });

  it('says where code differs', () => {
    expect(compareCode(artifact('608060405200'), '0x608060415200')).toEqual({
      match: 'none',
      immutables: {},
      libraries: {},
      difference: 'byte 3: 0x415200… on the chain, 0x405200… compiled',
    });
    expect(compareCode(artifact('6080'), '0x60')).toMatchObject({ difference: '1 bytes on the chain, 2 compiled' });
  });
});
