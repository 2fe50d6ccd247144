import { once } from 'node:events';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Artifact, DeploymentRecord } from '@minichain/solc';
import { type Abi, createWalletClient, http, parseEther, publicActions } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/fixtures.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { exampleFolder, type Finished, promisedOutput, runNode } from '../support/runExample.ts';
import { type TemporaryProject, temporaryProject } from '../support/temporaryProject.ts';

const command = join(repositoryRoot, 'bin/minichain.js');
const openZeppelin = { '@openzeppelin/contracts': join(repositoryRoot, 'node_modules/@openzeppelin/contracts') };
const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const [ALICE, BOB] = [
  '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
] as const;

let node: RunningNode;
beforeAll(async () => {
  node = await startMinichain();
});
afterAll(() => node.close());

const client = () =>
  createWalletClient({ account: privateKeyToAccount(KEY), transport: http(node.url) }).extend(publicActions);

/** Runs the command as a user does; the node is the running one unless the arguments name another. */
const minichain = (
  { root }: Pick<TemporaryProject, 'root'>,
  args: readonly string[],
  env: Record<string, string> = {},
) => runNode([command, ...args], { cwd: root, env: { ETH_RPC_URL: node.url, ...env } });

/** What the user is told of a failure: one code and stderr. */
async function failure(run: Promise<Finished>): Promise<string> {
  const { code, stderr } = await run;
  expect(stderr).not.toMatch(/\n\s+at /);
  return `${code}: ${stderr}`;
}

const source = (text: string, pragma = '^0.8.20'): string =>
  `// SPDX-License-Identifier: MIT\npragma solidity ${pragma};\n${text}\n`;

describe('examples/deploy-token', () => {
  // First in this file: the addresses in the README are those of a new chain.
  it('is what `minichain deploy` deploys in the repository, as its README shows', async () => {
    const checkout = temporaryProject({ 'package.json': '{"name":"minichain-workspace"}' }, openZeppelin);
    cpSync(exampleFolder('deploy-token'), join(checkout.root, 'examples/deploy-token'), {
      recursive: true,
      filter: (path) => !/[/\\](?:node_modules|artifacts|deployments)$/.test(path),
    });
    const { code, stdout, stderr } = await minichain(checkout, ['deploy']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replace(node.url, 'http://127.0.0.1:8545')).toBe(promisedOutput('deploy-token'));

    const contract = (name: string) => {
      const { address, abi } = checkout.json<DeploymentRecord>(`examples/deploy-token/deployments/31337/${name}.json`);
      const call = (functionName: string, args: readonly unknown[], account: `0x${string}` = ALICE) => ({
        ...{ address, abi: abi as unknown as Abi, functionName, args, account },
      });
      return {
        address,
        read: (name: string, ...args: unknown[]) => client().readContract(call(name, args)),
        write: (name: string, ...args: unknown[]) => client().writeContract({ ...call(name, args), chain: null }),
        simulate: (account: `0x${string}`, name: string, ...args: unknown[]) =>
          client().simulateContract(call(name, args, account)),
      };
    };
    const [gold, badge, treasury] = [contract('GoldToken'), contract('MemberBadge'), contract('Treasury')];
    expect(await gold.read('balanceOf', ALICE)).toBe(parseEther('1000000'));
    expect(await badge.read('owner')).toBe(ALICE);
    await badge.write('award', BOB);
    expect(await badge.read('ownerOf', 1n)).toBe(BOB);
    await gold.write('transfer', treasury.address, 1000n);
    await treasury.write('pay', BOB, 2500n);
    expect(await gold.read('balanceOf', BOB)).toBe(250n);
    await expect(treasury.simulate(BOB, 'pay', BOB, 1n)).rejects.toThrow('NotTheOwner(address caller)');

    const verified = await minichain(checkout, ['verify', 'Treasury']);
    const shares = contract('Shares').address.toLowerCase();
    expect(verified.stdout).toContain(`Verified: contracts/Treasury.sol:Treasury is at ${treasury.address}\n`);
    expect(verified.stdout).toContain(`  library contracts/Shares.sol:Shares = ${shares}\n`);
    expect(verified.stdout).toContain(`  immutable owner = 0x${'0'.repeat(24)}${ALICE.slice(2).toLowerCase()}\n`);
  });
});

