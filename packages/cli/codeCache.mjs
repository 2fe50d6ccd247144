import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { keepCode, runBundle } from '../node/dist/runBundle.js';

/**
 * Starts a node, asks it what any client asks first, and keeps the code that V8 made of the bundle for it: the functions
 * that a start needs, and no others. Run by `bundle.mjs`.
 */
const bundle = new URL('./dist/minichain.cjs', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'minichain-build-'));
const readyFile = join(folder, 'ready.json');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// A build is not the place for the settings of somebody's node.
for (const name of Object.keys(process.env)) if (name.startsWith('MINICHAIN_')) delete process.env[name];
process.argv = [
  process.execPath,
  'minichain',
  'node',
  '--no-config',
  '--quiet',
  '--port',
  '0',
  '--ready-file',
  readyFile,
];

async function ask(url, method) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] });
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!reply.ok) throw new Error(`${method}: HTTP ${reply.status}`);
  await reply.text();
}

const { script } = runBundle(bundle);
while (!existsSync(readyFile)) {
  // The command has said what is wrong.
  if (process.exitCode !== undefined) process.exit(process.exitCode);
  await delay(10);
}
const { url } = JSON.parse(readFileSync(readyFile, 'utf8'));
for (const method of ['eth_chainId', 'web3_clientVersion', 'eth_blockNumber', 'eth_accounts']) await ask(url, method);
keepCode(bundle, script);
process.exit(0);
