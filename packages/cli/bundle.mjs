import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled, documentApart, writeDocument, writeScripts, writeWithCode } from '../node/bundling.mjs';

const here = import.meta.dirname;
const dist = join(here, 'dist');

/** What only other commands need (viem, the work around solc) is in a file that they load. */
const solidityApart = {
  name: 'solidity-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/solidity\/run\w+\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './solidity.cjs', external: true } : undefined,
    );
  },
};

/** One file for the node: loading a thousand modules is most of a cold start. */
async function buildNode() {
  const text = await bundled({ entryPoints: [join(here, 'src/bin.ts')], plugins: [solidityApart, documentApart] });
  // What config files import in place of the package.
  copyFileSync(join(here, '../node/dist/config/defineConfig.js'), join(dist, 'defineConfig.js'));
  writeWithCode(join(dist, 'minichain.cjs'), text, new URL('./codeCache.mjs', import.meta.url));
}

/** The commands around solc. Their compiler runs in a thread that starts from a file of its own. */
async function buildSolidity() {
  const names = ['runCompile', 'runDeploy', 'runVerify'];
  const contents = names.map((name) => `export * from './src/solidity/${name}.ts';`).join('');
  const text = await bundled({ stdin: { contents, resolveDir: here, loader: 'ts' } });
  writeFileSync(join(dist, 'solidity.cjs'), text);
  copyFileSync(join(here, '../solc/src/solcWorker.mjs'), join(dist, 'solcWorker.mjs'));
}

// A node for who runs one in process.
await import('../node/bundle.mjs');
// What bundles of another shape have left.
rmSync(join(dist, 'chunks'), { recursive: true, force: true });
await buildSolidity();
await writeDocument(dist);
await writeScripts(dist);
await buildNode();
