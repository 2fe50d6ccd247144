import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TemporaryProject, temporaryProject } from '../../../test/support/temporaryProject.ts';
import { CompileError, type CompileFault } from './compileFaults.ts';
import { readRemappings } from './remappings.ts';
import { closureOf, readSources } from './sources.ts';

const read = ({ root }: TemporaryProject) =>
  readSources(join(root, 'contracts'), { root, remappings: readRemappings(root) });

function faultOf(run: () => unknown): CompileFault {
  try {
    run();
  } catch (error) {
    if (error instanceof CompileError) return error.fault;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readSources', () => {
  it('names own sources from the project and imported ones as solc does', () => {
    const project = temporaryProject({
      'contracts/A.sol': 'import "./lib/B.sol"; import "pkg/src/C.sol"; import "@r/D.sol";',
      'contracts/lib/B.sol': 'import "../A.sol"; import "contracts/lib/E.sol";',
      'contracts/lib/E.sol': '',
      'remappings.txt': '@r/=lib/r/',
      'lib/r/D.sol': 'import "./E.sol";',
      'lib/r/E.sol': '',
      'node_modules/pkg/src/C.sol': 'import "../util/U.sol";',
      'node_modules/pkg/util/U.sol': '',
      'node_modules/pkg/contracts/unused.sol': '',
    });
    const graph = read(project);
    const own = [...graph.values()].filter(({ isOwn }) => isOwn).map(({ name }) => name);
    expect(own.sort()).toEqual(['contracts/A.sol', 'contracts/lib/B.sol', 'contracts/lib/E.sol']);
    expect(closureOf(graph, 'contracts/A.sol')).toEqual([
      'contracts/A.sol',
      'contracts/lib/B.sol',
      'contracts/lib/E.sol',
      'lib/r/D.sol',
      'lib/r/E.sol',
      'pkg/src/C.sol',
      'pkg/util/U.sol',
    ]);
  });

  it('finds packages in the node_modules of a folder above, and those of a linked package beside it', () => {
    const workspace = temporaryProject({
      'node_modules/.store/outer/node_modules/outer/O.sol': 'import "inner/I.sol";',
      'node_modules/.store/outer/node_modules/inner/I.sol': '',
      'app/contracts/A.sol': 'import "outer/O.sol"; import "@p/P.sol";',
      'app/remappings.txt': '@p/=node_modules/plain/',
      'node_modules/plain/P.sol': '',
    });
    symlinkSync(
      join(workspace.root, 'node_modules/.store/outer/node_modules/outer'),
      join(workspace.root, 'node_modules/outer'),
      'junction',
    );
    const root = join(workspace.root, 'app');
    const graph = readSources(join(root, 'contracts'), { root, remappings: readRemappings(root) });
    expect(closureOf(graph, 'contracts/A.sol')).toEqual([
      'contracts/A.sol',
      'inner/I.sol',
      'node_modules/plain/P.sol',
      'outer/O.sol',
    ]);
  });

  it('says who imports what is missing and where it was looked for', () => {
    const project = temporaryProject({ 'contracts/A.sol': '\n\nimport "./gone/B.sol";' });
    expect(faultOf(() => read(project))).toEqual({
      code: 'IMPORT_MISSING',
      importer: 'contracts/A.sol',
      line: 3,
      path: './gone/B.sol',
      tried: [join(project.root, 'contracts/gone/B.sol')],
    });
  });

  it('names the package that is not installed, but not one that only lacks the file', () => {
    const project = temporaryProject({
      'contracts/A.sol': 'import "@scope/missing/src/B.sol";',
      'node_modules/present/package.json': '{}',
    });
    const fault = faultOf(() => read(project));
    expect(fault).toMatchObject({ code: 'IMPORT_MISSING', missingPackage: '@scope/missing' });
    expect(fault).toMatchObject({
      tried: expect.arrayContaining([join(project.root, 'node_modules/@scope/missing/src/B.sol')]),
    });
    project.write('contracts/A.sol', 'import "present/src/B.sol";');
    expect(faultOf(() => read(project))).not.toHaveProperty('missingPackage');
  });

  it('refuses a relative import that leaves the project', () => {
    const project = temporaryProject({ 'contracts/A.sol': 'import "../../B.sol";' });
    expect(faultOf(() => read(project))).toMatchObject({ code: 'IMPORT_OUTSIDE', path: '../../B.sol' });
  });

  it('refuses one name for two files', () => {
    const project = temporaryProject({
      'contracts/A.sol': 'import "one/O.sol"; import "two/T.sol";',
      'store/one/O.sol': 'import "shared/S.sol";',
      'store/one/node_modules/shared/S.sol': '// first',
      'store/two/T.sol': 'import "shared/S.sol";',
      'store/two/node_modules/shared/S.sol': '// second',
    });
    mkdirSync(join(project.root, 'node_modules'));
    for (const name of ['one', 'two']) {
      symlinkSync(join(project.root, 'store', name), join(project.root, 'node_modules', name), 'junction');
    }
    expect(faultOf(() => read(project))).toMatchObject({ code: 'SOURCE_AMBIGUOUS', name: 'shared/S.sol' });
  });

  it('refuses a project without Solidity', () => {
    const none = temporaryProject({ 'README.md': '' });
    expect(faultOf(() => read(none))).toEqual({ code: 'CONTRACTS_MISSING', directory: join(none.root, 'contracts') });
    const empty = temporaryProject({ 'contracts/README.md': '' });
    expect(faultOf(() => read(empty))).toMatchObject({ code: 'CONTRACTS_MISSING' });
  });
});
