import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outputOf } from '../support/command.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { describeWithProject } from '../support/npmProject.ts';
import { expectAsInReadme, readmeCommands } from '../support/readme.ts';

await describeWithProject('examples/hardhat-project', 'examples/hardhat-project', { node: 22 }, ({ folder, env }) => {
  let node: RunningNode;
  const forgetDeployments = () => rmSync(join(folder, 'ignition/deployments'), { recursive: true, force: true });
  const options = () => ({ cwd: folder, env: { ...env, MINICHAIN_URL: node.url } });

  beforeAll(async () => {
    forgetDeployments();
    node = await startMinichain();
  });
  afterAll(async () => {
    await node.close();
    forgetDeployments();
  });

  it.each(readmeCommands(folder))('$line', (command) => expectAsInReadme(command, options()));

  it('deploys anew when the node was started anew, whose instance id is another', async () => {
    const deploy = () =>
      outputOf('hardhat', ['ignition', 'deploy', 'ignition/modules/Reward.ts', '--network', 'minichain'], options());
    await node.close();
    node = await startMinichain();
    expect(await deploy()).toContain('successfully deployed');
    expect(await deploy()).toContain('Nothing new to deploy');
  });

  it('satisfies its own type check', async () => {
    await outputOf('tsc', [], options());
  });
});
