import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Chain,
  type ChainOptions,
  createChain,
  DIRECTORY_DESCRIPTION,
  type HeaderFacts,
  importBlocks,
  readHeader,
} from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { ConfigError } from '../config/errors.ts';
import { checkNodeOptions, type NodeChainOptions } from '../config/nodeOptions.ts';
import { withVersion } from '../version.ts';
import { type FileItem, isZipped, readBlockFile, unreadable } from './blockFile.ts';
import { onDirectory } from './runningNode.ts';
import { sendBlocks } from './sendBlocks.ts';
import { type BatchOutcome, type ImportCounts, type ImportReport, takeInFile } from './takeInFile.ts';

/** As a node would have them: numbers where bigints are meant are taken as such. */
export const chainOptions = (chain: NodeChainOptions): ChainOptions => checkNodeOptions({ chain }).chain ?? {};

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await isZipped(file)) ? undefined : (await stat(file)).size;
  } catch (error) {
    throw new ConfigError(unreadable(file, error), { cause: error });
  }
}

/** Told how many bytes of the file have been read, and how many there are; nobody knows of a zipped one. */
type OnBytes = (done: number, total?: number) => void;

const isNew = (path: string): boolean => !existsSync(join(path, DIRECTORY_DESCRIPTION));

export function headOf(chain: Chain): ImportReport['head'] {
  const { block, hash } = chain.chain.head;
  return { number: Number(block.header.number), hash: hexFromBytes(hash) };
}

/** Runs a chain that makes no blocks of its own. */
export async function withIdleChain<T>(options: ChainOptions, work: (chain: Chain) => Promise<T>): Promise<T> {
  const { mining: _mining, ...rest } = options;
  const chain = await createChain({ ...withVersion(rest), isIdle: true });
  try {
    return await work(chain);
  } finally {
    await chain.close();
  }
}

/** @throws ConfigError when a chain with these options does not begin with the file's genesis. */
async function checkGenesis(options: ChainOptions, { hash }: HeaderFacts, file: string): Promise<void> {
  const { storage: _storage, ...inMemory } = options;
  await withIdleChain(inMemory, async ({ chain }) => {
    const ours = hexFromBytes(chain.genesis.hash);
    const theirs = hexFromBytes(hash);
    if (ours === theirs) return;
    throw new ConfigError(
      `${file} begins with the genesis ${theirs}, a new chain here with ${ours}: give the flags that the chain was made with ` +
        '(--chain-id, --hardfork, --accounts, --balance, --mnemonic, --init …), or import into a restored backup of it',
    );
  });
}

async function firstHeader(file: string): Promise<HeaderFacts | undefined> {
  try {
    for await (const { bytes } of readBlockFile(file)) return await readHeader(bytes);
    return undefined;
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Options for a directory that is still to be made: what the file's genesis says and the flags do not. */
async function optionsFor(options: ChainOptions, file: string): Promise<ChainOptions> {
  const genesis = await firstHeader(file);
  if (genesis?.number !== 0n) {
    throw new ConfigError(`${file} does not begin with block 0, and there is no chain yet that it could go on from`);
  }
  const { timestamp, gasLimit, baseFee } = genesis;
  const said = { timestamp, gasLimit, ...(baseFee === undefined ? {} : { baseFee }) };
  const filled = options.genesis === undefined ? { ...said, ...options } : options;
  await checkGenesis(filled, genesis, file);
  return filled;
}

/** Executes one block. */
async function takeIn(chain: Chain, [item]: readonly FileItem[]): Promise<BatchOutcome> {
  const counts = { imported: 0, known: 0 };
  try {
    for await (const outcome of importBlocks(chain, (item as FileItem).bytes)) counts[outcome]++;
    return counts;
  } catch (error) {
    return { ...counts, refusal: error as Error };
  }
}

/**
 * Executes the blocks of a file and adds them to a chain, as `geth import` does; those that it has are passed over. What
 * stands before a block that is refused stays.
 * @throws ConfigError naming the block and its place in the file.
 */
export async function importBlockFile(
  chain: Chain,
  file: string,
  onBlock: (place: FileItem) => void = () => {},
): Promise<ImportCounts> {
  const before = chain.chain.head;
  try {
    return await takeInFile(file, { batchBytes: 0, take: (batch) => takeIn(chain, batch), onBlock });
  } finally {
    // What comes from a file is settled: there is no other branch of it.
    if (chain.chain.head !== before) await chain.chain.finalize(chain.chain.head.hash);
  }
}

/**
 * Executes the blocks of a file on the chain of a directory; where a node has it open, that node does. A directory that is new
 * or empty gets a chain of the options, at the time, gas limit and base fee of the file's genesis where they do not say.
 * @param options with the directory as `storage.path`.
 * @throws ConfigError; StorageError, DATABASE_LOCKED while another process has the directory open.
 * @example await importFile({ storage: { path: './chain' } }, 'chain.rlp')
 */
export async function importFile(
  options: NodeChainOptions,
  file: string,
  onBytes: OnBytes = () => {},
): Promise<ImportReport> {
  const total = await sizeOf(file);
  const onBlock = ({ offset, bytes }: FileItem): void => onBytes(offset + bytes.length, total);
  const given = chainOptions(options);
  const path = given.storage?.path ?? '';
  const filled = isNew(path) ? await optionsFor(given, file) : given;
  const alone = () =>
    withIdleChain(filled, async (chain) => {
      const counts = await importBlockFile(chain, file, onBlock);
      return { ...counts, head: headOf(chain) };
    });
  return onDirectory(path, { alone, asked: (node) => sendBlocks(node, file, onBlock) });
}
