import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandFailure } from '../support/command.ts';
import { repositoryRoot } from '../support/fixtures.ts';
import { foundryBinary, foundryEnvironment, runFoundry } from '../support/foundry.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { copyProject, type ProjectCopy } from '../support/projectCopy.ts';

const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const DELEGATING = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const DELEGATING_KEY = '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a';
const DEPLOYER = '0x4e59b44847b379578588920cA78FbF26c0B4956C';
const CHANGED = 'Changed(address indexed,uint256)';
const SALT = `0x${'5a'.repeat(32)}`;

let node: RunningNode;
let project: ProjectCopy;
let probe: string;

beforeAll(async () => {
  project = copyProject(join(repositoryRoot, 'test/compat/foundry'), {
    modulesAbove: join(repositoryRoot, 'node_modules'),
  });
  cpSync(join(repositoryRoot, 'test/compat/hardhat/contracts'), join(project.folder, 'contracts'), { recursive: true });
  cpSync(join(repositoryRoot, 'examples/foundry-project/bin/solc.mjs'), join(project.folder, 'solc.mjs'));
  node = await startMinichain();
});

afterAll(async () => {
  await node?.close();
  project?.remove();
});

/** @returns what it printed, less the last line end. @throws CommandFailure when it fails. */
async function succeed(tool: 'cast' | 'forge', args: readonly string[], env = {}): Promise<string> {
  const result = await runFoundry(tool, args, project, env);
  if (result.code !== 0) throw new CommandFailure([tool, ...args].join(' '), result);
  return result.stdout.trim();
}

const cast = (...args: string[]) => succeed('cast', [...args, '--rpc-url', node.url]);

/** What it printed of the reason of its failure. */
async function refusedBy(tool: 'cast' | 'forge', ...args: string[]): Promise<string> {
  const { code, stderr } = await runFoundry(tool, [...args, '--rpc-url', node.url], project);
  expect(code).not.toBe(0);
  return stderr;
}

interface Receipt {
  readonly transactionHash: string;
  readonly status: string;
  readonly type: string;
  readonly blockNumber: string;
  readonly logs: readonly unknown[];
  readonly blobGasUsed?: string;
}

/** Sends with the first account's key. */
const send = async (...args: string[]) =>
  JSON.parse(await cast('send', ...args, '--private-key', KEY, '--json')) as Receipt;

const change = (value: number, ...args: string[]) => send(probe, 'change(uint256)', String(value), ...args);

describe('forge build and create', () => {
  it('compiles with the solc of npm', async () => {
    expect(await succeed('forge', ['build'])).toContain('Compiler run successful');
  });

  it('creates a contract', async () => {
    const deployment = JSON.parse(
      await succeed('forge', [
        ...[
          'create',
          'contracts/Probe.sol:Probe',
          '--rpc-url',
          node.url,
          '--private-key',
          KEY,
          '--broadcast',
          '--json',
        ],
        ...['--constructor-args', '5'],
      ]),
    );
    expect(deployment.deployedTo).toBe('0x5FbDB2315678afecb367f032d93F642f64180aa3');
    probe = deployment.deployedTo;
  });
});

