import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { foundryEnvironment } from '../support/foundry.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { copyProject, type ProjectCopy } from '../support/projectCopy.ts';
import { expectAsInReadme, readmeCommands } from '../support/readme.ts';
import { exampleFolder } from '../support/runExample.ts';

const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const folder = exampleFolder('foundry-project');

describe('examples/foundry-project', () => {
  let node: RunningNode;
  let copy: ProjectCopy;
  beforeAll(async () => {
    node = await startMinichain();
    copy = copyProject(folder, { modules: join(folder, 'node_modules') });
    copy.edit('foundry.toml', 'http://127.0.0.1:8545', node.url);
  });
  afterAll(async () => {
    await node?.close();
    copy?.remove();
  });

  it.each(readmeCommands(folder))('$line', (command) =>
    expectAsInReadme(command, {
      cwd: copy.folder,
      env: { ...foundryEnvironment(copy), ETH_PRIVATE_KEY: KEY },
    }),
  );
});
