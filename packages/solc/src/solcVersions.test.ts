import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryProject } from '../../../test/support/temporaryProject.ts';
import { CompileError } from './compileFaults.ts';
import { chooseSolcs, findSolcs, type InstalledSolc, solcOfVersion } from './solcVersions.ts';
import { readSources } from './sources.ts';

const solc = (version: string): InstalledSolc => ({ version, directory: `/solc-${version}` });
const installed = ['0.8.37', '0.8.20', '0.7.6'].map(solc);

function choose(files: Readonly<Record<string, string>>): Record<string, string> {
  const { root } = temporaryProject(files);
  const graph = readSources(join(root, 'contracts'), { root, remappings: [] });
  return Object.fromEntries([...chooseSolcs(graph, installed)].map(([name, { version }]) => [name, version]));
}

const messageOf = (files: Readonly<Record<string, string>>): string => {
  try {
    choose(files);
  } catch (error) {
    if (error instanceof CompileError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('chooseSolcs', () => {
  it('takes the newest that a source and its imports allow', () => {
    expect(
      choose({
        'contracts/New.sol': 'pragma solidity ^0.8.0;',
        'contracts/Exact.sol': 'pragma solidity 0.8.20;',
        'contracts/User.sol': 'pragma solidity >=0.7.0; import "./Exact.sol";',
        'contracts/Old.sol': 'pragma solidity >=0.7.0 <0.8.0;',
        'contracts/Either.sol': 'pragma solidity ^0.6.0 || ^0.7.0;',
        'contracts/None.sol': 'contract A {}',
      }),
    ).toEqual({
      'contracts/New.sol': '0.8.37',
      'contracts/Exact.sol': '0.8.20',
      'contracts/User.sol': '0.8.20',
      'contracts/Old.sol': '0.7.6',
      'contracts/Either.sol': '0.7.6',
      'contracts/None.sol': '0.8.37',
    });
  });

  it('compiles what is only imported once, with the newest compiler that needs it', () => {
    const chosen = choose({
      'contracts/A.sol': 'pragma solidity 0.7.6; import "lib/L.sol"; import "old/O.sol";',
      'contracts/B.sol': 'pragma solidity 0.8.20; import "lib/L.sol";',
      'node_modules/lib/L.sol': 'pragma solidity >=0.7.0;',
      'node_modules/old/O.sol': 'pragma solidity >=0.7.0;',
    });
    expect(chosen['lib/L.sol']).toBe('0.8.20');
    expect(chosen['old/O.sol']).toBe('0.7.6');
  });

  it('says which file asks for what, what there is, and how to add it', () => {
    expect(messageOf({ 'contracts/A.sol': 'pragma solidity ^0.6.2;' })).toBe(
      [
        'no installed solc can compile contracts/A.sol:',
        '  contracts/A.sol: pragma solidity ^0.6.2',
        'available: 0.8.37, 0.8.20, 0.7.6',
        'add one with: npm install --save-dev solc-0.6.12@npm:solc@0.6.12',
      ].join('\n'),
    );
  });

  it('advises the release that also suits the imports, or the oldest of the future', () => {
    const files = {
      'contracts/A.sol': 'pragma solidity ^0.8.0; import "l/L.sol";',
      'node_modules/l/L.sol': 'pragma solidity =0.8.19;',
    };
    expect(messageOf(files)).toContain('npm install --save-dev solc-0.8.19@npm:solc@0.8.19');
    expect(messageOf({ 'contracts/A.sol': 'pragma solidity ^0.9.2;' })).toContain('solc-0.9.2@npm:solc@0.9.2');
  });

  it('says when no release at all would do', () => {
    const files = {
      'contracts/A.sol': 'pragma solidity ^0.8.0; import "./B.sol";',
      'contracts/B.sol': 'pragma solidity ^0.7.0;',
    };
    expect(messageOf(files)).toBe(
      [
        'no solc release from 0.4.11 on can compile contracts/A.sol with what it imports:',
        '  contracts/A.sol: pragma solidity ^0.8.0',
        '  contracts/B.sol: pragma solidity ^0.7.0',
      ].join('\n'),
    );
  });

  it('names the line of a pragma that is no range', () => {
    expect(messageOf({ 'contracts/A.sol': '\npragma solidity ^0.x.y.z;' })).toBe(
      'contracts/A.sol:2: "^0.x.y.z" is not a version range',
    );
  });
});

describe('findSolcs', () => {
  it('finds aliases of solc in the project and above, and always the one of this package', () => {
    const { root } = temporaryProject({
      'node_modules/solc/package.json': '{"name":"solc","version":"0.5.17"}',
      'node_modules/solc-typed-ast/package.json': '{"name":"solc-typed-ast","version":"18.0.0"}',
      'app/node_modules/solc-0.6.12/package.json': '{"name":"solc","version":"0.6.12"}',
      'app/node_modules/solc-0.4.10/package.json': '{"name":"solc","version":"0.4.10"}',
      'app/node_modules/solc-broken/package.json': '{',
    });
    const found = findSolcs(join(root, 'app'));
    expect(found.map(({ version }) => version)).toEqual(['0.8.37', '0.6.12', '0.5.17']);
    expect(found[1]?.directory).toBe(join(root, 'app/node_modules/solc-0.6.12'));
  });

  it('says how to add a version that is asked for by number', () => {
    expect(solcOfVersion('0.8.20', installed)).toBe(installed[1]);
    expect(() => solcOfVersion('0.8.1', installed)).toThrow(
      'solc 0.8.1 is not installed; available: 0.8.37, 0.8.20, 0.7.6\nadd it with: npm install --save-dev solc-0.8.1@npm:solc@0.8.1',
    );
  });
});
