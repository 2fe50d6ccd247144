import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryProject } from '../../../test/support/temporaryProject.ts';
import { openCompilers } from './compiler.ts';
import { compileStandardJson } from './passThrough.ts';

const solc076 = dirname(createRequire(import.meta.url).resolve('solc-0.7.6/package.json'));
const compilers = openCompilers();
afterAll(() => compilers.close());

const input = (sources: unknown, settings: object = {}): string =>
  JSON.stringify({
    language: 'Solidity',
    sources,
    settings: { outputSelection: { '*': { '*': ['metadata'] } }, ...settings },
  });

async function compileIn(root: string, text: string, solcVersion?: string) {
  return JSON.parse(await compileStandardJson(text, { root, compilers, solcVersion }));
}

describe('compileStandardJson', () => {
  it('compiles what is in the input and takes urls and imports from disk', async () => {
    const { root } = temporaryProject({
      'src/FromUrl.sol': 'pragma solidity ^0.8.0; import "./Beside.sol"; contract FromUrl is Beside {}',
      'src/Beside.sol': 'contract Beside {}',
      'lib/x/X.sol': 'contract X {}',
      'node_modules/pkg/P.sol': 'contract P {}',
    });
    const sources = {
      'A.sol': { content: 'import "src/FromUrl.sol"; import "x/X.sol"; import "pkg/P.sol"; contract A is FromUrl {}' },
      'src/FromUrl.sol': { urls: ['missing.sol', 'src/FromUrl.sol'] },
    };
    const output = await compileIn(root, input(sources, { remappings: ['x/=lib/x/'] }));
    expect(Object.keys(output.contracts).sort()).toEqual([
      'A.sol',
      'lib/x/X.sol',
      'pkg/P.sol',
      'src/Beside.sol',
      'src/FromUrl.sol',
    ]);
  });

  it('leaves errors to solc, in the output', async () => {
    const { root } = temporaryProject({});
    const output = await compileIn(root, input({ 'A.sol': { content: 'import "./Gone.sol";' } }));
    expect(output.errors.map((one: { message: string }) => one.message)).toContain(
      'Source "Gone.sol" not found: File not found',
    );
    const strange = await compileIn(root, input({ 'A.sol': { content: '' } }, { nonsense: true }));
    expect(strange.errors).toMatchObject([{ type: 'JSONError', message: 'Unknown key "nonsense"' }]);
  });

  it('goes by the pragmas of all sources, or by the version it is told', async () => {
    const { root } = temporaryProject({}, { 'solc-0.7.6': solc076 });
    const any = { 'A.sol': { content: 'pragma solidity >=0.7.0; contract A {}' } };
    const old = { ...any, 'B.sol': { content: 'pragma solidity ^0.7.0; contract B {}' } };
    const versionOf = (output: { contracts: Record<string, Record<string, { metadata: string }>> }): string =>
      JSON.parse(output.contracts['A.sol']?.['A']?.metadata ?? '').compiler.version;
    expect(versionOf(await compileIn(root, input(any)))).toMatch(/^0\.8\.37/);
    expect(versionOf(await compileIn(root, input(old)))).toMatch(/^0\.7\.6/);
    expect(versionOf(await compileIn(root, input(any), '0.7.6'))).toMatch(/^0\.7\.6/);
    await expect(compileIn(root, input(any), '0.6.0')).rejects.toMatchObject({
      fault: { code: 'SOLC_VERSION_MISSING' },
    });
  });

  it('refuses text that is not Standard JSON', async () => {
    for (const text of ['', '{', 'null', '[]', '{"language":"Solidity"}']) {
      await expect(compileStandardJson(text, { compilers })).rejects.toMatchObject({
        fault: { code: 'STANDARD_JSON_INVALID' },
      });
    }
  });
});
