import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from './config/errors.ts';
import { createNode, type MinichainNode } from './createNode.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const open: MinichainNode[] = [];
const start = async (options: Parameters<typeof createNode>[0] = {}): Promise<MinichainNode> => {
  const node = await createNode({ server: false, chain: { timestamp: 1_700_000_000n }, ...options });
  open.push(node);
  return node;
};
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

/** A chain of three blocks, as `geth export` writes it. */
async function exported(): Promise<Buffer> {
  const node = await start();
  const [from, to] = node.accounts.map(({ address }) => address);
  const blocks: Buffer[] = [];
  for (let i = 1; i <= 3; i++) {
    await node.provider.request({ method: 'eth_sendTransaction', params: [{ from, to, value: '0x1' }] });
    const raw = await node.provider.request({ method: 'debug_getRawBlock', params: [`0x${i}`] });
    blocks.push(Buffer.from(String(raw).slice(2), 'hex'));
  }
  return Buffer.concat(blocks);
}

function file(name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('importBlocks', () => {
  it('executes the blocks of a file before the node answers', async () => {
    const path = file('chain.rlp', await exported());
    const node = await start({ importBlocks: path });
    expect(await node.provider.request({ method: 'eth_blockNumber' })).toBe('0x3');
    const nonce = { method: 'eth_getTransactionCount', params: [node.accounts[0]?.address, 'latest'] };
    expect(await node.provider.request(nonce)).toBe('0x3');
  });

  it('names the first block that is refused', async () => {
    const blocks = await exported();
    const path = file('broken.rlp', Buffer.concat([blocks, Buffer.from('c0', 'hex')]));
    await expect(start({ importBlocks: path })).rejects.toThrowError(
      new ConfigError(
        `--import-blocks: ${path}: block 4 (at byte ${blocks.length}) was refused: invalid block: cannot decode: not the RLP list of a block; the 3 before it are in the chain`,
      ),
    );
  });

  it('refuses the blocks of another chain', async () => {
    const path = file('other.rlp', await exported());
    await expect(start({ importBlocks: path, chain: { timestamp: 1_700_000_001n } })).rejects.toThrowError(
      /^--import-blocks: .*other\.rlp: block 1 \(at byte 0\) was refused: unknown ancestor 0x/,
    );
  });

  it('names a file that cannot be read', async () => {
    const path = join(folder, 'missing.rlp');
    await expect(start({ importBlocks: path })).rejects.toThrowError(
      new ConfigError(`--import-blocks: cannot read ${path}: no such file or directory (ENOENT)`),
    );
  });
});
