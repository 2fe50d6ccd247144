import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryProject } from '../../../test/support/temporaryProject.ts';
import { openProject } from './project.ts';

describe('openProject', () => {
  it('has the folders that Hardhat users know, or src where only that is there', () => {
    const { root } = temporaryProject({ 'contracts/A.sol': '' });
    expect(openProject(root)).toEqual({
      root,
      contracts: join(root, 'contracts'),
      out: join(root, 'artifacts'),
      compiler: {},
    });
    const foundry = temporaryProject({ 'src/A.sol': '' });
    expect(openProject(foundry.root).contracts).toBe(join(foundry.root, 'src'));
  });

  it('reads the solc section of the config file, and options go before it', () => {
    const { root } = temporaryProject({
      'minichain.config.json': '{"solc":{"contracts":"sol","optimizer":true,"optimizerRuns":5},"other":1}',
    });
    const project = openProject(root, { optimizerRuns: 9, out: 'build', viaIR: undefined as never });
    expect(project).toEqual({
      root,
      contracts: join(root, 'sol'),
      out: join(root, 'build'),
      compiler: { optimizer: true, optimizerRuns: 9 },
    });
  });

  it.each([
    ['{', /minichain\.config\.json: .*JSON/],
    ['{"solc":[]}', /minichain\.config\.json: solc: expected an object$/],
    ['{"solc":{"optimiser":true}}', /solc\.optimiser is unknown; known are contracts, out, optimizer, /],
    ['{"solc":{"optimizerRuns":1.5}}', /solc\.optimizerRuns: expected a whole number up to 4294967295$/],
    ['{"solc":{"metadataHash":"sha"}}', /solc\.metadataHash: expected "ipfs", "bzzr1" or "none"$/],
    ['{"solc":{"remappings":"a=b"}}', /solc\.remappings: expected a list of strings$/],
  ])('says what is wrong in %s', (text, message) => {
    const { root } = temporaryProject({ 'minichain.config.json': text });
    expect(() => openProject(root)).toThrow(message);
  });
});
