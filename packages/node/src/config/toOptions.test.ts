import { constants } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNode } from '../createNode.ts';
import { loadSettings } from './load.ts';
import { nodeOptionsFromSettings } from './toOptions.ts';

const options = (flags: Parameters<typeof loadSettings>[0]) => nodeOptionsFromSettings(loadSettings(flags, {}));
const chain = (flags: Parameters<typeof loadSettings>[0]) => options(flags).chain;
const server = (flags: Parameters<typeof loadSettings>[0]) => options(flags).server;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-options-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('nodeOptionsFromSettings', () => {
  it('has defaults of its own for the server only', () => {
    expect(options({})).toEqual({
      chain: {
        accounts: {},
        limits: {},
        poolBalanceChecks: true,
        traceMined: false,
      },
      server: { host: '127.0.0.1', port: 8545, cors: '*' },
    });
  });

  it('lets blocks have the timestamp of their parent where that is asked for', async () => {
    const { chain: given = {} } = options({ allowSameTimestamp: true });
    const node = await createNode({ server: false, chain: { ...given, now: () => 1_700_000_000_000 } });
    await node.chain.miner.mine({ blocks: 2 });
    expect(node.chain.chain.head.block.header.timestamp).toBe(1_700_000_000n);
    await node.close();
  });

  it('takes a state file for what is read and written', () => {
    expect(options({}).state).toBeUndefined();
    expect(options({ stateInterval: '5' }).state).toBeUndefined();
    expect(options({ state: 'a.json', stateInterval: '5' }).state).toEqual({ file: 'a.json', intervalMs: 5000 });
    expect(options({ loadState: 'a', dumpState: 'b', preserveHistoricalStates: true }).state).toEqual({
      ...{ load: 'a', dump: 'b', preserveHistoricalStates: true },
    });
  });

  it('reads the token of a file', () => {
    const secret = 'ab'.repeat(32);
    expect(server({ authTokenFile: file('token', `${secret}\n`) })).toMatchObject({ authToken: secret });
    expect(() => server({ authTokenFile: file('short', 'secret') })).toThrow(
      'expected one line of 16 characters or more',
    );
    expect(() => server({ authTokenFile: file('lines', `${secret}\n${secret}`) })).toThrow('expected one line');
    expect(() => server({ authTokenFile: join(folder, 'nowhere') })).toThrow(
      /^--auth-token-file: cannot read .*nowhere: .*; make one with: openssl rand -hex 32$/,
    );
  });

  it('hands namespaces to the transports they are for', () => {
    const given = options({ rpcNamespaces: 'eth,net; ipc=all', ipc: '/tmp/a.ipc' });
    expect(given.server).toMatchObject({ namespaces: { http: ['eth', 'net'], ws: ['eth', 'net'] } });
    expect(given.ipc).toEqual({ path: '/tmp/a.ipc' });
    expect(options({ rpcNamespaces: 'ipc=eth', ipc: true }).ipc).toMatchObject({ namespaces: ['eth'] });
  });

  it('reads when forks come: by block, by time, by seconds after genesis', () => {
    expect(chain({ hardforkSchedule: 'London@0, cancun@100,prague@t1700000000,osaka@t+60' })?.hardforkSchedule).toEqual(
      [
        { name: 'london', block: 0 },
        { name: 'cancun', block: 100 },
        { name: 'prague', timestamp: 1_700_000_000 },
        { name: 'osaka', afterGenesis: 60 },
      ],
    );
    expect(() => chain({ hardforkSchedule: 'london@0,cancun' })).toThrow(
      '--hardfork-schedule: expected forks such as london@0,cancun@100,prague@t1700000000,osaka@t+3600',
    );
    expect(() => chain({ hardforkSchedule: 'atlantis@0' })).toThrow('--hardfork-schedule: expected one of latest,');
    expect(() => chain({ hardforkSchedule: 'london@0', hardfork: 'london' })).toThrow(
      '--hardfork and --hardfork-schedule exclude each other: the schedule has the fork that the chain starts with',
    );
  });

  it('takes sizes of initcode, none among them, and the tip that is suggested', () => {
    expect(chain({ initCodeSizeLimit: '60000', priorityFee: '7' })).toMatchObject({
      ...{ initCodeSizeLimit: 60_000, suggestedTip: 7n },
    });
    expect(chain({ initCodeSizeLimit: 'none' })?.initCodeSizeLimit).toBe(Number.POSITIVE_INFINITY);
    expect(() => chain({ initCodeSizeLimit: 'many' })).toThrow('--init-code-size-limit: expected a whole number');
  });

  it('passes on what means the same', () => {
    expect(chain({ chainId: '7', gasLimit: '5000', baseFee: '0', timestamp: '5', order: 'fifo' })).toMatchObject({
      ...{ chainId: 7n, gasLimit: 5000n, baseFee: 0n, timestamp: 5n, order: 'fifo' },
    });
  });

  it.each([
    [{ noMining: true }, { type: 'manual' }],
    [{ blockTime: '0.5' }, { type: 'interval', intervalMs: 500 }],
    [
      { blockTime: '2', mixedMining: true },
      { type: 'mixed', intervalMs: 2000 },
    ],
  ] as const)('turns %j into the mining mode %j', (flags, mining) => {
    expect(chain(flags)).toMatchObject({ mining });
  });

  it('turns switches into what they switch', () => {
    expect(
      chain({
        noSystemContracts: true,
        noCreate2Deployer: true,
        disableTxGasCap: true,
        disablePoolBalanceChecks: true,
        printTraces: true,
        disableBlockGasLimit: true,
        disableMinPriorityFee: true,
        disableCodeSizeLimit: true,
      }),
    ).toMatchObject({
      systemContracts: false,
      create2Deployer: false,
      transactionGasCap: false,
      poolBalanceChecks: false,
      traceMined: true,
      gasLimit: 2n ** 63n - 1n,
      suggestedTip: 0n,
      codeSizeLimit: Number.POSITIVE_INFINITY,
    });
  });

  it('makes mnemonics', () => {
    const mnemonic = (flags: Parameters<typeof loadSettings>[0]) => chain(flags)?.accounts?.mnemonic;
    expect(mnemonic({ mnemonic: ' a  b ' })).toBe('a b');
    expect(mnemonic({ mnemonicSeedUnsafe: '42' })).toMatch(/^pen brief eager/);
    expect(mnemonic({ mnemonicRandom: true })?.split(' ')).toHaveLength(12);
    expect(mnemonic({ mnemonicRandom: '24' })?.split(' ')).toHaveLength(24);
  });

  it.each([
    [{}, '*'],
    [{ allowOrigin: '*' }, '*'],
    [{ allowOrigin: 'http://a, http://b' }, ['http://a', 'http://b']],
    [{ noCors: true }, []],
  ] as const)('turns %j into the origins %j', (flags, cors) => {
    expect(server(flags)).toMatchObject({ cors });
  });

  it('sets limits', () => {
    expect(server({ maxBodyBytes: '4096', host: '0.0.0.0', port: '0' })).toMatchObject({
      ...{ maxBodyBytes: 4096, host: '0.0.0.0', port: 0 },
    });
    expect(server({ noRequestSizeLimit: true })).toMatchObject({ maxBodyBytes: constants.MAX_STRING_LENGTH });
    expect(options({ maxBatch: '3' }).maxBatch).toBe(3);
  });

  it('reads a genesis file', () => {
    const genesis = { config: { chainId: 5 }, alloc: {} };
    expect(chain({ init: file('genesis.json', JSON.stringify(genesis)) })).toMatchObject({ genesis });
  });

  it('says what is wrong with a genesis file', () => {
    const missing = join(folder, 'missing.json');
    expect(() => chain({ init: missing })).toThrowError(
      `--init: cannot read ${missing}: no such file or directory (ENOENT)`,
    );
    expect(() => chain({ init: folder })).toThrowError(
      `--init: cannot read ${folder}: illegal operation on a directory (EISDIR)`,
    );
    const text = file('text.json', 'hello');
    expect(() => chain({ init: text })).toThrowError(`--init: ${text} is not JSON: `);
    for (const content of [
      'null',
      '[]',
      '"x"',
      '{}',
      '{"config":{}}',
      '{"config":[],"alloc":{}}',
      '{"config":{},"alloc":null}',
    ]) {
      const odd = file('odd.json', content);
      expect(() => chain({ init: odd })).toThrowError(
        `--init: ${odd} is not a geth genesis: the objects "config" and "alloc" are needed`,
      );
    }
  });
});
