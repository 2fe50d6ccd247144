import { readFile } from 'node:fs/promises';
import { type Chain, decodeBlocks } from '@minichain/core';
import { ConfigError, reasonFromSystem } from './config/errors.ts';

/**
 * Executes and verifies the concatenated RLP blocks of a file, as `geth import` does.
 * @returns how many.
 * @throws ConfigError naming the first block that is refused.
 */
export async function importBlocks(chain: Chain, file: string): Promise<number> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new ConfigError(`--import-blocks: cannot read ${file}: ${reasonFromSystem(error)}`, { cause: error });
  });
  let imported = 0;
  try {
    for (const block of decodeBlocks(new Uint8Array(bytes), chain.hardforks)) {
      await chain.chain.importBlock(block);
      imported++;
    }
  } catch (error) {
    const place = `block ${imported + 1} of ${file}`;
    throw new ConfigError(`--import-blocks: ${place} was refused: ${(error as Error).message}`, { cause: error });
  }
  // What comes from a file is settled: there is no other branch of it.
  if (imported > 0) await chain.chain.finalize(chain.chain.head.hash);
  return imported;
}