describe('cast asks', () => {
  it('chain-id', async () => expect(await cast('chain-id')).toBe('31337'));
  it('client', async () => expect(await cast('client')).toMatch(/^anvil\/minichain-v/));
  it('block-number', async () => expect(await cast('block-number')).toBe('1'));
  it('block', async () => {
    const block = JSON.parse(await cast('block', 'latest', '--full', '--json'));
    expect(block.transactions).toHaveLength(1);
    expect(await cast('block', '1', '-f', 'hash')).toBe(block.hash);
    expect(await cast('age', 'latest')).toMatch(/UTC$/);
  });
  it('balance', async () => expect(await cast('balance', '--ether', OTHER)).toBe('10000.000000000000000000'));
  it('nonce', async () => expect(await cast('nonce', SENDER)).toBe('1'));
  it('code', async () => {
    const code = await cast('code', probe);
    expect(Number(await cast('codesize', probe))).toBe(code.length / 2 - 1);
    expect(await cast('codehash', probe)).toBe(await succeed('cast', ['keccak', code]));
  });
  it('storage', async () => expect(BigInt(await cast('storage', probe, '0'))).toBe(5n));
  it('call', async () => expect(await cast('call', probe, 'value()(uint256)')).toBe('5'));
  it('call that is refused, with its reason', async () => {
    expect(await refusedBy('cast', 'call', probe, 'failWithReason()')).toContain('execution reverted: Probe: no');
    const refusal = await refusedBy('cast', 'call', probe, 'failWithError(uint256)', '7');
    expect(refusal).toContain(
      `execution reverted, data: "${await succeed('cast', ['sig', 'Refused(uint256,address)'])}`,
    );
  });
  it('call with overrides of state and block', async () => {
    const slot = `${probe}:0x${'0'.repeat(64)}:0x${'63'.padStart(64, '0')}`;
    expect(await cast('call', probe, 'value()(uint256)', '--override-state-diff', slot)).toBe('99');
  });
  it('call --trace', async () => {
    const trace = await cast('call', probe, 'change(uint256)', '6', '--trace');
    expect(trace).toContain('::change(6)');
    expect(trace).toContain('emit Changed(by: 0x0000000000000000000000000000000000000000, value: 6)');
    expect(trace).toContain('Transaction successfully executed.');
  });
  it('estimate', async () => {
    const gas = Number(await cast('estimate', probe, 'change(uint256)', '6'));
    expect(gas).toBeGreaterThan(21_000);
    expect(gas).toBeLessThan(60_000);
  });
  it('access-list', async () => {
    const { accessList } = JSON.parse(await cast('access-list', probe, 'value()', '--json'));
    expect(accessList).toEqual([{ address: probe.toLowerCase(), storageKeys: [`0x${'0'.repeat(64)}`] }]);
  });
  it('proof', async () => {
    const proof = JSON.parse(await cast('proof', probe, '0'));
    expect(proof.storageProof[0]).toMatchObject({ key: `0x${'0'.repeat(64)}`, value: '0x5' });
    expect(await cast('storage-root', probe)).toBe(proof.storageHash);
  });
  it('gas-price and base-fee', async () => {
    expect(BigInt(await cast('gas-price'))).toBeGreaterThan(BigInt(await cast('base-fee', 'pending')));
  });
});

describe('cast sends', () => {
  it('a transaction of EIP-1559', async () => {
    const receipt = await change(10);
    expect(receipt).toMatchObject({ status: '0x1', type: '0x2' });
    expect(receipt.logs).toHaveLength(1);
    expect(await cast('call', probe, 'value()(uint256)')).toBe('10');
  });
  it('a legacy transaction', async () => expect(await change(11, '--legacy')).toMatchObject({ type: '0x0' }));
  it('an access list that the node made', async () => {
    const { transactionHash, type } = await change(12, '--access-list', '--legacy');
    expect(type).toBe('0x1');
    const { accessList } = await node.rpc.call<{ accessList: unknown }>('eth_getTransactionByHash', [transactionHash]);
    expect(accessList).toEqual([{ address: probe.toLowerCase(), storageKeys: [`0x${'0'.repeat(64)}`] }]);
  });
  it('a blob, with cell proofs and with the older sidecar', async () => {
    const file = join(project.folder, 'blob.bin');
    writeFileSync(file, 'a blob');
    const blob = ['--blob', '--path', file];
    expect(await send(OTHER, ...blob)).toMatchObject({ status: '0x1', type: '0x3', blobGasUsed: '0x20000' });
    expect(await send(OTHER, ...blob, '--eip4844')).toMatchObject({ status: '0x1', type: '0x3' });
  });
  it('an authorization of EIP-7702, to set code and to clear it', async () => {
    expect(await send(SENDER, '--auth', probe, '--gas-limit', '200000')).toMatchObject({ type: '0x4' });
    expect(await cast('code', SENDER)).toBe(`0xef0100${probe.slice(2).toLowerCase()}`);
    await send(SENDER, '--auth', `0x${'0'.repeat(40)}`);
    expect(await cast('code', SENDER)).toBe('0x');
  });
  it('an authorization that another account signed', async () => {
    const signed = await cast('wallet', 'sign-auth', probe, '--private-key', DELEGATING_KEY);
    await send(DELEGATING, 'change(uint256)', '77', '--auth', signed);
    expect(BigInt(await cast('storage', DELEGATING, '0'))).toBe(77n);
  });
  it('from an account of the node', async () => {
    const args = [OTHER, '--value', '1', '--unlocked', '--from', SENDER, '--json'];
    expect(JSON.parse(await cast('send', ...args))).toMatchObject({ status: '0x1' });
  });
  it('without waiting, by --sync, and what was signed before', async () => {
    const key = ['--private-key', KEY];
    expect(await cast('send', OTHER, '--value', '1', '--async', ...key)).toMatch(/^0x[0-9a-f]{64}$/);
    expect(JSON.parse(await cast('send', OTHER, '--sync', '--json', ...key))).toMatchObject({ status: '0x1' });
    expect(await cast('publish', await cast('mktx', OTHER, ...key), '--async')).toMatch(/^0x[0-9a-f]{64}$/);
  });
  it('nothing that is refused, and tells why', async () => {
    const refusal = await refusedBy('cast', 'send', probe, 'failWithError(uint256)', '8', '--private-key', KEY);
    expect(refusal).toContain(`Refused(8, ${SENDER})`);
    const old = await refusedBy('cast', 'send', OTHER, '--nonce', '0', '--private-key', KEY);
    expect(old).toContain('nonce too low');
  });
});

