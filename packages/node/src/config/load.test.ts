import { describe, expect, it } from 'vitest';
import type { ConfigFile } from './configFile.ts';
import { ConfigError } from './errors.ts';
import { loadSettings, settle } from './load.ts';
import { PRESETS } from './presets.ts';
import { SETTINGS, type SettingName } from './schema.ts';
import { longFlag, type Setting } from './setting.ts';

const all = Object.entries(SETTINGS) as [SettingName, Setting<unknown>][];
const load = (flags: Parameters<typeof loadSettings>[0], env: Record<string, string> = {}) => loadSettings(flags, env);

describe('the settings', () => {
  it('have a flag, an alias and a variable that no other has', () => {
    const flags = all.flatMap(([, { flag, aliases = [] }]) =>
      [flag, ...aliases].flatMap((text) => text.match(/-+[\w-]+/g)),
    );
    expect(new Set(flags).size).toBe(flags.length);
    expect(new Set(all.map(([, { env }]) => env)).size).toBe(all.length);
  });

  it('have a variable that is named after the flag', () => {
    for (const [, setting] of all)
      expect(setting.env).toBe(longFlag(setting).slice(2).replaceAll('-', '_').toUpperCase());
  });

  it('have help without a full stop that begins like a sentence that goes on', () => {
    for (const [, { help }] of all) expect(help).toMatch(/^[^.].*[^.]$/);
  });
});

describe('loadSettings', () => {
  it('is empty when nothing is given', () => {
    expect(load({})).toEqual({});
  });

  it('reads flags, then the environment', () => {
    expect(load({ port: '1' }, { MINICHAIN_PORT: '2', MINICHAIN_CHAIN_ID: '0x10' })).toEqual({ port: 1, chainId: 16n });
  });

  it('takes a switch from either', () => {
    expect(load({ quiet: true })).toEqual({ quiet: true });
    expect(load({}, { MINICHAIN_QUIET: 'yes' })).toEqual({ quiet: true });
    expect(load({}, { MINICHAIN_QUIET: 'no' })).toEqual({ quiet: false });
  });

  it('takes an empty variable for an absent one', () => {
    expect(load({}, { MINICHAIN_PORT: '', MINICHAIN_QUIET: '' })).toEqual({});
  });

  it('knows what a flag means whose value may be left out', () => {
    expect(load({ mnemonicRandom: true })).toEqual({ mnemonicRandom: '12' });
    expect(load({ mnemonicRandom: '24' })).toEqual({ mnemonicRandom: '24' });
  });

  it.each<[Parameters<typeof loadSettings>[0], Record<string, string>, string]>([
    [{ port: '70000' }, {}, '--port: expected a whole number from 0 to 65535, got "70000"'],
    [{ mnemonicRandom: '13' }, {}, '--mnemonic-random: expected one of 12, 15, 18, 21, 24, got "13"'],
    [
      {},
      { MINICHAIN_BLOCK_TIME: 'x' },
      'MINICHAIN_BLOCK_TIME: expected a number of seconds above 0, at most 2147483, got "x"',
    ],
    [
      { chainId: '0' },
      {},
      '--chain-id: expected a whole number from 1 to 9007199254740991, decimal or 0x-hex, got "0"',
    ],
    [
      { gasLimit: '0' },
      {},
      '--gas-limit: expected a whole number from 5000 to 9223372036854775807, decimal or 0x-hex, got "0"',
    ],
    [{ noMining: true, blockTime: '1' }, {}, '--no-mining and --block-time exclude each other'],
    [{ noMining: true }, { MINICHAIN_BLOCK_TIME: '1' }, '--no-mining and --block-time exclude each other'],
    [{ mixedMining: true }, {}, '--mixed-mining needs --block-time'],
    [{ noMining: true, mixedMining: true }, {}, '--no-mining and --mixed-mining exclude each other'],
    [{ config: 'x.json', noConfig: true }, {}, '--config and --no-config exclude each other'],
    [{ preset: 'geth' }, {}, '--preset: expected one of hardhat, anvil, ganache, mainnet, got "geth"'],
    [
      {},
      { MINICHAIN_NETWORK: 'celo' },
      'MINICHAIN_NETWORK: expected a network of the config file, got "celo": there is no config file; minichain runs Ethereum mainnet rules only',
    ],
    [{ mnemonic: 'a', mnemonicRandom: true }, {}, '--mnemonic and --mnemonic-random exclude each other'],
    [
      { init: 'x.json', hardfork: 'cancun' },
      {},
      '--init and --hardfork exclude each other: the genesis file says which hardforks hold',
    ],
  ])('refuses %j with %j', (flags, env, message) => {
    expect(() => load(flags, env)).toThrowError(new ConfigError(message));
  });

  it('does not hold a switch that is off against another', () => {
    expect(load({ blockTime: '1' }, { MINICHAIN_NO_MINING: 'false' })).toEqual({ blockTime: 1000, noMining: false });
  });

  it('lists the hardforks it knows, and takes them in any case and by their other names', () => {
    expect(() => load({ hardfork: 'foo' })).toThrowError(
      /^--hardfork: expected one of latest, chainstart, homestead, .*cancun, prague, osaka, bpo1, bpo2, amsterdam, got "foo"$/,
    );
    const chosen = (hardfork: string) => load({ hardfork }).hardfork;
    expect(['Cancun', 'LATEST', 'merge', 'frontier', 'SpuriousDragon', 'bpo1'].map(chosen)).toEqual([
      'cancun',
      'bpo2',
      'paris',
      'chainstart',
      'spuriousDragon',
      'bpo1',
    ]);
  });
});

