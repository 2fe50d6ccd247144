import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkConfig } from './checkConfig.ts';
import { ConfigError } from './errors.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'minichain-check-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(content: object): string {
  const path = join(folder, 'minichain.config.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

it('reads the file of the folder, or the one that is named', async () => {
  const path = write({ port: 1, networks: { ci: { port: 2 }, staging: {} } });
  expect(await checkConfig(undefined, folder)).toEqual({ path, networks: ['ci', 'staging'] });
  expect(await checkConfig('minichain.config.json', folder)).toEqual({ path, networks: ['ci', 'staging'] });
});

it.each([
  [{ prot: 1 }, 'minichain.config.json: there is no setting prot; did you mean port?'],
  [
    { noMining: true, mixedMining: true },
    'noMining (minichain.config.json) and mixedMining (minichain.config.json) exclude each other',
  ],
  [
    { networks: { ci: { mixedMining: true } } },
    'network ci: networks.ci.mixedMining (minichain.config.json) needs --block-time',
  ],
  [{ network: 'x' }, /^minichain\.config\.json: network: expected a network of the config file, got "x": /],
  [{ init: 'none.json' }, /^--init: cannot read .*none\.json: no such file or directory \(ENOENT\)$/],
])('tells the first mistake of %j', async (content, message) => {
  write(content);
  const error = await checkConfig(undefined, folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  if (typeof message === 'string') expect((error as Error).message).toBe(message);
  else expect((error as Error).message).toMatch(message);
});

it('misses the file that is not there', async () => {
  await expect(checkConfig(undefined, folder)).rejects.toThrow(
    `there is no config file in ${folder}: expected minichain.config.ts or `,
  );
});
