import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { repositoryRoot } from '../support/fixtures.ts';
import { startMinichain } from '../support/nodeProcess.ts';

/** The files that a node loads, as V8 lists them when it ends. */
async function filesOfNode(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'minichain-coverage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  vi.stubEnv('NODE_V8_COVERAGE', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const node = await startMinichain();
  await node.rpc.call('eth_chainId');
  await node.close();
  const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const urls = reports.flatMap(({ result }: { result: { url: string }[] }) => result.map(({ url }) => url));
  return [
    ...new Set(
      urls.filter((url) => url.startsWith('file:')).map((url) => relative(repositoryRoot, fileURLToPath(url))),
    ),
  ];
}

it('starts the node without the compiler, what is around it, viem, and the document of rpc.discover', async () => {
  const files = await filesOfNode();
  expect(files.some((file) => file.endsWith('minichain.cjs'))).toBe(true);
  expect(files.some((file) => /solidity\.cjs|openRpc\.cjs/.test(file))).toBe(false);
  expect(files.filter((file) => /(?:^|[/\\])(?:solc|viem)[@/\\]/.test(file))).toEqual([]);
  // What is bundled has no path of its own: texts that only they have stand for it.
  const texts = files
    .filter((file) => /cli[/\\]dist[/\\]/.test(file))
    .map((file) => readFileSync(join(repositoryRoot, file), 'utf8'));
  for (const mark of ['minichain-compile-cache', 'https://viem.sh', 'x-peers']) {
    expect(texts.filter((text) => text.includes(mark))).toHaveLength(0);
  }
});