const file = (content: Record<string, unknown>): ConfigFile => ({ path: '/x/c.json', shown: 'c.json', content });

describe('settle', () => {
  const networks = { ci: { gasLimit: 4_000_000, chainId: 4, accounts: 4, order: 'fifo' } };
  const content = { gasLimit: 3_000_000, chainId: 3, accounts: 3, port: 3, network: 'ci', networks };

  it('takes a flag before a variable before the network before the file before the preset', () => {
    const { values, given } = settle(
      { gasLimit: '6000000', preset: 'ganache' },
      { MINICHAIN_CHAIN_ID: '5', MINICHAIN_GAS_LIMIT: '5000000' },
      file(content),
    );
    expect(values).toMatchObject({ gasLimit: 6_000_000n, chainId: 5n, accounts: 4, port: 3, balance: 10n ** 21n });
    const origin = (name: SettingName) => given.get(name)?.origin;
    expect(origin('gasLimit')).toEqual({ from: 'flag', name: '--gas-limit' });
    expect(origin('chainId')).toEqual({ from: 'environment', name: 'MINICHAIN_CHAIN_ID' });
    expect(origin('accounts')).toEqual({ from: 'file', file: 'c.json', key: 'networks.ci.accounts' });
    expect(origin('port')).toEqual({ from: 'file', file: 'c.json', key: 'port' });
    expect(origin('balance')).toEqual({ from: 'preset', name: 'ganache' });
    expect(origin('host')).toBeUndefined();
  });

  it.each<[string, Parameters<typeof loadSettings>[0], Record<string, unknown>, Record<string, unknown>]>([
    ['file', { noMining: true }, { blockTime: 1, mixedMining: true }, { noMining: true }],
    ['file', { blockTime: '1' }, { noMining: true }, { blockTime: 1000 }],
    ['preset', { noMining: true, preset: 'mainnet' }, {}, { noMining: true }],
    [
      'top of the file',
      { network: 'a' },
      { noCors: true, networks: { a: { allowOrigin: 'http://a' } } },
      { allowOrigin: ['http://a'] },
    ],
    ['preset', { mnemonic: 'a b', preset: 'ganache' }, {}, { mnemonic: 'a b' }],
  ])('lets what is excluded in the %s give way (%j, %j)', (_weaker, flags, keys, expected) => {
    const { values } = settle(flags, {}, file(keys));
    const { network: _n, preset: _p, ...rest } = values;
    const ofPreset = flags.preset === undefined ? {} : PRESETS[flags.preset as 'ganache'];
    expect(Object.fromEntries(Object.entries(rest).filter(([name]) => !Object.hasOwn(ofPreset, name)))).toEqual(
      expected,
    );
    for (const gone of ['blockTime', 'mnemonicRandom', 'noCors'])
      if (!(gone in expected)) expect(values).not.toHaveProperty(gone);
  });

  it('holds two keys of one file against each other', () => {
    expect(() => settle({}, {}, file({ noMining: true, blockTime: 1 }))).toThrowError(
      new ConfigError('noMining (c.json) and blockTime (c.json) exclude each other'),
    );
  });

  it('takes a preset from anywhere, and its own network last', () => {
    expect(settle({}, {}, file({ preset: 'ganache' })).values.chainId).toBe(1337n);
    const both = file({ preset: 'ganache', network: 'a', networks: { a: { preset: 'mainnet' } } });
    expect(settle({}, {}, both).values.chainId).toBe(1n);
    expect(settle({}, { MINICHAIN_PRESET: 'hardhat' }, both).values.chainId).toBe(31337n);
  });

  it('leaves to a genesis file what that decides, but for what is said beside it', () => {
    const kept = { accounts: 10, mnemonicRandom: '12', gasPrice: 2_000_000_000n, order: 'fees' };
    const { values } = settle({ preset: 'ganache', init: 'g.json', gasLimit: '5000' }, {});
    expect(values).toEqual({ preset: 'ganache', onePerBlock: true, init: 'g.json', gasLimit: 5000n, ...kept });
  });

  it.each(Object.entries(PRESETS))('knows what is in the preset %s', (preset, settings) => {
    const { given } = settle({ preset }, {});
    for (const [name, text] of Object.entries(settings)) expect(given.get(name as SettingName)?.text).toBe(text);
    expect(given.size).toBe(Object.keys(settings).length + 1);
  });
});
