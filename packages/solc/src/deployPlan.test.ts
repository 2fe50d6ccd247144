import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryProject } from '../../../test/support/temporaryProject.ts';
import { type Artifact, ArtifactStore } from './artifacts.ts';
import { PLAN_FILE, planOf, readPlan, weiFromText, withReferences } from './deployPlan.ts';
import { openProject } from './project.ts';

const plan = (text: string) => temporaryProject({ [PLAN_FILE]: text }).root;

describe('readPlan', () => {
  it('reads entries and fills in what they leave out', () => {
    const root = plan(
      JSON.stringify({
        deployments: [
          { contract: 'contracts/Token.sol:Token', args: ['Gold'] },
          {
            contract: 'Vault',
            name: 'Vault-2',
            args: { token: '${Token}' },
            libraries: { Math: '0x1' },
            value: '1 ether',
          },
        ],
      }),
    );
    expect(readPlan(root)).toEqual([
      { contract: 'contracts/Token.sol:Token', name: 'Token', args: ['Gold'], libraries: {}, value: 0n },
      {
        contract: 'Vault',
        name: 'Vault-2',
        args: { token: '${Token}' },
        libraries: { Math: '0x1' },
        value: 10n ** 18n,
      },
    ]);
  });

  it('is undefined where there is none', () => {
    expect(readPlan(temporaryProject({}).root)).toBeUndefined();
  });

  it.each([
    ['{', /JSON/],
    ['[]', /deployments: expected a list of contracts$/],
    ['{"deployments":[]}', /deployments: expected a list of contracts$/],
    ['{"deployments":["Token"]}', /deployments\[0\]: expected an object$/],
    ['{"deployments":[{}]}', /deployments\[0\]\.contract: expected the name of a contract$/],
    [
      '{"deployments":[{"contract":"T","arg":[]}]}',
      /deployments\[0\]\.arg is unknown; known are contract, name, args, /,
    ],
    ['{"deployments":[{"contract":"T","args":"x"}]}', /deployments\[0\]\.args: expected a list or an object$/],
    ['{"deployments":[{"contract":"T","name":"../x"}]}', /deployments\[0\]\.name: expected letters, digits/],
    [
      '{"deployments":[{"contract":"T","libraries":{"M":1}}]}',
      /deployments\[0\]\.libraries: expected an object of addresses/,
    ],
    [
      '{"deployments":[{"contract":"T","value":"1 eth"}]}',
      /deployments\[0\]\.value: expected wei, or a string such as/,
    ],
    [
      '{"deployments":[{"contract":"T"},{"contract":"a:T"}]}',
      /deployments\[1\]\.name: "T" is taken; give this one a name/,
    ],
  ])('says what is wrong in %s', (text, message) => {
    const root = plan(text);
    expect(() => readPlan(root)).toThrow(message);
    expect(() => readPlan(root)).toThrow(join(root, PLAN_FILE));
  });
});

describe('planOf', () => {
  const artifact = (more: Partial<Artifact> = {}): string =>
    JSON.stringify({ abi: [], bytecode: '0x60', deployedBytecode: '0x60', ...more });
  const abstract = artifact({ bytecode: '0x' });
  const library = artifact({ deployedBytecode: `0x73${'0'.repeat(40)}30146080` });

  function set(contracts: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
    const entries = Object.entries(contracts).map(
      ([name, text]) => [name, name.replaceAll(/[/:]/g, '_'), text] as const,
    );
    const { root } = temporaryProject({
      ...files,
      ...Object.fromEntries(entries.map(([, file, text]) => [`artifacts/${file}`, text])),
    });
    const store = new ArtifactStore(
      join(root, 'artifacts'),
      new Map(entries.map(([name, file]) => [name, { file, isOwn: !name.startsWith('@') }])),
    );
    return { project: openProject(root), store };
  }

  it('takes the named contract, else the plan, else the only one', () => {
    const contracts = {
      'contracts/A.sol:A': artifact(),
      'contracts/A.sol:Base': abstract,
      'contracts/A.sol:Lib': library,
      '@pkg/P.sol:P': artifact(),
    };
    const bare = set(contracts);
    expect(planOf(bare.project, bare.store)).toMatchObject([{ contract: 'contracts/A.sol:A', name: 'A', args: [] }]);
    const planned = set(contracts, { [PLAN_FILE]: '{"deployments":[{"contract":"P"}]}' });
    expect(planOf(planned.project, planned.store)).toMatchObject([{ contract: 'P' }]);
    expect(planOf(planned.project, planned.store, { contract: '@pkg/P.sol:P', args: ['1'], value: 2n })).toEqual([
      { contract: '@pkg/P.sol:P', name: 'P', args: ['1'], libraries: {}, value: 2n },
    ]);
  });

  it('asks which, when there are several', () => {
    const { project, store } = set({ 'contracts/A.sol:A': artifact(), 'contracts/B.sol:B': artifact() });
    expect(() => planOf(project, store)).toThrow(
      'which contract? Name one, or list several in minichain.deploy.json; there are\n  contracts/A.sol:A\n  contracts/B.sol:B',
    );
  });
});

describe('withReferences', () => {
  const known = new Map([['Token', '0xabc']]);

  it('replaces names anywhere in a value', () => {
    expect(withReferences({ a: ['${Token}', 1, { b: 'at ${Token}' }], c: null }, known, 'Vault')).toEqual({
      a: ['0xabc', 1, { b: 'at 0xabc' }],
      c: null,
    });
  });

  it('refuses a name that is not there yet', () => {
    expect(() => withReferences(['${Tokn}'], known, 'Vault')).toThrow(
      'minichain.deploy.json: Vault: ${Tokn} is not deployed before it; known are Token',
    );
  });
});

describe('weiFromText', () => {
  it.each([
    ['15', 15n],
    ['1.5 ether', 15n * 10n ** 17n],
    ['2gwei', 2n * 10n ** 9n],
    ['7 wei', 7n],
    ['0.5', undefined],
    ['-1', undefined],
    ['1 eth', undefined],
    ['', undefined],
  ])('reads %j', (text, wei) => {
    expect(weiFromText(text)).toBe(wei);
  });
});
