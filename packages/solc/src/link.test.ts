import { describe, expect, it } from 'vitest';
import type { Artifact } from './artifacts.ts';
import { librariesFromNames, linkBytecode, neededLibraries } from './link.ts';

const place = `__$${'a'.repeat(34)}$__`;
const other = `__$${'b'.repeat(34)}$__`;
const artifact = {
  contractName: 'User',
  sourceName: 'User.sol',
  bytecode: `0x73${place}73${other}73${place}00`,
  linkReferences: {
    'a/Math.sol': {
      Math: [
        { start: 1, length: 20 },
        { start: 43, length: 20 },
      ],
    },
    'b/Text.sol': { Text: [{ start: 22, length: 20 }] },
  },
} as unknown as Artifact;
const A = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const B = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

describe('linking', () => {
  it('fills every place', () => {
    expect(neededLibraries(artifact)).toEqual(['a/Math.sol:Math', 'b/Text.sol:Text']);
    const [a, b] = [A, B].map((address) => address.slice(2).toLowerCase());
    expect(linkBytecode(artifact, { 'a/Math.sol:Math': A, 'b/Text.sol:Text': B })).toBe(`0x73${a}73${b}73${a}00`);
  });

  it('lists every library that is missing', () => {
    expect(() => linkBytecode(artifact, {})).toThrow(
      'User is not linked; it needs the address of\n  a/Math.sol:Math\n  b/Text.sol:Text',
    );
  });

  it('finds libraries by short or whole name', () => {
    expect(librariesFromNames(artifact, { Math: A, 'b/Text.sol:Text': B })).toEqual({
      'a/Math.sol:Math': A,
      'b/Text.sol:Text': B,
    });
    expect(() => librariesFromNames(artifact, { Maths: A })).toThrow(
      'User does not link Maths; it needs\n  a/Math.sol:Math\n  b/Text.sol:Text',
    );
    expect(() => librariesFromNames(artifact, { Math: '0x12' })).toThrow(
      'library Math: expected an address, got "0x12"',
    );
  });
});
