import { bytesToHex } from '@ethereumjs/util';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync } from '@scure/bip39';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCrypto } from '../crypto/crypto.ts';
import {
  accountsFromMnemonic,
  DEFAULT_DERIVATION_PATH,
  DEFAULT_MNEMONIC,
  mnemonicFromSeed,
  randomMnemonic,
} from './mnemonic.ts';

beforeAll(async () => {
  await loadCrypto();
});

const derive = (options: { mnemonic?: string; count?: number; derivationPath?: string } = {}) =>
  accountsFromMnemonic({
    mnemonic: DEFAULT_MNEMONIC,
    count: 1,
    derivationPath: DEFAULT_DERIVATION_PATH,
    ...options,
  });

describe('accountsFromMnemonic', () => {
  it('derives the accounts that every dev chain has', () => {
    const accounts = derive({ count: 10 });
    expect(accounts.map(({ address }) => address.toString())).toEqual([
      '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
      '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
      '0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc',
      '0x90f79bf6eb2c4f870365e785982e1f101e93b906',
      '0x15d34aaf54267db7d7c367839aaf71a00a2c6a65',
      '0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc',
      '0x976ea74026e726554db657fa54763abd0c3a0aa9',
      '0x14dc79964da2c08b23698b3d3cc7ca32193d9955',
      '0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b21e8f',
      '0xa0ee7a142d267c1f36714e4a8f75612f20a79720',
    ]);
    expect(bytesToHex(accounts[0]?.privateKey as Uint8Array)).toBe(
      '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    );
  });

  it.each([
    ["m/44'/60'/0'/0/", 12],
    ["m/44'/60'/0'", 15],
    ["m/44'/1'/2'/3/4/", 18],
    ['m/0/1/2147483647', 21],
    ["m/2147483647'/0", 24],
    ['m', 12],
  ])('agrees with @scure/bip32 at %s', (derivationPath, words) => {
    const mnemonic = randomMnemonic(words);
    const parent = HDKey.fromMasterSeed(mnemonicToSeedSync(mnemonic)).derive(derivationPath.replace(/\/$/, ''));
    const ours = derive({ mnemonic, derivationPath, count: 5 });
    expect(ours.map(({ privateKey }) => bytesToHex(privateKey))).toEqual(
      [0, 1, 2, 3, 4].map((index) => bytesToHex(parent.deriveChild(index).privateKey as Uint8Array)),
    );
  });

  it('takes the words with any white space between them', () => {
    const mnemonic = `  ${DEFAULT_MNEMONIC.replaceAll(' ', '\t \n')} `;
    expect(derive({ mnemonic })).toEqual(derive());
  });

  it.each([
    ['', 'expected 12, 15, 18, 21 or 24 words, got 0'],
    ['test test', 'expected 12, 15, 18, 21 or 24 words, got 2'],
    [DEFAULT_MNEMONIC.replace('junk', 'jnuk'), '"jnuk" is not in the English BIP-39 word list'],
    [DEFAULT_MNEMONIC.replace('junk', 'test'), 'the checksum of the words does not match (BIP-39)'],
  ])('refuses the mnemonic %j, whether accounts are wanted or not', (mnemonic, detail) => {
    for (const count of [0, 1]) {
      expect(() => derive({ mnemonic, count })).toThrowError(
        expect.objectContaining({ fault: { code: 'MNEMONIC_INVALID', detail } }),
      );
    }
  });

  it.each(['', 'foo', "44'/60'", 'm/x', 'm/-1', 'm/2147483648', "m//0'"])('refuses the path %j', (path) => {
    expect(() => derive({ derivationPath: path })).toThrowError(
      expect.objectContaining({ fault: { code: 'DERIVATION_PATH_INVALID', path } }),
    );
  });
});

describe('randomMnemonic', () => {
  it.each([12, 15, 18, 21, 24])('has %i words that are valid', (words) => {
    const mnemonic = randomMnemonic(words);
    expect(mnemonic.split(' ')).toHaveLength(words);
    expect(derive({ mnemonic })).toHaveLength(1);
    expect(randomMnemonic(words)).not.toBe(mnemonic);
  });

  it('refuses another number of words', () => {
    expect(() => randomMnemonic(13)).toThrowError('invalid mnemonic: expected 12, 15, 18, 21 or 24 words, got 13');
  });
});

describe('mnemonicFromSeed', () => {
  // What `anvil --mnemonic-seed-unsafe` of 1.7.1 prints.
  it.each([
    [1n, 'gesture car maximum regret pudding merry fatal electric sea grab crack social'],
    [42n, 'pen brief eager pepper brass detect problem vital physical tent assume damp'],
    [123456789012345n, 'barrel lock chest pulse live solid dinner peace shadow agree team discover'],
  ])('makes the words of Anvil from %i', (seed, mnemonic) => {
    expect(mnemonicFromSeed(seed)).toBe(mnemonic);
  });
});
