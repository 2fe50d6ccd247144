import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type TemporaryProject, temporaryProject } from '../../../test/support/temporaryProject.ts';
import type { Artifact, BuildInfo } from './artifacts.ts';
import { type CompileOptions, compile } from './compile.ts';
import { CompileError } from './compileFaults.ts';
import { openCompilers } from './compiler.ts';
import { openProject, type ProjectOptions } from './project.ts';

const solc076 = dirname(createRequire(import.meta.url).resolve('solc-0.7.6/package.json'));
const LICENCE = '// SPDX-License-Identifier: MIT\n';
const source = (text: string, pragma = '^0.8.20'): string => `${LICENCE}pragma solidity ${pragma};\n${text}\n`;

const MATH = source('library Math { function twice(uint256 x) external pure returns (uint256) { return 2 * x; } }');
const USER = source(
  'import {Math} from "./Math.sol";\ncontract User { uint256 public immutable start; constructor(uint256 a) { start = Math.twice(a); } }',
);
const ALONE = source('contract Alone { function one() external pure returns (uint256) { return 1; } }');
const FILES = { 'contracts/Math.sol': MATH, 'contracts/User.sol': USER, 'contracts/Alone.sol': ALONE };

/** Warm for the whole file: starting one takes longer than most compilations here. */
const shared = openCompilers();
afterAll(() => shared.close());

const run = ({ root }: TemporaryProject, options: ProjectOptions = {}, how: CompileOptions = {}) =>
  compile(openProject(root, options), { compilers: shared, ...how });
const sourcesOf = ({ compiled }: Awaited<ReturnType<typeof run>>) => compiled.flatMap(({ sources }) => sources);

async function failureOf(promise: Promise<unknown>): Promise<CompileError> {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CompileError);
  return error as CompileError;
}