describe('cast looks back', () => {
  let receipt: Receipt;
  beforeAll(async () => {
    receipt = await change(40);
  });
  it('receipt', async () => {
    expect(JSON.parse(await cast('receipt', receipt.transactionHash, '--json'))).toEqual(receipt);
    expect(await cast('receipt', receipt.transactionHash, 'status')).toBe('true');
  });
  it('tx', async () => {
    expect(JSON.parse(await cast('tx', receipt.transactionHash, '--json'))).toMatchObject({
      type: '0x2',
      value: '0x0',
    });
  });
  it('tx --raw', async () => {
    const raw = await cast('tx', receipt.transactionHash, '--raw');
    expect(await succeed('cast', ['keccak', raw])).toBe(receipt.transactionHash);
    expect((await succeed('cast', ['decode-transaction', raw])).toLowerCase()).toContain(SENDER.toLowerCase());
  });
  it('run', async () => {
    const trace = await cast('run', receipt.transactionHash);
    expect(trace).toContain('::change(40)');
    const { gasUsed } = await node.rpc.call<{ gasUsed: string }>('eth_getTransactionReceipt', [
      receipt.transactionHash,
    ]);
    expect(trace).toContain(`Gas used: ${Number(gasUsed)}`);
  });
  it('logs', async () => {
    const args = ['--from-block', 'earliest', '--address', probe, '--json'];
    const logs = JSON.parse(await cast('logs', CHANGED, SENDER, ...args)) as { data: string }[];
    expect(logs.map(({ data }) => Number(data))).toEqual([10, 11, 12, 40]);
    expect(JSON.parse(await cast('logs', CHANGED, OTHER, ...args))).toEqual([]);
  });
  it('find-block', async () => {
    const { timestamp } = JSON.parse(await cast('block', receipt.blockNumber, '--json'));
    expect(Number(await cast('find-block', String(Number(timestamp))))).toBeLessThanOrEqual(
      Number(receipt.blockNumber),
    );
    expect(await cast('find-block', '1')).toMatch(/^[01]$/);
  });
  it('rpc, for the fee history', async () => {
    const history = JSON.parse(await cast('rpc', 'eth_feeHistory', '3', 'latest', '[25,75]'));
    expect(history.baseFeePerGas).toHaveLength(4);
    expect(history.reward).toHaveLength(3);
  });
});

