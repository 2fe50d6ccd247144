/**
 * A template's own configuration, kept as `template.config.ts`, with what it takes to run here: the node as a network,
 * and the compiler from its npm package, since the template's version is downloaded from elsewhere.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'hardhat/config';
import manifest from './package.json' with { type: 'json' };
import template from './template.config.ts';

const compiler = { version: '0.8.37', path: fileURLToPath(import.meta.resolve('solc/soljson.js')) };
// The templates' contracts are equal: with one salt for both, the second would find its address taken.
const salt = `0x${Buffer.from(manifest.name).toString('hex').padEnd(64, '0')}`;
const url = process.env['MINICHAIN_URL'] ?? '';

export default defineConfig({
  ...template,
  solidity: { profiles: { default: compiler, production: compiler } },
  ignition: { strategyConfig: { create2: { salt } } },
  networks: { ...template.networks, minichain: { type: 'http', url } },
});
