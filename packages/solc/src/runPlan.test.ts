import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { startNode, type TestNode } from '@minichain/testing';
import { getAddress } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryProject } from '../../../test/support/temporaryProject.ts';
import { compile } from './compile.ts';
import { openCompilers } from './compiler.ts';
import {
  accountFromAddress,
  accountFromKey,
  accountFromMnemonic,
  createDeployer,
  type DeployerOptions,
} from './deployer.ts';
import { DeployError } from './deployFaults.ts';
import type { DeploymentRecord } from './deploymentRecord.ts';
import type { PlanEntry } from './deployPlan.ts';
import { openProject } from './project.ts';
import { type Deployed, type RunPlanOptions, runPlan } from './runPlan.ts';
import { verifyContract } from './verify.ts';

const SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
library Base { function twice(uint256 x) external pure returns (uint256) { return 2 * x; } }
library Math { function four(uint256 x) external pure returns (uint256) { return Base.twice(Base.twice(x)); } }
contract Token {
    string public name; uint256 public immutable supply; address public owner;
    constructor(string memory name_, uint256 supply_, address owner_) payable { name = name_; supply = supply_; owner = owner_; }
}
contract Vault {
    Token public token; uint256 public immutable size;
    constructor(Token token_) { token = token_; size = Math.four(token_.supply()); }
}
contract Picky {
    error TooSmall(uint256 got, string why);
    constructor(uint256 x) { if (x < 10) revert TooSmall(x, "ten at least"); require(x < 100, "too large"); assert(x != 50); }
}
contract Nested { constructor() { new Picky(1); } }
library Left { function l() external pure returns (uint256) { return Right.r(); } }
library Right { function r() external pure returns (uint256) { return 1; } function s() external pure returns (uint256) { return Left.l(); } }
contract Loop { function f() external pure returns (uint256) { return Left.l(); } }
interface Thing { function f() external; }
contract Empty { constructor() { assembly { return(0, 0) } } }
`;

const compilers = openCompilers();
let node: TestNode<undefined>;
beforeAll(async () => {
  node = await startNode({ port: false });
});
afterAll(async () => {
  await Promise.all([node.close(), compilers.close()]);
});

async function setUp() {
  const project = temporaryProject({ 'contracts/All.sol': SOURCE });
  const { artifacts } = await compile(openProject(project.root), { compilers });
  const entry = (contract: string, args: PlanEntry['args'] = [], more: Partial<PlanEntry> = {}): PlanEntry => ({
    contract,
    name: contract,
    args,
    libraries: {},
    value: 0n,
    ...more,
  });
  const run = async (entries: PlanEntry[], options: Partial<RunPlanOptions> = {}, sender: DeployerOptions = {}) => {
    const deployer = await createDeployer({ provider: node.provider, ...sender } as DeployerOptions);
    return runPlan(deployer, entries, { root: project.root, artifacts, ...options });
  };
  const recordOf = (name: string) => project.json<DeploymentRecord>(`deployments/31337/${name}.json`);
  return { project, artifacts, entry, run, recordOf };
}

/** In checksum case, as records have them. */
const accounts = () => node.accounts.map(({ address }) => getAddress(address));

const faultOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DeployError);
  return error as DeployError;
};
const read = (record: DeploymentRecord, functionName: string) =>
  node.client.readContract({ address: record.address, abi: record.abi as never, functionName } as never);

/** One that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('runPlan', () => {
  it('deploys in order, libraries first, and records each', async () => {
    const { entry, run, recordOf, artifacts } = await setUp();
    const seen: string[] = [];
    const onDeployed = ({ name }: Deployed) => seen.push(name);
    const args = { name_: 'Gold', supply_: '21', owner_: '${deployer}' };
    await run([entry('Token', args, { value: 5n }), entry('Vault', ['${Token}'])], { onDeployed });
    expect(seen).toEqual(['Token', 'Base', 'Math', 'Vault']);
    const [token, vault] = [recordOf('Token'), recordOf('Vault')];
    expect(token).toMatchObject({
      contractName: 'Token',
      sourceName: 'contracts/All.sol',
      chainId: 31337,
      deployer: accounts()[0],
      args: ['Gold', '21', accounts()[0]],
      libraries: {},
    });
    const receipt = await node.client.getTransactionReceipt({ hash: token.transactionHash });
    expect(receipt).toMatchObject({
      contractAddress: token.address.toLowerCase(),
      blockHash: token.blockHash,
      blockNumber: BigInt(token.blockNumber),
      gasUsed: BigInt(token.gasUsed),
    });
    expect(await read(vault, 'size')).toBe(84n);
    expect(vault.args).toEqual([token.address]);
    expect(vault.libraries).toEqual({ 'contracts/All.sol:Math': recordOf('Math').address });
    expect(await node.client.getBalance({ address: token.address })).toBe(5n);

    const deployer = await createDeployer({ provider: node.provider });
    for (const name of ['Token', 'Vault', 'Math', 'Base']) {
      const { match } = await verifyContract(deployer, artifacts.get(name), recordOf(name).address);
      expect([name, match]).toEqual([name, 'exact']);
    }
  });

  it('uses libraries that are given, and refuses missing ones when it may not deploy them', async () => {
    const { entry, run, recordOf } = await setUp();
    await run([entry('Base'), entry('Math'), entry('Token', ['T', 1, '${deployer}'])]);
    const [base, math] = [recordOf('Base').address, recordOf('Math').address];
    const seen: string[] = [];
    const vault = entry('Vault', [recordOf('Token').address], { libraries: { Math: math } });
    await run([vault], { deployLibraries: false, onDeployed: ({ name }) => seen.push(name) });
    expect(seen).toEqual(['Vault']);
    expect(recordOf('Math').libraries).toEqual({ 'contracts/All.sol:Base': base });
    const { fault } = await faultOf(run([{ ...vault, libraries: {} }], { deployLibraries: false }));
    expect(fault).toEqual({ code: 'LIBRARIES_UNLINKED', contract: 'Vault', libraries: ['contracts/All.sol:Math'] });
  });

  it('finds what is wrong with a later contract before it sends the first', async () => {
    const { entry, run, project } = await setUp();
    const token = entry('Token', ['T', 1, '${deployer}']);
    const before = await node.client.getBlockNumber();
    const codes: string[] = [];
    for (const wrong of [
      entry('Vault', ['${Tokn}']),
      entry('Vault', []),
      entry('Picky', ['x']),
      entry('Thing'),
      entry('Picky', [20], { value: 1n }),
      entry('Vault', ['${Token}'], { libraries: { Base: '${Token}' } }),
      entry('Loop'),
    ]) {
      codes.push((await faultOf(run([token, wrong]))).fault.code);
    }
    expect(codes).toEqual([
      'PLAN_INVALID',
      'ARGUMENT_COUNT',
      'ARGUMENT_INVALID',
      'NOT_DEPLOYABLE',
      'NOT_PAYABLE',
      'LIBRARY_UNKNOWN',
      'LIBRARY_CYCLE',
    ]);
    expect(await node.client.getBlockNumber()).toBe(before);
    expect(existsSync(join(project.root, 'deployments'))).toBe(false);
  });

  it('tells why a constructor reverted', async () => {
    const { entry, run } = await setUp();
    const reasonOf = async (...entries: PlanEntry[]) => (await faultOf(run(entries))).message;
    expect(await reasonOf(entry('Picky', [3]))).toBe('Picky: the constructor reverted: TooSmall(3, "ten at least")');
    expect(await reasonOf(entry('Picky', [500]))).toBe('Picky: the constructor reverted: too large');
    expect(await reasonOf(entry('Picky', [50]))).toMatch(/^Picky: the constructor reverted: panic 0x01: /);
    // An error of a contract that the constructor calls is known from the other artifacts.
    expect(await reasonOf(entry('Nested'))).toBe('Nested: the constructor reverted: TooSmall(1, "ten at least")');
    expect((await faultOf(run([entry('Empty')]))).fault).toMatchObject({ code: 'CODE_MISSING', contract: 'Empty' });
  });

  it('deploys anew, unless it is told to keep what is unchanged and still there', async () => {
    const { entry, run, recordOf } = await setUp();
    const entries = [entry('Token', ['T', 1, '${deployer}']), entry('Vault', ['${Token}'])];
    const kept = async (options: Partial<RunPlanOptions>, list = entries) =>
      (await run(list, options)).filter(({ isKept }) => isKept).map(({ name }) => name);
    await run(entries);
    const first = recordOf('Token').address;
    expect(await kept({})).toEqual([]);
    const second = recordOf('Token').address;
    expect(second).not.toBe(first);
    expect(await kept({ skipDeployed: true })).toEqual(['Token', 'Base', 'Math', 'Vault']);
    expect(recordOf('Token').address).toBe(second);
    const other = [entry('Token', ['T', 2, '${deployer}']), entry('Vault', ['${Token}'])];
    expect(await kept({ skipDeployed: true }, other)).toEqual(['Base', 'Math']);
    await node.client.setCode({ address: recordOf('Token').address, bytecode: '0x' });
    expect(await kept({ skipDeployed: true }, other)).toEqual(['Base', 'Math']);
  });

  it('sends from an unlocked account or signs here', async () => {
    const { entry, run, recordOf } = await setUp();
    const sentBy = async (account: DeployerOptions['account']): Promise<string> => {
      await run([entry('Base')], {}, { account } as DeployerOptions);
      return recordOf('Base').deployer;
    };
    const [first, second, third] = accounts();
    expect(await sentBy(second)).toBe(second);
    const words = 'test test test test test test test test test test test junk';
    expect(await sentBy(accountFromMnemonic(words, 2))).toBe(third);
    const key = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
    expect(await sentBy(accountFromKey(key))).toBe(first);
    expect(() => accountFromAddress(`${second}`.replace('0x7', '0x8'))).toThrow(
      'the sender must be an address (with a right',
    );
    expect(() => accountFromKey('0x12')).toThrow('the private key must be 0x and 64 hex digits');
    expect(() => accountFromKey(`0x${'0'.repeat(64)}`)).toThrow('the private key is not one of secp256k1');
    expect(() => accountFromMnemonic('test junk')).toThrow('the mnemonic is not one of BIP-39');
    const stranger = '0x00000000000000000000000000000000000000aa';
    expect((await faultOf(run([entry('Base')], {}, { account: stranger } as DeployerOptions))).fault).toMatchObject({
      code: 'NODE_REFUSED',
    });
  });
});

describe('createDeployer', () => {
  it('knows the newest EVM of the node', async () => {
    expect(await createDeployer({ provider: node.provider })).toMatchObject({ newestEvm: 'osaka', chainId: 31337 });
    const old = await startNode({ port: false, chain: { hardfork: 'london' } });
    expect((await createDeployer({ provider: old.provider })).newestEvm).toBe('london');
    await old.close();
  });

  it('says in one line that no node answers, and how to start one', async () => {
    const port = await closedPort();
    for (const url of [`http://127.0.0.1:${port}`, `ws://127.0.0.1:${port}`]) {
      const { message, fault } = await faultOf(createDeployer({ url }));
      expect(fault.code).toBe('NODE_UNREACHABLE');
      expect(message).toBe(
        `no node answers at ${url} (ECONNREFUSED); start one with \`minichain node\` or name another with --rpc-url`,
      );
    }
  });

  it('says in one line that something else answers', async () => {
    const server = createHttpServer((_, response) => response.writeHead(501).end('<html>\n<h1>Not here</h1>\n</html>'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { fault } = await faultOf(createDeployer({ url }));
    server.closeAllConnections();
    server.close();
    expect(fault).toEqual({ code: 'NODE_UNREACHABLE', url, detail: 'HTTP 501, and no JSON-RPC' });
  });
});
