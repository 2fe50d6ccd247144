import type { Chain } from '@minichain/core';
import { ConfigError } from './config/errors.ts';
import { importBlockFile } from './database/importFile.ts';

/**
 * Executes and verifies the RLP blocks of a file before the node answers, as `geth import` does.
 * @throws ConfigError naming the first block that is refused.
 */
export async function importBlocks(chain: Chain, file: string): Promise<void> {
  try {
    await importBlockFile(chain, file);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`--import-blocks: ${error.message}`, { cause: error });
  }
}