describe('cast waits', () => {
  let subscriber: ChildProcess | undefined;
  afterAll(async () => {
    if (subscriber?.exitCode === null && subscriber.signalCode === null) {
      const gone = once(subscriber, 'exit');
      subscriber.kill('SIGKILL');
      await gone;
    }
  });

  it('logs --subscribe over WebSocket', async () => {
    subscriber = spawn(foundryBinary('cast'), ['logs', CHANGED, '--subscribe', '--rpc-url', node.wsUrl], {
      cwd: project.home,
      env: { ...process.env, ...foundryEnvironment(project) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    subscriber.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
    });
    // It does not tell when it has subscribed, so events are sent until it sees one.
    await expect
      .poll(
        async () => {
          await change(55);
          return printed;
        },
        { timeout: 30_000, interval: 200 },
      )
      .toContain(`data: 0x${'37'.padStart(64, '0')}`);
  });

  it('tx-pool', async () => {
    await node.rpc.call('evm_setAutomine', [false]);
    try {
      const hash = await cast('send', OTHER, '--value', '9', '--async', '--private-key', KEY);
      expect(JSON.parse(await cast('tx-pool', 'status'))).toEqual({ pending: '0x1', queued: '0x0' });
      const content = JSON.parse(await cast('tx-pool', 'content-from', '--from', SENDER));
      expect(Object.values(content.pending)).toMatchObject([{ hash, value: '0x9' }]);
      expect(JSON.stringify(JSON.parse(await cast('tx-pool', 'content')))).toContain(hash);
      expect(await cast('tx-pool', 'inspect')).toContain('9 wei');
      await cast('rpc', 'evm_mine');
      expect(await cast('receipt', hash, 'status')).toBe('true');
    } finally {
      await node.rpc.call('evm_setAutomine', [true]);
    }
  });
});

describe('forge script', () => {
  /** The addresses it deployed to, from the record that it keeps. */
  async function broadcast(contract: string, ...args: string[]): Promise<string[]> {
    const printed = await succeed('forge', [
      ...['script', `script/Probes.s.sol:${contract}`, '--rpc-url', node.url, '--broadcast'],
      ...args,
    ]);
    expect(printed).toContain('ONCHAIN EXECUTION COMPLETE & SUCCESSFUL');
    const record = JSON.parse(
      readFileSync(join(project.folder, 'broadcast/Probes.s.sol/31337/run-latest.json'), 'utf8'),
    ) as { receipts: Receipt[]; transactions: { contractAddress: string }[] };
    expect(record.receipts.map(({ status }) => status)).toEqual(['0x1', '0x1']);
    return record.transactions.map(({ contractAddress }) => contractAddress);
  }
  const valueAt = (address: string | undefined) => cast('call', String(address), 'value()(uint256)');

  it('--broadcast', async () => {
    const [address] = await broadcast('Plain', '--private-key', KEY);
    expect(await valueAt(address)).toBe('2');
    expect(await cast('balance', String(address))).toBe('3');
  });
  it('--slow --legacy', async () => {
    const [address] = await broadcast('Plain', '--private-key', KEY, '--slow', '--legacy');
    expect(await valueAt(address)).toBe('2');
    expect(JSON.parse(await cast('block', 'latest', '--full', '--json')).transactions[0].type).toBe('0x0');
  });
  it('--unlocked', async () => {
    const [address] = await broadcast('Plain', '--unlocked', '--sender', SENDER);
    expect(await valueAt(address)).toBe('2');
  });
  it('with a salt, through the CREATE2 deployer', async () => {
    const [address] = await broadcast('Salted', '--private-key', KEY, '--sig', 'run(bytes32)', SALT);
    const creation = await succeed('forge', ['inspect', 'Probe', 'bytecode']);
    const initCode = `${creation}${'1'.padStart(64, '0')}`;
    const foretold = await succeed('cast', [
      'create2',
      '--deployer',
      DEPLOYER,
      '--salt',
      SALT,
      '--init-code',
      initCode,
    ]);
    expect(foretold.toLowerCase()).toContain(String(address).toLowerCase());
    expect(await valueAt(address)).toBe('2');
  });
});

describe('forge test', () => {
  it('--fork-url', async () => {
    const env = {
      PROBE: probe,
      BLOCK: await cast('block-number'),
      VALUE: await cast('call', probe, 'value()(uint256)'),
    };
    const printed = await succeed('forge', ['test', '--fork-url', node.url], env);
    expect(printed).toContain('3 tests passed, 0 failed');
    expect(await cast('call', probe, 'value()(uint256)')).toBe(env.VALUE);
  });
});