describe('compile', () => {
  it('writes artifacts in the form of Hardhat and the build info they came from', async () => {
    const project = temporaryProject(FILES);
    const { artifacts } = await run(project);
    expect(artifacts.names()).toEqual([
      'contracts/Alone.sol:Alone',
      'contracts/Math.sol:Math',
      'contracts/User.sol:User',
    ]);
    const user = project.json<unknown>('artifacts/contracts/User.sol/User.json') as Artifact;
    expect(user).toEqual(artifacts.get('User'));
    expect(user).toMatchObject({
      _format: 'hh-sol-artifact-1',
      contractName: 'User',
      sourceName: 'contracts/User.sol',
      linkReferences: { 'contracts/Math.sol': { Math: [{ length: 20 }] } },
      deployedLinkReferences: {},
    });
    expect(user.bytecode).toMatch(/^0x60.*__\$[0-9a-f]{34}\$__/);
    expect(Object.keys(user.immutableReferences)).toHaveLength(1);
    expect(JSON.parse(user.metadata).settings.compilationTarget).toEqual({ 'contracts/User.sol': 'User' });
    const info = project.json<unknown>(`artifacts/build-info/${user.buildInfoId}.json`) as BuildInfo;
    expect(info).toMatchObject({ _format: 'hh-sol-build-info-1', id: user.buildInfoId, solcVersion: '0.8.37' });
    expect(info.solcLongVersion).toMatch(/^0\.8\.37\+commit\.[0-9a-f]{8}/);
    expect(info).toHaveProperty(['input', 'sources', 'contracts/User.sol', 'content'], USER);
    expect(info).toHaveProperty(['output', 'contracts', 'contracts/User.sol', 'User', 'storageLayout']);
  });

  it('compiles only what changed and what depends on it, and starts no compiler for nothing', async () => {
    const project = temporaryProject(FILES);
    await run(project);
    const refusing = { compile: () => Promise.reject(new Error('started')), close: () => Promise.resolve() };
    expect((await run(project, {}, { compilers: refusing })).compiled).toEqual([]);
    project.write('contracts/Math.sol', MATH.replace('2 * x', 'x + x'));
    const changed = await run(project);
    expect(sourcesOf(changed)).toEqual(['contracts/Math.sol', 'contracts/User.sol']);
    expect(changed.artifacts.names()).toHaveLength(3);
    expect(sourcesOf(await run(project))).toEqual([]);
    project.remove('artifacts/contracts/Alone.sol/Alone.json');
    expect(sourcesOf(await run(project))).toEqual(['contracts/Alone.sol']);
    expect(sourcesOf(await run(project, { optimizer: true }))).toHaveLength(3);
    expect(sourcesOf(await run(project, { optimizer: true }, { force: true }))).toHaveLength(3);
  });

  it('removes what is left of deleted sources and contracts', async () => {
    const project = temporaryProject(FILES);
    const before = await run(project);
    const infoOf = (id: string): string => join(project.root, 'artifacts/build-info', `${id}.json`);
    const first = before.artifacts.get('User').buildInfoId;
    project.remove('contracts/Alone.sol');
    project.write('contracts/Math.sol', MATH.replace('library Math', 'library Other {}\nlibrary Math'));
    await run(project);
    expect(existsSync(join(project.root, 'artifacts/contracts/Alone.sol'))).toBe(false);
    expect(existsSync(infoOf(first))).toBe(false);
    project.write('contracts/Math.sol', MATH);
    const { artifacts } = await run(project);
    expect(artifacts.names()).toEqual(['contracts/Math.sol:Math', 'contracts/User.sol:User']);
    expect(existsSync(join(project.root, 'artifacts/contracts/Math.sol/Other.json'))).toBe(false);
    expect(existsSync(infoOf(artifacts.get('User').buildInfoId))).toBe(true);
  });

  it('groups sources by the compiler their pragmas ask for', async () => {
    const project = temporaryProject(
      {
        'contracts/New.sol': source('import "./Shared.sol"; contract New is Shared {}'),
        'contracts/Old.sol': source('import "./Shared.sol"; contract Old is Shared {}', '^0.7.0'),
        'contracts/Shared.sol': source('contract Shared { uint256 public x; }', '>=0.7.0 <0.9.0'),
      },
      { 'solc-0.7.6': solc076 },
    );
    const { compiled, artifacts } = await run(project);
    expect(compiled).toHaveLength(2);
    expect(compiled).toEqual(
      expect.arrayContaining([
        { solcVersion: '0.8.37', sources: ['contracts/New.sol', 'contracts/Shared.sol'] },
        { solcVersion: '0.7.6', sources: ['contracts/Old.sol'] },
      ]),
    );
    expect(JSON.parse(artifacts.get('Old').metadata).compiler.version).toMatch(/^0\.7\.6/);
    expect(JSON.parse(artifacts.get('Old').metadata).settings.evmVersion).toBe('istanbul');
  });

  it('hands the settings on to solc', async () => {
    const project = temporaryProject({ 'contracts/Alone.sol': ALONE });
    const options = {
      optimizer: true,
      optimizerRuns: 7,
      viaIR: true,
      evmVersion: 'paris',
      metadataHash: 'none',
    } as const;
    const { artifacts } = await run(project, options);
    const { metadata, bytecode } = artifacts.get('Alone');
    expect(JSON.parse(metadata).settings).toMatchObject({
      optimizer: { enabled: true, runs: 7 },
      viaIR: true,
      evmVersion: 'paris',
      metadata: { bytecodeHash: 'none' },
    });
    // The CBOR at the end holds the version alone: {"solc": 0.8.37}.
    expect(bytecode).toMatch(/a164736f6c6343000825000a$/);
  });

  it('does not need a newer EVM than the node runs', async () => {
    const project = temporaryProject({ 'contracts/Alone.sol': ALONE });
    const { artifacts } = await run(project, {}, { newestEvm: 'london' });
    expect(JSON.parse(artifacts.get('Alone').metadata).settings.evmVersion).toBe('london');
  });

  it('reports errors as solc does and leaves what was written before', async () => {
    const project = temporaryProject({ 'contracts/Alone.sol': ALONE });
    const { artifacts } = await run(project);
    project.write('contracts/Alone.sol', source('contract Alone { uint256 x = "text"; }'));
    const { fault, message } = await failureOf(run(project));
    expect(fault).toMatchObject({
      code: 'COMPILATION_FAILED',
      diagnostics: [{ severity: 'error', type: 'TypeError' }],
    });
    expect(message).toContain(' --> contracts/Alone.sol:3:30:');
    expect(message).toMatch(/\n {2}\| +\^+\n/);
    expect(artifacts.get('Alone').abi).toHaveLength(1);
  });

  it('gives warnings and does not fail for them', async () => {
    const project = temporaryProject({ 'contracts/A.sol': 'pragma solidity ^0.8.20;\ncontract A {}\n' });
    const { diagnostics } = await run(project);
    expect(diagnostics).toMatchObject([{ severity: 'warning', message: expect.stringContaining('SPDX') }]);
  });

  it('gives a warning once, whatever number of compilers have it', async () => {
    const user = (pragma: string): string => source('import "./Shared.sol"; contract User is Shared {}', pragma);
    const unnamed = 'contract Shared { function f() public { uint x; } }';
    const project = temporaryProject(
      {
        'contracts/New.sol': user('^0.8.0'),
        'contracts/Old.sol': user('^0.7.0'),
        'contracts/Shared.sol': source(unnamed, '>=0.7.0'),
      },
      { 'solc-0.7.6': solc076 },
    );
    const { diagnostics, compiled } = await run(project);
    expect(compiled).toHaveLength(2);
    const messages = diagnostics.map(({ message }) => message);
    expect(messages.filter((message) => message === 'Unused local variable.')).toHaveLength(1);
  });

  it('opens compilers of its own when it is given none, and closes them', async () => {
    const project = temporaryProject({ 'contracts/Alone.sol': ALONE });
    const { compiled } = await compile(openProject(project.root));
    expect(compiled).toEqual([{ solcVersion: '0.8.37', sources: ['contracts/Alone.sol'] }]);
    const handles = process.getActiveResourcesInfo().filter((name) => name === 'Worker');
    expect(handles).toEqual([]);
  });

  it('says when a compiler cannot be loaded', async () => {
    const project = temporaryProject({
      'contracts/A.sol': source('contract A {}', '0.6.0'),
      'node_modules/solc/package.json': '{"name":"solc","version":"0.6.0"}',
      'node_modules/solc/soljson.js': 'throw new Error("damaged package")',
    });
    const { fault } = await failureOf(run(project));
    expect(fault).toMatchObject({ code: 'SOLC_UNUSABLE', version: '0.6.0', detail: 'damaged package' });
  });

  it('knows contracts by their short name where that is enough', async () => {
    const project = temporaryProject({
      'contracts/A.sol': source('import {Theirs} from "pkg/P.sol"; contract Same is Theirs {} contract Only {}'),
      'contracts/B.sol': source('contract Same {}'),
      'node_modules/pkg/P.sol': source('contract Only {} contract Theirs {}'),
    });
    const { artifacts } = await run(project);
    expect(artifacts.get('Only').sourceName).toBe('contracts/A.sol');
    expect(artifacts.get('Theirs').sourceName).toBe('pkg/P.sol');
    expect(artifacts.get('contracts/B.sol:Same').sourceName).toBe('contracts/B.sol');
    expect(() => artifacts.get('Same')).toThrow(
      'there is more than one contract named Same; name it with its file:\n  contracts/A.sol:Same\n  contracts/B.sol:Same',
    );
    expect(() => artifacts.get('Gone')).toThrow('there is no contract named Gone; the project has Only, Same, Same');
  });
});
