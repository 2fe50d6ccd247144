import { describe, expect, it } from 'vitest';
import { ConfigError } from './errors.ts';
import { loadSettings } from './load.ts';
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
