import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startCommandLine } from '../support/commandLine.ts';
import { createJsonRpc, type JsonRpc } from '../support/jsonRpc.ts';
import { startAnvil } from '../support/nodeProcess.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-state-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const STRANGER = '0x00000000000000000000000000000000000a11ce';

interface Dump {
  readonly best_block_number: number;
  readonly blocks: readonly unknown[];
  readonly historical_states: readonly unknown[] | null;
}
const dumpIn = (...names: string[]): Dump => JSON.parse(readFileSync(join(folder, ...names), 'utf8')) as Dump;

/** Starts a node, and hands over what ends it. */
async function start(...args: string[]): Promise<{ rpc: JsonRpc; end: (signal: NodeJS.Signals) => Promise<unknown> }> {
  const command = startCommandLine(['node', '--port', '0', ...args]);
  onTestFinished(() => command.kill());
  const ended = command.ended.then((how) => {
    throw new Error(`ended with ${how}: ${command.stderr()}`);
  });
  ended.catch(() => {});
  const listening = () => /Listening on (\S+)/.exec(command.stdout())?.[1];
  await Promise.race([expect.poll(listening, { timeout: 60_000 }).toBeDefined(), ended]);
  const rpc = createJsonRpc(`http://${String(listening()).replace('http://', '')}`);
  onTestFinished(() => rpc.close());
  const end = (signal: NodeJS.Signals): Promise<unknown> => {
    rpc.close();
    command.child.kill(signal);
    return command.ended;
  };
  return { rpc, end };
}

async function refusal(...args: string[]): Promise<string> {
  const command = startCommandLine(['node', '--port', '0', ...args]);
  onTestFinished(() => command.kill());
  return `${await command.ended}: ${command.stderr().trim()}`;
}

async function send(rpc: JsonRpc, value: string): Promise<string> {
  const [from] = await rpc.call<string[]>('eth_accounts');
  return rpc.call('eth_sendTransaction', [{ from, to: STRANGER, value }]);
}

