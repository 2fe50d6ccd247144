import type { Backend, Changes, KeyRange } from '../backend.ts';
import { storageError } from '../faults.ts';

type LevelError = Error & { readonly code?: string; readonly cause?: Error & { readonly code?: string } };

function openFailure(path: string, error: unknown, holder: string | undefined): Error {
  const { cause, message } = error as LevelError;
  const options = { cause: error };
  if (cause?.code === 'LEVEL_LOCKED') return storageError({ code: 'DATABASE_LOCKED', path, holder }, options);
  return storageError({ code: 'DATABASE_UNREADABLE', path, detail: cause?.message ?? message }, options);
}

/** LevelDB answers with Buffers, whose `slice` does not copy. */
const plainBytes = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/**
 * LevelDB in a directory. Loaded when asked for: a chain in memory does not pay for it.
 * @param holder who has the directory open, for the message when it is locked.
 * @throws StorageError DATABASE_LOCKED, DATABASE_UNREADABLE.
 * @example await openLevel('/data/chain', () => undefined)
 */
export async function openLevel(path: string, holder: () => string | undefined): Promise<Backend> {
  const { Level } = await import('level');
  const level = new Level<string, Uint8Array>(path, { keyEncoding: 'hex', valueEncoding: 'view' });
  try {
    await level.open();
  } catch (error) {
    throw openFailure(path, error, holder());
  }
  return {
    get: (key) => {
      const value = level.getSync(key);
      return value === undefined ? undefined : plainBytes(value);
    },
    write: async (changes: Changes, sync) => {
      const batch = [...changes].map(([key, value]) =>
        value === null ? ({ type: 'del', key } as const) : ({ type: 'put', key, value } as const),
      );
      try {
        await level.batch(batch, { sync } as object);
      } catch (error) {
        const { code, message, cause } = error as LevelError;
        if (code === 'LEVEL_DATABASE_NOT_OPEN') throw storageError({ code: 'DATABASE_CLOSED' }, { cause: error });
        throw storageError({ code: 'WRITE_FAILED', detail: cause?.message ?? message }, { cause: error });
      }
    },
    async *entries({ from, to, reverse = false }: KeyRange) {
      for await (const [key, value] of level.iterator({ gte: from, lt: to, reverse })) yield [key, plainBytes(value)];
    },
    close: () => level.close(),
  };
}
