import { expect, it } from 'vitest';
import { describeSettings } from './describeSettings.ts';
import { type SettingFlags, settle } from './load.ts';
import { SETTINGS, type SettingName } from './schema.ts';

const content = { gasPrice: 7n, blockTime: 0.5, mnemonic: 'a b c', quiet: true };
const file = { path: '/x/c.json', shown: 'c.json', content };

function described(flags: SettingFlags, env: Record<string, string> = {}, options = {}) {
  const all = describeSettings(settle(flags, env, file), options);
  expect(all.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
  return (name: SettingName) => all.find((one) => one.name === name);
}

it('tells every value in the units of the flag, and who gave it', () => {
  const of = described({ port: '1', preset: 'anvil' }, { MINICHAIN_ACCOUNTS: '3' });
  expect(of('port')).toEqual({ name: 'port', value: 1, source: { from: 'flag', name: '--port' } });
  expect(of('accounts')).toMatchObject({ value: 3, source: { from: 'environment', name: 'MINICHAIN_ACCOUNTS' } });
  expect(of('blockTime')).toMatchObject({ value: 0.5, source: { from: 'file', file: 'c.json', key: 'blockTime' } });
  expect(of('gasPrice')).toMatchObject({ value: 7 });
  expect(of('quiet')).toMatchObject({ value: true });
  expect(of('maxTransactions')).toMatchObject({ value: 1000, source: { from: 'preset', name: 'anvil' } });
  expect(of('disableTxGasCap')).toMatchObject({ value: true });
});

it('tells the defaults', () => {
  const of = described({});
  const source = { from: 'default' };
  expect(of('host')).toEqual({ name: 'host', value: '127.0.0.1', source });
  expect(of('chainId')).toEqual({ name: 'chainId', value: 31337, source });
  expect(of('metrics')).toEqual({ name: 'metrics', value: true, source });
  expect(of('noCors')).toEqual({ name: 'noCors', value: false, source });
  expect(of('allowedHosts')).toEqual({ name: 'allowedHosts', value: null, source });
  expect(of('config')).toEqual({ name: 'config', value: '/x/c.json', source });
});

it('keeps secrets to itself unless asked, except those that everybody knows', () => {
  expect(described({})('mnemonic')).toMatchObject({ value: '••••••', source: { key: 'mnemonic' } });
  expect(described({}, {}, { showSecrets: true })('mnemonic')).toMatchObject({ value: 'a b c' });
  expect(JSON.stringify(describeSettings(settle({ mnemonicSeedUnsafe: '42' }, {})))).not.toContain('42');
  expect(describeSettings(settle({ preset: 'anvil' }, {})).find(({ name }) => name === 'mnemonic')?.value).toMatch(
    /junk$/,
  );
});
