import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Chain,
  type ChainOptions,
  createChain,
  DIRECTORY_DESCRIPTION,
  decodeBlocks,
  type HeaderFacts,
  readHeader,
} from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { ConfigError } from '../config/errors.ts';
import { checkNodeOptions, type NodeChainOptions } from '../config/nodeOptions.ts';
import { withVersion } from '../version.ts';
import { BlockFileError, type FileItem, isZipped, readBlockFile, unreadable } from './blockFile.ts';

/** What was taken in. */
export interface ImportReport {
  /** Blocks that were executed. */
  readonly imported: number;
  /** Blocks that were there already. */
  readonly known: number;
  readonly head: { readonly number: number; readonly hash: string };
}

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

/** Executes one block, or finds that it is there. */
async function takeIn(chain: Chain, bytes: Uint8Array): Promise<'imported' | 'known'> {
  for (const block of decodeBlocks(bytes, chain.hardforks)) {
    const hash = block.hash();
    if ((await chain.chain.get({ hash })) !== undefined) return 'known';
    if (block.header.number === 0n) {
      const [theirs, ours] = [hash, chain.chain.genesis.hash].map(hexFromBytes);
      throw new Error(`it is the genesis ${theirs} of another chain; this one's is ${ours}`);
    }
    await chain.chain.importBlock(block);
  }
  return 'imported';
}

function refusal(file: string, error: unknown, done: number): ConfigError {
  const before =
    done === 0 ? '' : `; the ${done === 1 ? 'one' : done} before it ${done === 1 ? 'is' : 'are'} in the chain`;
  return new ConfigError(`${file}: ${(error as Error).message}${before}`, { cause: error });
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
): Promise<Omit<ImportReport, 'head'>> {
  const counts = { imported: 0, known: 0 };
  const done = (): number => counts.imported + counts.known;
  const take = async ({ bytes, offset }: FileItem): Promise<void> => {
    try {
      counts[await takeIn(chain, bytes)]++;
    } catch (error) {
      const { message } = error as Error;
      throw new BlockFileError(`block ${done() + 1} (at byte ${offset}) was refused: ${message}`, { cause: error });
    }
  };
  try {
    for await (const item of readBlockFile(file)) {
      await take(item);
      onBlock(item);
    }
  } catch (error) {
    if (error instanceof BlockFileError) throw refusal(file, error, done());
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new ConfigError(unreadable(file, error), { cause: error });
  } finally {
    // What comes from a file is settled: there is no other branch of it.
    if (counts.imported > 0) await chain.chain.finalize(chain.chain.head.hash);
  }
  return counts;
}

/**
 * Executes the blocks of a file on the chain of a directory that no node has open. A directory that is new or empty gets a
 * chain of the options, at the time, gas limit and base fee of the file's genesis where they do not say.
 * @param options with the directory as `storage.path`.
 * @throws ConfigError; StorageError, DATABASE_LOCKED while a node has the directory open.
 * @example await importFile({ storage: { path: './chain' } }, 'chain.rlp')
 */
export async function importFile(
  options: NodeChainOptions,
  file: string,
  onBytes: OnBytes = () => {},
): Promise<ImportReport> {
  const total = await sizeOf(file);
  const given = chainOptions(options);
  const filled = isNew(given.storage?.path ?? '') ? await optionsFor(given, file) : given;
  return withIdleChain(filled, async (chain) => {
    const counts = await importBlockFile(chain, file, ({ offset, bytes }) => onBytes(offset + bytes.length, total));
    return { ...counts, head: headOf(chain) };
  });
}
