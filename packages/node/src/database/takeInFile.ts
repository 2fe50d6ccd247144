import { ConfigError } from '../config/errors.ts';
import { BlockFileError, type FileItem, readBlockFile, unreadable } from './blockFile.ts';

/** What became of blocks. */
export interface ImportCounts {
  /** Blocks that were executed. */
  readonly imported: number;
  /** Blocks that were there already. */
  readonly known: number;
}

/** What was taken in. */
export interface ImportReport extends ImportCounts {
  readonly head: { readonly number: number; readonly hash: string };
}

/** What became of a batch: with a refusal, of the blocks before the one that was refused. */
export interface BatchOutcome extends ImportCounts {
  readonly refusal?: Error;
}

interface TakeInOptions {
  /** Bytes of blocks in one batch, unless a single one has more. */
  readonly batchBytes: number;
  readonly take: (batch: readonly FileItem[]) => Promise<BatchOutcome>;
  /** Told the last block that was taken in. */
  readonly onBlock: (place: FileItem) => void;
}

/** What can be read of a file that is cut off comes before the complaint. */
async function* batches(items: AsyncIterable<FileItem>, most: number): AsyncGenerator<FileItem[]> {
  let batch: FileItem[] = [];
  let bytes = 0;
  try {
    for await (const item of items) {
      if (batch.length > 0 && bytes + item.bytes.length > most) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push(item);
      bytes += item.bytes.length;
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}

function refusalOf(file: string, error: unknown, done: number): ConfigError {
  const before =
    done === 0 ? '' : `; the ${done === 1 ? 'one' : done} before it ${done === 1 ? 'is' : 'are'} in the chain`;
  return new ConfigError(`${file}: ${(error as Error).message}${before}`, { cause: error });
}

/**
 * Has the blocks of a file taken in, a batch at a time. What stands before a block that is refused stays.
 * @throws ConfigError naming the block and its place in the file.
 */
export async function takeInFile(file: string, { batchBytes, take, onBlock }: TakeInOptions): Promise<ImportCounts> {
  let [imported, known] = [0, 0];
  try {
    for await (const batch of batches(readBlockFile(file), batchBytes)) {
      const outcome = await take(batch);
      imported += outcome.imported;
      known += outcome.known;
      const { refusal: cause } = outcome;
      if (cause !== undefined) {
        const offset = batch[outcome.imported + outcome.known]?.offset ?? 0;
        const place = `block ${imported + known + 1} (at byte ${offset})`;
        throw new BlockFileError(`${place} was refused: ${cause.message}`, { cause });
      }
      onBlock(batch.at(-1) as FileItem);
    }
  } catch (error) {
    if (error instanceof BlockFileError) throw refusalOf(file, error, imported + known);
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new ConfigError(unreadable(file, error), { cause: error });
  }
  return { imported, known };
}
