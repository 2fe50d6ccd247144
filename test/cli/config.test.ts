import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { minichain, type RunningCommand, startCommandLine } from '../support/commandLine.ts';
import { createJsonRpc, type JsonRpc } from '../support/jsonRpc.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'minichain-config-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | object): string => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** Runs a command in the folder to its end. */
const run = (args: readonly string[], env: Record<string, string> = {}) => minichain(args, env, folder);

/** What a mistake comes to: nothing on stdout, one line on stderr, an exit code. */
async function mistake(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await run(args, env);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  return `${code}: ${stderr.slice('error: '.length, -1)}`;
}

/** Value and source of settings, as `config print --json` tells them. */
async function printed(args: readonly string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await run(['config', 'print', '--json', ...args], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, { value: unknown; source: Record<string, string> }>;
}

interface Started {
  readonly command: RunningCommand;
  readonly rpc: JsonRpc;
  readonly url: string;
}

/** Starts a node in the folder, with whatever config file is there. */
async function start(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Started> {
  const command = startCommandLine(['node', '--ready-file', join(folder, 'ready.json'), ...args], env, folder);
  onTestFinished(() => command.kill());
  const isReady = () => existsSync(join(folder, 'ready.json'));
  const early = command.ended.then((how) => {
    throw new Error(`ended with ${how}: ${command.stderr()}`);
  });
  early.catch(() => {});
  await Promise.race([expect.poll(isReady, { timeout: 60_000 }).toBe(true), early]);
  const { url } = JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8'));
  const rpc = createJsonRpc(url);
  onTestFinished(() => rpc.close());
  await command.until(/Listening on/);
  return { command, rpc, url };
}

const FILE = 'minichain.config.json';

describe('a config file', () => {
  it.each([
    ['json', '{ "port": 0, "chainId": 77, "accounts": 2 }'],
    ['js', 'module.exports = { port: 0, chainId: 77n, accounts: "2" };'],
    ['mjs', 'export default { port: 0, chainId: 77n, accounts: 2 };'],
    [
      'ts',
      "import { defineConfig } from 'minichain';\nconst chainId: bigint = 77n;\n" +
        'export default defineConfig({ port: 0, chainId, accounts: 2 });',
    ],
  ])('is found in the working directory: .%s', async (ending, text) => {
    write(`minichain.config.${ending}`, text);
    const { rpc } = await start();
    expect(await rpc.call('eth_chainId')).toBe('0x4d');
    expect(await rpc.call('eth_accounts')).toHaveLength(2);
  });

  it('may be elsewhere, and may be left out', async () => {
    write(FILE, '{ "port": 0, "chainId": 77 }');
    write('other.json', '{ "port": 0, "chainId": 78 }');
    const { rpc } = await start(['--config', 'other.json']);
    expect(await rpc.call('eth_chainId')).toBe('0x4e');
    expect((await printed(['--no-config']))['chainId']).toEqual({ value: 31337, source: { from: 'default' } });
    expect((await printed([], { MINICHAIN_CONFIG: 'other.json' }))['chainId']?.value).toBe(78);
  });

  it('comes after flags and variables, before a preset', async () => {
    write(FILE, { gasLimit: 3_000_000, chainId: 3, balance: 3, preset: 'hardhat' });
    const settings = await printed(['--gas-limit', '5000000'], {
      MINICHAIN_GAS_LIMIT: '4000000',
      MINICHAIN_CHAIN_ID: '4',
    });
    const { gasLimit, chainId, balance, accounts, host } = settings;
    expect({ gasLimit, chainId, balance, accounts, host }).toEqual({
      gasLimit: { value: 5_000_000, source: { from: 'flag', name: '--gas-limit' } },
      chainId: { value: 4, source: { from: 'environment', name: 'MINICHAIN_CHAIN_ID' } },
      balance: { value: 3, source: { from: 'file', file: FILE, key: 'balance' } },
      accounts: { value: 20, source: { from: 'preset', name: 'hardhat' } },
      host: { value: '127.0.0.1', source: { from: 'default' } },
    });
  });

  it.each<[string | object, string]>([
    [{ blokTime: 1 }, `${FILE}: there is no setting blokTime; did you mean blockTime?`],
    [{ port: 70000 }, `${FILE}: port: expected a whole number from 0 to 65535, got 70000`],
    [{ networks: { ci: { order: 'random' } } }, `${FILE}: networks.ci.order: expected one of fees, fifo, got "random"`],
    [{ noMining: true, blockTime: 1 }, `noMining (${FILE}) and blockTime (${FILE}) exclude each other`],
    ['[]', `${FILE}: expected an object of settings`],
  ])('with a mistake starts no node: %j', async (content, message) => {
    write(FILE, content);
    expect(await mistake(['node', '--port', '0'])).toBe(`2: ${message}`);
    expect(await mistake(['config', 'check'])).toBe(`2: ${message}`);
  });

  it('that is not JSON, or not there, is named', async () => {
    const path = write(FILE, '{ "port": ');
    expect(await mistake(['node'])).toMatch(/^2: minichain\.config\.json: not JSON: /);
    rmSync(path);
    expect(await mistake(['node', '--config', 'none.json'])).toBe(
      '2: none.json: cannot be read: no such file or directory (ENOENT)',
    );
    expect(await mistake(['config', 'check'])).toMatch(/^2: there is no config file in /);
    write('minichain.config.mjs', 'export default {');
    expect(await mistake(['node'])).toMatch(/^2: minichain\.config\.mjs: cannot be run: /);
  });
});

describe('networks', () => {
  const networks = { ci: { port: 0, chainId: 5, noMining: true }, staging: { port: 0, chainId: 6 } };

  it('go before the rest of the file', async () => {
    write(FILE, { port: 1, chainId: 4, gasLimit: 4_000_000, blockTime: 1, networks });
    const { rpc } = await start(['-n', 'ci']);
    expect(await rpc.call('eth_chainId')).toBe('0x5');
    expect(await rpc.call('eth_getBlockByNumber', ['latest', false])).toMatchObject({ gasLimit: '0x3d0900' });
    expect(await rpc.call('anvil_getAutomine')).toBe(false);
    const { chainId } = await printed([], { MINICHAIN_NETWORK: 'staging' });
    expect(chainId).toEqual({ value: 6, source: { from: 'file', file: FILE, key: 'networks.staging.chainId' } });
  });

  it('have names', async () => {
    const expected = '2: --network: expected a network of the config file, got';
    expect(await mistake(['node', '--network', 'optimism'])).toBe(
      `${expected} "optimism": there is no config file; minichain runs Ethereum mainnet rules only`,
    );
    write(FILE, { networks });
    expect(await mistake(['node', '--network', 'cl'])).toBe(
      `${expected} "cl": ${FILE} has no network "cl" (there are ci, staging)`,
    );
    expect((await run(['config', 'check'])).stdout).toBe(`${join(folder, FILE)} is in order, with ci, staging\n`);
  });
});

describe('presets', () => {
  it.each([
    ['hardhat', '0x7a69', 20, '0x3938700'],
    ['anvil', '0x7a69', 10, '0x1c9c380'],
    ['ganache', '0x539', 10, '0x1c9c380'],
    ['mainnet', '0x1', 10, '0x3938700'],
  ])('start a node as %s has it', async (preset, chainId, accounts, gasLimit) => {
    const { rpc } = await start(['--port', '0', '--preset', preset]);
    expect(await rpc.call('eth_chainId')).toBe(chainId);
    expect(await rpc.call('eth_accounts')).toHaveLength(accounts);
    expect(await rpc.call('eth_getBlockByNumber', ['0x0', false])).toMatchObject({ gasLimit });
  });

  it('give way to flags', async () => {
    const { rpc } = await start(['--port', '0', '--preset', 'mainnet', '--no-mining', '--chain-id', '9']);
    expect(await rpc.call('eth_chainId')).toBe('0x9');
    expect(await mistake(['node', '--preset', 'geth'])).toBe(
      '2: --preset: expected one of hardhat, anvil, ganache, mainnet, got "geth"',
    );
  });
});

describe('minichain config', () => {
  it('prints every setting with its source, and no secrets unless asked', async () => {
    write(FILE, { mnemonic: 'word '.repeat(12), port: 8546 });
    const { stdout } = await run(['config', 'print', '-b', '2']);
    expect(stdout).toMatch(/^port +8546 +minichain\.config\.json: port$/m);
    expect(stdout).toMatch(/^blockTime +2 +--block-time$/m);
    expect(stdout).toMatch(/^host +127\.0\.0\.1 +default$/m);
    expect(stdout).not.toContain('word word');
    expect((await run(['config', 'print', '--show-secrets'])).stdout).toContain('word word');
    expect(await mistake(['config', 'print', '--port', 'x'])).toBe(
      '2: --port: expected a whole number from 0 to 65535, got "x"',
    );
  });

  it('knows its commands', async () => {
    expect(await mistake(['config', 'prin'])).toBe("2: unknown command 'prin' (Did you mean print?)");
    expect(await mistake(['config', 'print', '--prot', '1'])).toMatch(/^2: unknown option '--prot'/);
    const { stdout } = await run(['config', '--help']);
    for (const command of ['print', 'check', 'schema']) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  it('prints a schema that editors can use', async () => {
    const { stdout } = await run(['config', 'schema']);
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(stdout));
    const good = {
      ...{ $schema: './minichain.schema.json', port: 0, chainId: '0x5', blockTime: 0.5, balance: '1.5', quiet: true },
      ...{ allowOrigin: ['http://a'], allowedHosts: 'a,b', mnemonicRandom: true, order: 'fifo', preset: 'anvil' },
      ...{ coinbase: `0x${'11'.repeat(20)}`, network: 'ci', networks: { ci: { mnemonicRandom: 24, init: 'g.json' } } },
    };
    expect(validate(good), JSON.stringify(validate.errors)).toBe(true);
    for (const bad of [
      { prot: 1 },
      { port: 70000 },
      { quiet: 1 },
      { order: 'x' },
      { networks: { ci: { network: 'a' } } },
    ]) {
      expect(validate(bad), JSON.stringify(bad)).toBe(false);
    }
  });
});

it('goes on with a chain whose accounts were made at random', async () => {
  write(FILE, { port: 0, preset: 'ganache', dataDir: 'data' });
  const first = await start();
  const accounts = await first.rpc.call('eth_accounts');
  first.command.child.kill('SIGTERM');
  expect(await first.command.ended).toBe(0);
  const second = await start();
  expect(await second.rpc.call('eth_accounts')).toEqual(accounts);
});

it('keeps a chain beside the file that says where', async () => {
  mkdirSync(join(folder, 'sub'));
  write('sub/chain.json', { port: 0, dataDir: 'data', cacheMb: 32 });
  const { rpc, command } = await start(['--config', 'sub/chain.json']);
  await rpc.call('evm_mine');
  expect(existsSync(join(folder, 'sub/data'))).toBe(true);
  command.child.kill('SIGTERM');
  expect(await command.ended).toBe(0);
});

describe('a running node', () => {
  const gasPrice = (rpc: JsonRpc) => rpc.call<string>('eth_gasPrice');

  it('follows its file, also when that is replaced, and stays as it is when the file is wrong', async () => {
    write(FILE, { port: 0, gasPrice: 1 });
    const { rpc, command } = await start();
    write(FILE, { port: 0, gasPrice: 2, blockTime: 1000 });
    await command.until(/Settings reloaded from .*minichain\.config\.json: gasPrice 1 → 2, blockTime none → 1000\n/);
    expect(await gasPrice(rpc)).toBe('0x2');
    expect(await rpc.call('anvil_getIntervalMining')).toBe(1000);
    write(FILE, { port: 0, gasPrise: 3 });
    await command.until(
      /Settings not reloaded, .*: minichain\.config\.json: there is no setting gasPrise; did you mean gasPrice\?\n/,
    );
    write('next.json', { port: 0, gasPrice: 4, chainId: 5 });
    renameSync(join(folder, 'next.json'), join(folder, FILE));
    await command.until(/: minichain\.config\.json: chainId \(31337 to 5\) cannot change while the node runs/);
    expect([await gasPrice(rpc), await rpc.call('eth_chainId')]).toEqual(['0x2', '0x7a69']);
    write('next.json', { port: 0, gasPrice: 6 });
    renameSync(join(folder, 'next.json'), join(folder, FILE));
    await command.until(/gasPrice 2 → 6, blockTime 1000 → none\n/);
    expect([await gasPrice(rpc), await rpc.call('anvil_getAutomine')]).toEqual(['0x6', true]);
  });

  it('reads its file at SIGHUP; flags still win', async () => {
    write('part.ts', 'export const gasPrice = 1;');
    write(
      'minichain.config.ts',
      "import { gasPrice } from './part.ts';\nexport default { port: 0, gasPrice, maxBatch: 9 };",
    );
    const { rpc, command } = await start(['--max-batch', '2']);
    // Nobody watches what the file imports.
    write('part.ts', 'export const gasPrice = 2;');
    command.child.kill('SIGHUP');
    await command.until(/Settings reloaded from .*: gasPrice 1 → 2\n/);
    expect(await gasPrice(rpc)).toBe('0x2');
    write('part.ts', 'export const gasPrice = ;');
    command.child.kill('SIGHUP');
    await command.until(/Settings not reloaded, the old ones stay: minichain\.config\.ts: cannot be run: .+\n/);
    expect(await gasPrice(rpc)).toBe('0x2');
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(0);
  });

  it('follows its limits', async () => {
    write(FILE, { port: 0 });
    const { rpc, command } = await start();
    const batch = JSON.stringify([0, 1].map((id) => ({ jsonrpc: '2.0', id, method: 'eth_chainId' })));
    const answer = async () => JSON.parse((await rpc.post(batch)).text);
    expect(await answer()).toHaveLength(2);
    write(FILE, { port: 0, maxBatch: 1, allowOrigin: ['http://a'] });
    await command.until(
      /maxBatch 1000 → 1, allowOrigin \* → http:\/\/a\n|allowOrigin \* → http:\/\/a, maxBatch 1000 → 1\n/,
    );
    expect(await answer()).toMatchObject({ error: { code: -32005 } });
  });

  it('changes what the log is written as, and whether it is', async () => {
    write(FILE, { port: 0 });
    const command = startCommandLine(['node'], {}, folder);
    onTestFinished(() => command.kill());
    await command.until(/Listening on/);
    write(FILE, { port: 0, jsonLogs: true });
    await command.until(/\{.*"event":"configReloaded".*"name":"jsonLogs".*\}\n/);
    write(FILE, { port: 0, quiet: true });
    const url = /Listening on (\S+)/.exec(command.stdout())?.[1] as string;
    const rpc = createJsonRpc(url.startsWith('http') ? url : `http://${url}`);
    const told = () => command.stdout().length;
    await expect
      .poll(async () => {
        const before = told();
        await rpc.call('evm_mine');
        return told() - before;
      })
      .toBe(0);
    const length = told();
    await rpc.call('evm_mine');
    write(FILE, { port: 0 });
    await command.until(/Settings reloaded from .*: quiet true → false\n/);
    expect(command.stdout().slice(length)).toMatch(/^Settings reloaded[^\n]*\n$/);
    expect(command.stderr()).toBe('');
  });

  it('tells programs of it', async () => {
    write(FILE, { port: 0 });
    const command = startCommandLine(['node', '--json-logs'], {}, folder);
    onTestFinished(() => command.kill());
    await command.until(/"event":"listening"/);
    write(FILE, { port: 0, noMining: true });
    const [reloaded] = await command.until(/\{.*"event":"configReloaded".*\}/);
    expect(JSON.parse(reloaded)).toMatchObject({ changes: [{ name: 'noMining', from: 'false', to: 'true' }] });
    write(FILE, { port: 1 });
    const [refused] = await command.until(/\{.*"event":"configRefused".*\}/);
    expect(JSON.parse(refused)).toMatchObject({
      file: join(folder, FILE),
      reason: expect.stringContaining('port (0 to 1)'),
    });
  });
});