describe('--state', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('goes on from what the node wrote when it ended with %s', async (signal) => {
    const file = join(folder, 'state.json');
    const first = await start('--state', file);
    const hash = await send(first.rpc, '0x5');
    const { instanceId } = await first.rpc.call<{ instanceId: string }>('hardhat_metadata');
    const receipt = await first.rpc.call('eth_getTransactionReceipt', [hash]);
    expect(await first.end(signal)).toBe(0);
    const { rpc, end } = await start('--state', file);
    expect(await rpc.call('eth_getTransactionReceipt', [hash])).toEqual(receipt);
    expect(await rpc.call('eth_getBalance', [STRANGER, 'latest'])).toBe('0x5');
    expect(await rpc.call('hardhat_metadata')).toMatchObject({ instanceId });
    await send(rpc, '0x1');
    await end(signal);
    expect(dumpIn('state.json')).toMatchObject({ best_block_number: 2, historical_states: null });
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('takes a folder for the state.json in it, and writes the same bytes for the same state', async () => {
    mkdirSync(join(folder, 'states'));
    const first = await start('--state', join(folder, 'states'));
    await send(first.rpc, '0x5');
    await first.end('SIGINT');
    const written = readFileSync(join(folder, 'states', 'state.json'), 'utf8');
    const second = await start('--state', join(folder, 'states'));
    await second.end('SIGINT');
    expect(readFileSync(join(folder, 'states', 'state.json'), 'utf8')).toBe(written);
  });

  it('writes a whole chain when the end comes while blocks are made', async () => {
    const { rpc, end } = await start('--state', join(folder, 's.json'), '--block-time', '0.005');
    const isOn = async () => Number(await rpc.call('eth_blockNumber'));
    await expect.poll(isOn).toBeGreaterThan(20);
    expect(await end('SIGTERM')).toBe(0);
    const { best_block_number, blocks } = dumpIn('s.json');
    expect(blocks.length).toBe(best_block_number + 1);
  });

  it('is read by Anvil, and reads what Anvil wrote', async () => {
    const [ours, theirs] = [join(folder, 'ours.json'), join(folder, 'theirs.json')];
    const first = await start('--dump-state', ours, '--preserve-historical-states');
    const hash = await send(first.rpc, '0x5');
    const receipt = await first.rpc.call<object>('eth_getTransactionReceipt', [hash]);
    await first.end('SIGINT');
    expect(dumpIn('ours.json').historical_states?.length).toBe(2);
    const anvil = await startAnvil(['--load-state', ours, '--dump-state', theirs]);
    expect(await anvil.rpc.call('eth_getTransactionReceipt', [hash])).toMatchObject({
      blockHash: (receipt as { blockHash: string }).blockHash,
    });
    expect(await anvil.rpc.call('eth_getBalance', [STRANGER, '0x0'])).toBe('0x0');
    await anvil.rpc.call('evm_mine');
    await anvil.close();
    const { rpc } = await start('--load-state', theirs);
    expect(await rpc.call('eth_blockNumber')).toBe('0x2');
    expect(await rpc.call('eth_getTransactionReceipt', [hash])).toEqual(receipt);
  });
});

describe('--state-interval', () => {
  it('has the state written meanwhile: a node that is killed loses what came since', async () => {
    const { rpc, end } = await start('--dump-state', join(folder, 's.json'), '--state-interval', '0.05');
    await rpc.call('anvil_mine', ['0x7']);
    const height = () => {
      try {
        return dumpIn('s.json').best_block_number;
      } catch {
        return 0;
      }
    };
    await expect.poll(height, { timeout: 20_000 }).toBe(7);
    await end('SIGKILL');
    expect(dumpIn('s.json').blocks.length).toBe(8);
  });
});

describe('a file that cannot be used', () => {
  it('is refused with the field that is wrong, and left as it is', async () => {
    const file = join(folder, 'state.json');
    const account = { nonce: 'many', balance: '0x0', code: '0x', storage: {} };
    const broken: readonly (readonly [string, string])[] = [
      [
        JSON.stringify({ accounts: { [STRANGER]: account } }),
        `accounts.${STRANGER}.nonce: expected a non-negative number`,
      ],
      ['{"accounts":{', 'expected a state dump'],
      ['', 'expected a state dump'],
    ];
    for (const [text, why] of broken) {
      writeFileSync(file, text);
      expect(await refusal('--state', file)).toContain(`2: error: ${file}: ${why}`);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('is refused before the node starts where it is not there, or its folder is not', async () => {
    const missing = join(folder, 'none', 's.json');
    expect(await refusal('--load-state', missing)).toBe(
      `2: error: cannot read ${missing}: no such file or directory (ENOENT)`,
    );
    expect(await refusal('--dump-state', missing)).toContain(
      `2: error: cannot write a state into ${join(folder, 'none')}`,
    );
  });

  it('is refused as what it is where it is a database of Ganache', async () => {
    writeFileSync(join(folder, 'CURRENT'), 'MANIFEST-000002\n');
    for (const flag of ['--state', '--load-state']) {
      expect(await refusal(flag, folder)).toContain(
        `2: error: ${folder} is a LevelDB database, as Ganache keeps its chain`,
      );
    }
    expect(readdirSync(folder)).toEqual(['CURRENT']);
  });

  it.each([
    [['--state', 'a', '--dump-state', 'b'], '--state and --dump-state exclude each other'],
    [['--state', 'a', '--load-state', 'b'], '--state and --load-state exclude each other'],
    [['--state', 'a', '--datadir', 'b'], '--datadir and --state exclude each other'],
    [['--state-interval', '0', '--state', 'a'], '--state-interval: expected a number of seconds above 0'],
  ])('%j is refused', async (args, why) => {
    expect(await refusal(...args)).toContain(why);
  });
});
