import { bytesToHex } from '@ethereumjs/util';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytes } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { childrenOf, keyAtPath, masterKeyFromSeed, seedFromMnemonic } from './derive.ts';

beforeAll(() => loadCrypto());

const HARDENED = 0x80000000;

describe('BIP-32', () => {
  // Test vector 1 of the specification.
  const master = () => masterKeyFromSeed(bytes('0x000102030405060708090a0b0c0d0e0f'));

  it.each([
    ['m', 'e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35'],
    ["m/0'", 'edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea'],
    ["m/0'/1", '3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc93368'],
    ["m/0'/1/2'", 'cbce0d719ecf7431d88e6a89fa1483e02e35092af60c042b1df2ff59fa424dca'],
    ["m/0'/1/2'/2/1000000000", '471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8'],
  ])('derives %s', (path, key) => expect(bytesToHex(keyAtPath(master(), path).privateKey)).toBe(`0x${key}`));

  it('keeps the zeros that a key starts with (test vector 3)', () => {
    const seed = bytes(
      '0x4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be',
    );
    expect(bytesToHex(keyAtPath(masterKeyFromSeed(seed), "m/0'").privateKey)).toBe(
      '0x491f7a2eebc7b57028e0d3faa0acda02e75c33b03c48fb288c41e2ea44e1daef',
    );
  });

  it('gives every child a key and a chain code of its own', () => {
    const child = childrenOf(master());
    const all = [0, 1, 2, HARDENED, HARDENED + 1].map(child);
    expect(new Set(all.map(({ privateKey }) => bytesToHex(privateKey))).size).toBe(5);
    expect(new Set(all.map(({ chainCode }) => bytesToHex(chainCode))).size).toBe(5);
    expect(child(1)).toEqual(all[1]);
  });
});

it('makes the seed of BIP-39’s words, without a passphrase', () => {
  const words = 'test test test test test test test test test test test junk';
  const { privateKey } = keyAtPath(masterKeyFromSeed(seedFromMnemonic(words)), "m/44'/60'/0'/0/0");
  expect(bytesToHex(privateKey)).toBe('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
});
