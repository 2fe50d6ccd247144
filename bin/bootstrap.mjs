/**
 * What `npm start` and `npm test` call. Needs only Node and npm: fetches the pinned pnpm, installs when the lock file
 * changed, builds what changed, then hands over.
 *
 *   npm start -- --port 9545     arguments go to `minichain node`
 *   npm test                     every gate: linters, types, unit tests, suites
 *   npm test -- test/compat      arguments go to vitest, the other gates are left out
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`error: minichain needs Node 20.19 or newer; this is ${process.version}\n`);
  process.exit(1);
}
const root = resolve(import.meta.dirname, '..');
const installStamp = join(root, 'node_modules', '.minichain-install');
const buildStamp = join(root, 'node_modules', '.minichain-build');
const [task, ...rest] = process.argv.slice(2);
const isWindows = process.platform === 'win32';

/** Runs a command to its end; leaves with its exit code when it fails. Output goes to stderr, which keeps stdout for the node. */
function run(what, command, args, { stdout = 2, shell = false } = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', stdout, 2], shell });
  if (status === 0) return;
  process.stderr.write(`error: ${what} failed${error === undefined ? '' : `: ${error.message}`}\n`);
  process.exit(status ?? 1);
}

const runModule = (what, module, args, options) =>
  run(what, process.execPath, [join(root, 'node_modules', ...module), ...args], options);

function installedPnpm(major) {
  const { status, stdout } = spawnSync('pnpm', ['--version'], { cwd: root, encoding: 'utf8', shell: isWindows });
  return status === 0 && stdout.trim().split('.')[0] === major;
}

/** The lock file and the settings that decide what an install lays down. */
function dependencyHash() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function install() {
  const hash = dependencyHash();
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === hash) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const args = ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only', '--loglevel=warn'];
  process.stderr.write('Installing dependencies …\n');
  const own = installedPnpm(packageManager.replace(/^pnpm@(\d+).*/, '$1'));
  if (own) run('pnpm install', 'pnpm', args, { shell: isWindows });
  else run(`${packageManager} install`, 'npx', ['-y', packageManager, ...args], { shell: isWindows });
  writeFileSync(installStamp, hash);
}

function newestChange(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules') return newest;
    const path = join(folder, entry.name);
    return Math.max(newest, entry.isDirectory() ? newestChange(path) : statSync(path).mtimeMs);
  }, 0);
}

function build() {
  const changed = newestChange(join(root, 'packages'));
  const isBuilt = existsSync(join(root, 'packages/cli/dist/minichain.js')) && existsSync(buildStamp);
  if (isBuilt && statSync(buildStamp).mtimeMs > Math.max(changed, statSync(installStamp).mtimeMs)) return;
  process.stderr.write('Building …\n');
  run('building the core', process.execPath, [join(root, 'packages/evm/build.mjs')]);
  runModule('tsc', ['typescript', 'bin', 'tsc'], ['-b']);
  run('bundling the command line', process.execPath, [join(root, 'packages/cli/bundle.mjs')]);
  writeFileSync(buildStamp, '');
}

async function start() {
  process.argv = [process.argv[0], join(root, 'bin', 'minichain.js'), 'node', ...rest];
  // In this process: one less between a signal and the node.
  await import('./minichain.js');
}

function test() {
  const visible = { stdout: 'inherit' };
  const vitest = (args) => runModule('vitest', ['vitest', 'vitest.mjs'], ['run', ...args], visible);
  if (rest.length > 0) return vitest(rest);
  runModule('biome', ['@biomejs', 'biome', 'bin', 'biome'], ['check', '.'], visible);
  runModule(
    'dependency-cruiser',
    ['dependency-cruiser', 'bin', 'dependency-cruise.mjs'],
    ['--config', '.dependency-cruiser.cjs', 'packages'],
    visible,
  );
  runModule('knip', ['knip', 'bin', 'knip.js'], [], visible);
  runModule('type check of the tests', ['typescript', 'bin', 'tsc'], ['-p', 'tsconfig.tests.json'], visible);
  vitest(['--project', 'unit']);
  vitest(['--project', 'suites']);
}

if (task !== 'start' && task !== 'test') {
  process.stderr.write('usage: bootstrap.mjs start|test [arguments]\n');
  process.exit(2);
}
install();
build();
if (task === 'start') await start();
else test();
