import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConfigFile, keysAtTop, keysOfNetwork } from './configFile.ts';
import { ConfigError } from './errors.ts';

const file = (content: Record<string, unknown>): ConfigFile => ({
  path: resolve('/folder/c.json'),
  shown: 'c.json',
  content,
});
const values = (content: Record<string, unknown>) =>
  Object.fromEntries([...keysAtTop(file(content))].map(([name, { value }]) => [name, value]));

describe('values', () => {
  it('are native or text', () => {
    expect(
      values({ port: 1, chainId: 2n, baseFee: '0x10', blockTime: 0.5, balance: 1.5, quiet: true, host: '::1' }),
    ).toEqual({
      ...{ port: 1, chainId: 2n, baseFee: 16n, blockTime: 500, balance: 15n * 10n ** 17n, quiet: true, host: '::1' },
    });
    expect(values({ quiet: 'off', port: '7', allowOrigin: ['http://a', 'http://b'], allowedHosts: 'A,b' })).toEqual({
      ...{ quiet: false, port: 7, allowOrigin: ['http://a', 'http://b'], allowedHosts: ['a', 'b'] },
    });
  });

  it('may be left undefined', () => {
    expect(values({ port: undefined, networks: { ci: {} }, $schema: './schema.json' })).toEqual({});
  });

  it('of a flag whose value may be left out may be true or false', () => {
    expect(values({ mnemonicRandom: true })).toEqual({ mnemonicRandom: '12' });
    expect(values({ mnemonicRandom: 24 })).toEqual({ mnemonicRandom: '24' });
    expect(values({ mnemonicRandom: false })).toEqual({});
    expect(values({ metrics: false })).toEqual({ metrics: false });
    expect(values({ metrics: true })).toEqual({ metrics: true });
  });

  it('that are paths are relative to the file', () => {
    expect(values({ init: 'genesis.json', dataDir: 'chain' })).toEqual({
      ...{ init: resolve('/folder/genesis.json'), dataDir: resolve('/folder/chain') },
    });
  });
});

describe('mistakes', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ prot: 1 }, 'there is no setting prot; did you mean port?'],
    [{ chainID: 1 }, 'there is no setting chainID; did you mean chainId?'],
    [{ 'block-time': 1 }, 'there is no setting block-time; did you mean blockTime?'],
    [
      { somethingElseEntirely: 1 },
      'there is no setting somethingElseEntirely; `minichain config schema` lists all keys',
    ],
    [{ toString: 1 }, 'there is no setting toString; `minichain config schema` lists all keys'],
    [{ config: 'x' }, 'config chooses the file, and cannot be in it'],
    [{ port: 70000 }, 'port: expected a whole number from 0 to 65535, got 70000'],
    [{ port: 'x' }, 'port: expected a whole number from 0 to 65535, got "x"'],
    [{ port: -1 }, 'port: expected a whole number from 0 to 65535, got -1'],
    [{ port: null }, 'port: expected a text or a number, got null'],
    [{ port: true }, 'port: expected a text or a number, got true'],
    [{ port: ['1'] }, 'port: expected a text or a number, got a list'],
    [{ host: '' }, 'host: expected some text, got ""'],
    [{ gasPrice: 1e21 }, 'gasPrice: expected a text or a number, got 1e+21'],
    [{ port: Number.NaN }, 'port: expected a text or a number, got NaN'],
    [{ quiet: 'perhaps' }, 'quiet: expected true or false, got "perhaps"'],
    [{ quiet: null }, 'quiet: expected true or false, got null'],
    [{ allowOrigin: [1] }, 'allowOrigin: expected a list of texts, got a list'],
    [{ chainId: 0n }, 'chainId: expected a whole number from 1 to 9007199254740991, decimal or 0x-hex, got 0n'],
    [{ order: 'random' }, 'order: expected one of fees, fifo, got "random"'],
    [{ networks: [] }, 'networks: expected an object of networks, got a list'],
    [{ networks: { ci: 5 } }, 'networks.ci: expected an object of settings, got 5'],
    [{ networks: { ci: { prot: 1 } } }, 'there is no setting networks.ci.prot; did you mean port?'],
    [{ networks: { ci: { port: 'x' } } }, 'networks.ci.port: expected a whole number from 0 to 65535, got "x"'],
    [
      { networks: { ci: { network: 'x' } } },
      'there is no setting networks.ci.network; `minichain config schema` lists all keys',
    ],
  ])('are told (%#)', (content, message) => {
    expect(() => keysAtTop(file(content))).toThrowError(new ConfigError(`c.json: ${message}`));
  });
});

describe('a network', () => {
  const chosen = (name: string) => ({ text: name, value: name, origin: { from: 'flag', name: '--network' } }) as const;
  const networks = { ci: { port: 1 }, staging: {} };

  it('has settings of its own', () => {
    const found = keysOfNetwork(file({ networks }), chosen('ci'));
    expect([...found]).toEqual([
      ['port', { text: '1', value: 1, origin: { from: 'file', file: 'c.json', key: 'networks.ci.port' } }],
    ]);
  });

  it.each<[ConfigFile | undefined, string, string]>([
    [file({ networks }), 'x', 'c.json has no network "x" (there are ci, staging)'],
    [file({}), 'x', 'c.json has no network "x"'],
    [undefined, 'x', 'there is no config file'],
    [file({ networks }), 'toString', 'c.json has no network "toString" (there are ci, staging)'],
    [undefined, 'optimism', 'there is no config file; minichain runs Ethereum mainnet rules only'],
  ])('that is not there is a mistake (%#)', (content, name, reason) => {
    expect(() => keysOfNetwork(content, chosen(name))).toThrowError(
      new ConfigError(`--network: expected a network of the config file, got "${name}": ${reason}`),
    );
  });
});
