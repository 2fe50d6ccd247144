import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minichain } from '../support/commandLine.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-usage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** What a mistake comes to: nothing on stdout, one line on stderr, an exit code. */
async function mistake(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await minichain(args, env);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  return `${code}: ${stderr.slice('error: '.length, -1)}`;
}

describe('help and version', () => {
  it('lists the commands', async () => {
    const { code, stdout, stderr } = await minichain(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: minichain \[options\] \[command\]\n/);
    for (const command of ['node', 'doctor', 'help']) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  it('is what a bare command shows, as a mistake', async () => {
    const { code, stdout, stderr } = await minichain([]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe((await minichain(['--help'])).stdout);
  });

  it('groups the flags of the node', async () => {
    const { code, stdout } = await minichain(['node', '--help']);
    expect(code).toBe(0);
    expect(stdout.match(/^[A-Z]\w+:$/gm)).toEqual([
      ...[
        'Config:',
        'Server:',
        'Limits:',
        'Accounts:',
        'Mining:',
        'Chain:',
        'Storage:',
        'State:',
        'EVM:',
        'Files:',
        'Output:',
      ],
    ]);
    expect(stdout).toContain('MINICHAIN_BLOCK_TIME');
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect((await minichain(['help', 'node'])).stdout).toBe(stdout);
  });

  it('prints the version alone', async () => {
    for (const flag of ['--version', '-V']) {
      expect(await minichain([flag])).toEqual({
        code: 0,
        stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
        stderr: '',
      });
    }
  });
});

describe('mistakes', () => {
  it.each([
    [['nod'], "2: unknown command 'nod' (Did you mean node?)"],
    [['--foo'], "2: unknown option '--foo'; --help lists all"],
    [['node', '--prot', '1'], "2: unknown option '--prot' (Did you mean --port?); --help lists all"],
    [['node', '--no-mining=1'], "2: unknown option '--no-mining=1' (Did you mean --no-mining?); --help lists all"],
    [['node', 'test', 'junk'], '2: node takes no arguments, got 2 (a value with spaces in it needs quotes)'],
    [['node', '--port'], "2: option '-p, --port <number>' argument missing"],
    [['node', '--port', '70000'], '2: --port: expected a whole number from 0 to 65535, got "70000"'],
    [['node', '--fork-url', 'http://x'], '2: there is no --fork-url: minichain does not fork other chains'],
    [['node', '--fork-url=http://x'], '2: there is no --fork-url: minichain does not fork other chains'],
    [['node', '-f', 'http://x'], '2: there is no -f: minichain does not fork other chains'],
    [
      ['node', '--prune-history'],
      '2: there is no --prune-history: did you mean --prune (states) or --history-blocks (blocks, receipts and states)?',
    ],
    [['node', '-vvv'], '2: there is no -vvv: did you mean --print-traces?'],
    [['node', '--no-mining', '-b', '1'], '2: --no-mining and --block-time exclude each other'],
    [['node', '--mixed-mining'], '2: --mixed-mining needs --block-time'],
    [['node', '--mnemonic', 'foo'], '1: invalid mnemonic: expected 12, 15, 18, 21 or 24 words, got 1'],
    [['node', '--derivation-path', 'x'], `1: invalid derivation path "x"; expected something like m/44'/60'/0'/0/`],
  ])('%j', async (args, expected) => {
    expect(await mistake(args)).toBe(expected);
  });

  it('lists the hardforks', async () => {
    expect(await mistake(['node', '--hardfork', 'foo'])).toMatch(
      /^2: --hardfork: expected one of latest, .*cancun, prague, osaka, .*, got "foo"$/,
    );
  });

  it('names the variable of the environment', async () => {
    expect(await mistake(['node'], { MINICHAIN_PORT: 'x' })).toBe(
      '2: MINICHAIN_PORT: expected a whole number from 0 to 65535, got "x"',
    );
  });

  it('names the port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await mistake(['node', '--port', String(port)])).toBe(
      `1: cannot listen on 127.0.0.1:${port}: the port is in use; choose another with --port, or any free one with --port 0`,
    );
    server.close();
  });

  it('names the file that cannot be used', async () => {
    const missing = join(folder, 'missing');
    const text = file('text', 'hello');
    expect(await mistake(['node', '--init', missing])).toBe(
      `2: --init: cannot read ${missing}: no such file or directory (ENOENT)`,
    );
    expect(await mistake(['node', '--init', text])).toMatch(/^2: --init: .*text is not JSON: /);
    expect(await mistake(['node', '--import-blocks', missing])).toBe(
      `2: --import-blocks: cannot read ${missing}: no such file or directory (ENOENT)`,
    );
    expect(await mistake(['node', '--import-blocks', text])).toBe(
      `2: --import-blocks: ${text}: at byte 0 there is no block: expected the RLP list of one`,
    );
    for (const flag of ['--ready-file', '--config-out']) {
      expect(await mistake(['node', '--port', '0', flag, join(missing, 'x.json')])).toBe(
        `1: ${flag}: cannot write ${join(missing, 'x.json')}: no such file or directory (ENOENT)`,
      );
      expect(await mistake(['node', '--port', '0', flag, folder])).toMatch(/^1: --[a-z-]+: cannot write .* \(E\w+\)$/);
    }
    expect(readdirSync(folder)).toEqual(['text']);
  });

  it.each([
    [{ config: { chainId: 'x' }, alloc: {} }, 'config.chainId must be a number, decimal or 0x-hex, got "x"'],
    [{ config: { londonBlock: 'x' }, alloc: {} }, 'config.londonBlock must be a block number or time in seconds'],
    [{ config: {}, alloc: { xyz: {} } }, 'alloc.xyz must be 0x-hex bytes, got "xyz"'],
    [{ config: {}, alloc: { '0x00': {} } }, 'alloc.0x00 must be a 20-byte address'],
    [{ config: {}, alloc: { [`0x${'11'.repeat(20)}`]: null } }, `alloc.0x${'11'.repeat(20)} must be an object`],
    [
      { config: {}, alloc: { [`0x${'11'.repeat(20)}`]: { balance: 'much' } } },
      `alloc.0x${'11'.repeat(20)}.balance must be a number, decimal or 0x-hex, got "much"`,
    ],
    [{ config: {}, alloc: {}, timestamp: 'noon' }, 'timestamp must be a number, decimal or 0x-hex, got "noon"'],
    [{ config: {}, alloc: {}, extraData: 'xyz' }, 'extraData must be 0x-hex bytes, got "xyz"'],
    [{ config: {}, alloc: {}, coinbase: 5 }, 'coinbase must be 0x-hex bytes, got "5"'],
    [{ config: {}, alloc: {}, gasLimit: {} }, 'gasLimit must be a number, decimal or 0x-hex, got "[object Object]"'],
  ])('says what is wrong with the genesis %j', async (genesis, detail) => {
    const path = file('genesis.json', JSON.stringify(genesis));
    expect(await mistake(['node', '--port', '0', '--init', path])).toBe(`1: invalid genesis: ${detail}`);
    rmSync(path);
  });
});

it('tells what serves the hot paths', async () => {
  const { code, stdout, stderr } = await minichain(['doctor']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^minichain +\d+\.\d+\.\d+\nclient version +anvil\/minichain-v.*\nNode\.js +v\d+/);
  expect(stdout).toMatch(/^secp256k1 +(native|wasm|javascript)$/m);
  expect(stdout.includes('Node.js 24 and newer')).toBe(Number(process.versions.node.split('.')[0]) < 24);
});
