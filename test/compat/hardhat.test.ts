import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputOf } from '../support/command.ts';
import { repositoryRoot } from '../support/fixtures.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { describeWithProject } from '../support/npmProject.ts';
import { copyProject, type ProjectCopy } from '../support/projectCopy.ts';

const suiteFolder = join(repositoryRoot, 'test/compat/hardhat');

// Both suites live on the dependencies of the example: one install serves it and them.
await describeWithProject('Hardhat 3', 'examples/hardhat-project', { node: 22 }, ({ folder: installed, env }) => {
  const modules = join(installed, 'node_modules');
  let node: RunningNode;
  beforeAll(async () => {
    node = await startMinichain();
  });
  afterAll(() => node.close());

  /** @returns what `hardhat …` printed; it fails when the command does. */
  const hardhatAt = (url: string, { folder }: ProjectCopy, ...args: string[]): Promise<string> =>
    outputOf('hardhat', [...args, '--network', 'minichain'], { cwd: folder, env: { ...env, MINICHAIN_URL: url } });
  const hardhatIn = (copy: ProjectCopy, ...args: string[]): Promise<string> => hardhatAt(node.url, copy, ...args);

  describe.each([
    ['01-node-test-runner-viem', '2 passing (2 nodejs)'],
    ['02-mocha-ethers', '2 passing (2 mocha)'],
  ])('template %s', (template, passing) => {
    let copy: ProjectCopy;
    const deploy = (...args: string[]) => hardhatIn(copy, 'ignition', 'deploy', 'ignition/modules/Counter.ts', ...args);

    beforeAll(() => {
      copy = copyProject(join(modules, 'hardhat/templates', template), { modules });
      renameSync(join(copy.folder, 'hardhat.config.ts'), join(copy.folder, 'template.config.ts'));
      cpSync(join(suiteFolder, 'templateConfig.ts'), join(copy.folder, 'hardhat.config.ts'));
      // Solidity tests need forge-std, which is no npm package, and they run inside Hardhat, not on a network.
      rmSync(join(copy.folder, 'contracts/Counter.t.sol'));
    });
    afterAll(() => copy.remove());

    it('passes its tests', async () => {
      expect(await hardhatIn(copy, 'test')).toContain(passing);
    });

    it('deploys its Ignition module', async () => {
      const printed = await deploy();
      expect(printed).toContain('[ CounterModule ] successfully deployed');
      const address = /CounterModule#Counter - (0x[0-9a-fA-F]{40})/.exec(printed)?.[1];
      const x = await node.rpc.call<string>('eth_call', [{ to: address, data: '0x0c55699c' }]);
      expect(BigInt(x)).toBe(5n);
    });

    it('finds that deployment again on the same chain', async () => {
      expect(await deploy()).toContain('Nothing new to deploy');
      expect(readdirSync(join(copy.folder, 'ignition/deployments'))).toEqual(['chain-31337']);
    });

    it('deploys its Ignition module by CREATE2', async () => {
      const printed = await deploy('--strategy', 'create2', '--deployment-id', 'by-create2');
      expect(printed).toContain('[ CounterModule ] successfully deployed');
    });
  });

  describe('toolchain', () => {
    let copy: ProjectCopy;
    beforeAll(() => {
      copy = copyProject(suiteFolder, { modules });
      cpSync(join(installed, 'package.json'), join(copy.folder, 'package.json'));
      rmSync(join(copy.folder, 'templateConfig.ts'));
    });
    afterAll(() => copy.remove());

    it.each([
      ['our', []],
      ["Hardhat's", ['--error-style', 'hardhat', '--throw-on-failure', '--strict-nonce']],
    ])('A1: takes every one of its 39 steps in %s style', async (_, flags) => {
      // What Ignition remembers to have deployed is on another chain.
      rmSync(join(copy.folder, 'ignition/deployments'), { recursive: true, force: true });
      const own = await startMinichain(flags);
      const printed = await hardhatAt(own.url, copy, 'run', 'scripts/toolchain.ts').finally(() => own.close());
      const steps = printed.split('\n').filter((line) => line.startsWith('{'));
      const results = steps.map((line) => JSON.parse(line) as { step: string; error?: string });
      expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
      expect(results).toHaveLength(39);
    });

    it('is used as its types allow', async () => {
      await outputOf('tsc', [], { cwd: copy.folder, env });
    });
  });
});