describe('minichain compile', () => {
  it('writes artifacts that viem deploys, and does nothing the second time', async () => {
    const project = temporaryProject({ 'contracts/One.sol': source('contract One { uint256 public n = 1; }') });
    expect(await minichain(project, ['compile'])).toEqual({
      code: 0,
      stdout: 'Compiled 1 Solidity file with solc 0.8.37\n',
      stderr: '',
    });
    const { abi, bytecode } = project.json<unknown>('artifacts/contracts/One.sol/One.json') as Artifact;
    const hash = await client().deployContract({ abi: abi as unknown as Abi, bytecode, chain: null });
    const { contractAddress } = await client().getTransactionReceipt({ hash });
    const call = { address: contractAddress as `0x${string}`, abi: abi as unknown as Abi, functionName: 'n' };
    expect(await client().readContract(call)).toBe(1n);
    expect((await minichain(project, ['compile'])).stdout).toBe('Nothing to compile\n');
    expect((await minichain(project, ['compile', '--force'])).stdout).toBe(
      'Compiled 1 Solidity file with solc 0.8.37\n',
    );
  });

  it('takes settings from flags before those of the config file', async () => {
    const project = temporaryProject({
      'app/sol/One.sol': source('import "@lib/L.sol"; contract One is L {}'),
      'app/vendor/L.sol': source('contract L {}'),
      'app/minichain.config.json':
        '{"solc":{"contracts":"sol","optimizer":true,"optimizerRuns":5,"evmVersion":"london"}}',
    });
    const flags = [
      '--optimizer-runs',
      '9',
      '--remapping',
      '@lib/=vendor/',
      '--out',
      'build',
      '--via-ir',
      '--metadata-hash',
      'none',
    ];
    expect(await minichain(project, ['compile', 'app', ...flags])).toMatchObject({ code: 0, stderr: '' });
    const { metadata } = project.json<unknown>('app/build/sol/One.sol/One.json') as Artifact;
    expect(JSON.parse(metadata).settings).toMatchObject({
      optimizer: { enabled: true, runs: 9 },
      evmVersion: 'london',
      viaIR: true,
      metadata: { bytecodeHash: 'none' },
      remappings: [':@lib/=vendor/'],
    });
    expect((await minichain(project, ['compile', 'app', ...flags, '--no-optimizer'])).stdout).toMatch(/^Compiled 2 /);
  });

  it('prints what solc prints, warnings without failing', async () => {
    const project = temporaryProject({ 'contracts/A.sol': source('contract A { function f() public { uint x; } }') });
    const { code, stderr } = await minichain(project, ['compile']);
    expect(code).toBe(0);
    expect(stderr).toContain('Warning: Unused local variable.\n --> contracts/A.sol:3:36:\n  |\n3 | contract A');
    project.write('contracts/A.sol', source('contract A { uint x }'));
    expect(await failure(minichain(project, ['compile']))).toBe(
      [
        "1: ParserError: Expected ';' but got '}'",
        ' --> contracts/A.sol:3:21:',
        '  |',
        '3 | contract A { uint x }',
        '  |                     ^',
        '',
        'error: 1 error in the sources; nothing was written',
        '',
      ].join('\n'),
    );
    const coloured = await minichain(project, ['compile'], { NO_COLOR: '', FORCE_COLOR: '1' });
    expect(coloured.stderr).toContain('\u001b[31mParserError:\u001b[39m');
  });

  it('says which import is missing and which solc', async () => {
    const project = temporaryProject({ 'contracts/A.sol': source('import "@openzeppelin/contracts/X.sol";') });
    const missing = await failure(minichain(project, ['compile']));
    expect(missing).toContain(
      `1: error: contracts/A.sol:3: import "@openzeppelin/contracts/X.sol" was not found; looked at\n  ${project.root}`,
    );
    expect(missing).toContain('\nadd the package with: npm install --save-dev @openzeppelin/contracts\n');
    project.write('contracts/A.sol', source('contract A {}', '^0.6.0'));
    const text = await failure(minichain(project, ['compile']));
    expect(text).toContain(
      '1: error: no installed solc can compile contracts/A.sol:\n  contracts/A.sol: pragma solidity ^0.6.0\n',
    );
    expect(text).toContain('add one with: npm install --save-dev solc-0.6.12@npm:solc@0.6.12\n');
  });

  it('passes Standard JSON through, with errors in the output', async () => {
    const outputSelection = { '*': { '*': ['abi'] } };
    const input = {
      language: 'Solidity',
      sources: { 'A.sol': { content: 'contract A { bad }' } },
      settings: { outputSelection },
    };
    const project = temporaryProject({ 'input.json': JSON.stringify(input) });
    const { code, stdout, stderr } = await minichain(project, ['compile', '--standard-json', 'input.json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).errors.map(({ type }: { type: string }) => type)).toContain('ParserError');
    expect(await failure(minichain(project, ['compile', '--standard-json', 'none.json']))).toMatch(
      /^1: error: cannot read none\.json: /,
    );
  });

  it('says what is wrong with its arguments', async () => {
    const project = temporaryProject({ 'README.md': '' });
    expect(await failure(minichain(project, ['compile']))).toContain(
      `1: error: no Solidity files in ${join(project.root, 'contracts')}`,
    );
    expect(await failure(minichain(project, ['compile', 'gone']))).toBe('1: error: there is no folder gone\n');
    expect(await failure(minichain(project, ['compile', '--optimizer-runs', 'x']))).toMatch(
      /^2: error: .*--optimizer-runs/,
    );
    expect(await failure(minichain(project, ['compile', '--optimiser']))).toMatch(
      /^2: error: unknown option '--optimiser'/,
    );
  });
});

describe('minichain deploy', () => {
  const CONTRACTS = {
    'contracts/All.sol': source(
      [
        'library Twice { function twice(uint256 x) external pure returns (uint256) { return 2 * x; } }',
        'contract User { uint256 public n; constructor(uint256 x) payable { n = Twice.twice(x); } }',
        'contract Lists { constructor(uint256[] memory list, bool) { require(list.length == 2, "two"); } }',
        'contract Picky { error TooSmall(uint256 got); constructor(int256 x) { if (x < 10) revert TooSmall(uint256(-x)); } }',
      ].join('\n'),
    ),
  };

  it('deploys one contract with arguments, value and a local key', async () => {
    const project = temporaryProject(CONTRACTS);
    const key = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';
    const args = ['deploy', 'User', '--args', '21', '--value', '1.5 ether', '--private-key', key];
    expect(await minichain(project, args)).toMatchObject({ code: 0, stderr: '' });
    const user = project.json<DeploymentRecord>('deployments/31337/User.json');
    expect(user).toMatchObject({ deployer: BOB, args: ['21'] });
    expect(BigInt(await node.rpc.call('eth_getBalance', [user.address, 'latest']))).toBe(parseEther('1.5'));
    const twice = project.json<DeploymentRecord>('deployments/31337/Twice.json');
    expect(user.libraries).toEqual({ 'contracts/All.sol:Twice': twice.address });
    expect(readdirSync(join(project.root, 'deployments/31337')).sort()).toEqual(['Twice.json', 'User.json']);

    const linked = [
      'deploy',
      'contracts/All.sol:User',
      '--args',
      '1',
      '--library',
      `Twice:${twice.address}`,
      '--no-deploy-libraries',
    ];
    expect((await minichain(project, linked)).stdout).not.toContain('Twice');
    const words = 'test test test test test test test test test test test junk';
    const mnemonic = { MINICHAIN_MNEMONIC: words };
    const index = ['deploy', 'Lists', '--args', '[1, 2]', 'true', '--mnemonic-index', '1', '--rpc-url', node.wsUrl];
    expect((await minichain(project, index, mnemonic)).stdout).toContain(` from ${BOB}\n`);
  });

  it('says in a line why nothing was deployed', async () => {
    const project = temporaryProject(CONTRACTS);
    const said = (...args: string[]) => failure(minichain(project, ['deploy', ...args]));
    expect(await said('User', '--args', '1', '--no-deploy-libraries')).toBe(
      '1: error: User is not linked; it needs the address of\n  contracts/All.sol:Twice\n',
    );
    expect(await said('User')).toBe('1: error: User: constructor(uint256 x) takes 1 argument, got 0\n');
    expect(await said('User', '--args', 'x')).toMatch(
      /^1: error: User: argument x \(uint256\): expected a whole number .*, got "x"\n$/,
    );
    expect(await said('Lists', '--args', '[1]', 'true')).toBe('1: error: Lists: the constructor reverted: two\n');
    expect(await said('Picky', '--args', '-7')).toBe('1: error: Picky: the constructor reverted: TooSmall(7)\n');
    expect(await said('Gone')).toBe(
      '1: error: there is no contract named Gone; the project has Lists, Picky, Twice, User\n',
    );
    expect(await said()).toBe(
      '1: error: which contract? Name one, or list several in minichain.deploy.json; there are\n' +
        '  contracts/All.sol:Lists\n  contracts/All.sol:Picky\n  contracts/All.sol:User\n',
    );
    expect(await said('--args', '1')).toMatch(/^2: error: --args, --library and --value belong to one contract/);
    expect(await said('User', '--from', BOB, '--private-key', KEY)).toMatch(
      /^2: error: --from, --private-key and --mnemonic/,
    );
    expect(await said('User', '--rpc-url', 'localhost')).toBe(
      '2: error: --rpc-url: expected http://… or ws://…, got "localhost"\n',
    );
    expect(await said('some/folder')).toBe('1: error: there is no folder some/folder\n');
    expect(existsSync(join(project.root, 'deployments'))).toBe(false);
  });

  it('names the node that does not answer and how to start one', async () => {
    const project = temporaryProject(CONTRACTS);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
    expect(await failure(minichain(project, ['deploy', 'User', '--rpc-url', url]))).toBe(
      `1: error: no node answers at ${url} (ECONNREFUSED); start one with \`minichain node\` or name another with --rpc-url\n`,
    );
  });

  it('tells how long a node that does not mine was waited for', async () => {
    const project = temporaryProject(CONTRACTS);
    const idle = await startMinichain(['--no-mining']);
    try {
      const args = ['deploy', 'Picky', '--args', '50', '--timeout', '1', '--rpc-url', idle.url];
      expect(await failure(minichain(project, args))).toMatch(
        /^1: error: Picky: transaction 0x\w+ was not mined within 1000 ms: /,
      );
    } finally {
      await idle.close();
    }
  });

  it('does not compile for a newer EVM than the node runs', async () => {
    const project = temporaryProject(CONTRACTS);
    const old = await startMinichain(['--hardfork', 'london']);
    try {
      expect(await minichain(project, ['deploy', 'User', '--args', '1', '--rpc-url', old.url])).toMatchObject({
        code: 0,
      });
    } finally {
      await old.close();
    }
    const { metadata } = project.json<unknown>('artifacts/contracts/All.sol/User.json') as Artifact;
    expect(JSON.parse(metadata).settings.evmVersion).toBe('london');
  });
});

describe('minichain verify', () => {
  it('tells code that differs from metadata that differ', async () => {
    const one = source('contract One { uint256 public n = 1; }');
    const project = temporaryProject({ 'contracts/One.sol': one, 'contracts/Two.sol': source('contract Two {}') });
    const verify = (...args: string[]) => minichain(project, ['verify', ...args]);
    await minichain(project, ['deploy', 'One']);
    project.write('contracts/One.sol', `${one}// a comment\n`);
    expect((await verify('One')).stdout).toMatch(
      /Verified: contracts\/One\.sol:One is at 0x\w+; the metadata differ\n$/,
    );
    project.write('contracts/One.sol', one.replace('public n', 'public m'));
    expect(await failure(verify('One'))).toMatch(
      /^1: error: contracts\/One\.sol:One is not what is at 0x\w+: byte \d+: 0x\w+… on the chain, 0x\w+… compiled\n$/,
    );
    expect(await failure(verify('Two', '--address', BOB))).toBe(
      `1: error: contracts/Two.sol:Two: there is no code at ${BOB} on chain 31337; was the chain started anew?\n`,
    );
    expect(await failure(verify('Two', '--address', '0x1'))).toMatch(/^1: error: expected an address .*, got "0x1"\n$/);
    expect(await failure(verify('Two'))).toBe(
      `1: error: Two is not recorded in ${join(project.root, 'deployments/31337')}; name its address with --address\n`,
    );
  });
});

describe('help', () => {
  it.each(['compile', 'deploy', 'verify'])('of %s names every flag', async (name) => {
    const { code, stdout, stderr } = await minichain({ root: repositoryRoot }, [name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const flags = [
      '--contracts',
      '--out',
      '--optimizer',
      '--no-optimizer',
      '--optimizer-runs',
      '--via-ir',
      '--evm-version',
    ];
    const all = [
      ...flags,
      '--metadata-hash',
      '--remapping',
      '--solc-version',
      ...(name === 'compile' ? [] : ['--rpc-url']),
    ];
    for (const flag of all) expect(stdout).toContain(`  ${flag} `);
  });
});
