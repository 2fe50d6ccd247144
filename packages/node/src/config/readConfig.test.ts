import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './errors.ts';
import { readConfig, resolveSettings } from './readConfig.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'minichain-config-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const content = async (name: string, text: string) => (await readConfig(write(name, text), folder)).content;

describe('readConfig', () => {
  it.each([
    ['a.json', '{ "port": 5 }'],
    ['b.json', '\uFEFF{ "port": 5 }'],
    ['a.ts', 'const port: number = 5; export default { port };'],
    ['b.ts', "import { defineConfig } from 'minichain'; export default defineConfig({ port: 5 });"],
    ['c.ts', "import { defineConfig } from '@minichain/node'; export default defineConfig({ port: 5 });"],
    ['d.mts', "import { sep } from 'node:path'; await 0; export default { port: sep.length + 4 } as const;"],
    ['a.mjs', 'export default { port: 5 };'],
    ['a.js', 'export default { port: 5 };'],
    ['b.js', 'module.exports = { port: 5 };'],
    ['a.cjs', 'module.exports = { port: 5 };'],
  ])('reads %s: %s', async (name, text) => {
    expect(await content(name, text)).toEqual({ port: 5 });
  });

  it('runs a module anew each time, and what it imports', async () => {
    write('port.ts', 'export const port = 1;');
    const text = "import { port } from './port.ts'; export default { port };";
    expect(await content('a.ts', text)).toEqual({ port: 1 });
    write('port.ts', 'export const port = 2;');
    expect(await content('a.ts', text)).toEqual({ port: 2 });
  });

  it.each([
    ['a.json', '{', /^a\.json: not JSON: /],
    ['a.json', '[]', /^a\.json: expected an object of settings$/],
    ['a.json', 'null', /^a\.json: expected an object of settings$/],
    ['a.mjs', 'export const port = 5;', /^a\.mjs: expected a default export$/],
    ['a.mjs', 'export default () => ({});', /^a\.mjs: expected an object of settings$/],
    ['a.ts', 'export default {', /^a\.ts: cannot be run: [^\n]+$/],
    ['a.ts', "throw new Error('one\\ntwo');", /^a\.ts: cannot be run: one$/],
    ['a.ts', "import './nowhere.ts';", /^a\.ts: cannot be run: Cannot find module '\.\/nowhere\.ts'/],
  ])('refuses %s: %s', async (name, text, message) => {
    const error = await content(name, text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toMatch(message);
  });

  it('names a file elsewhere by its whole path', async () => {
    const path = join(folder, 'none.json');
    await expect(readConfig(path, join(folder, 'other'))).rejects.toThrow(
      new ConfigError(`${path}: cannot be read: no such file or directory (ENOENT)`),
    );
  });
});

describe('resolveSettings', () => {
  const resolved = (flags: Parameters<typeof resolveSettings>[0], env: Record<string, string> = {}) =>
    resolveSettings(flags, env, folder);

  it('does without a file', async () => {
    expect(await resolved({ port: '5' })).toMatchObject({ values: { port: 5 }, file: undefined });
  });

  it('finds the file of the folder', async () => {
    const path = write('minichain.config.json', '{ "port": 6 }');
    expect(await resolved({})).toMatchObject({ values: { port: 6 }, file: path });
    expect((await resolved({ port: '7' })).values).toEqual({ port: 7 });
    expect(await resolved({ noConfig: true })).toMatchObject({ values: { noConfig: true }, file: undefined });
  });

  it('takes the file that is named, by flag or variable', async () => {
    write('minichain.config.json', 'nonsense');
    mkdirSync(join(folder, 'sub'));
    const path = write('sub/other.json', '{ "init": "genesis.json" }');
    const expected = { values: { init: join(folder, 'sub/genesis.json') }, file: path };
    expect(await resolved({ config: 'sub/other.json' })).toMatchObject(expected);
    expect(await resolved({}, { MINICHAIN_CONFIG: path })).toMatchObject(expected);
    await expect(resolved({ config: 'sub' })).rejects.toThrow(
      new ConfigError('sub: expected a file that ends in .ts .mts .js .mjs .cjs .json'),
    );
    await expect(resolved({ config: 'none.json' })).rejects.toThrow(
      'none.json: cannot be read: no such file or directory (ENOENT)',
    );
  });

  it('refuses to choose between two', async () => {
    write('minichain.config.json', '{}');
    write('minichain.config.ts', 'export default {};');
    await expect(resolved({})).rejects.toThrow(
      new ConfigError('there are minichain.config.ts and minichain.config.json: keep one, or choose with --config'),
    );
  });

  it('names the key of a file that is wrong', async () => {
    write('minichain.config.json', '{ "prot": 6 }');
    await expect(resolved({})).rejects.toThrow('minichain.config.json: there is no setting prot; did you mean port?');
  });
});
