import { type StorageError, storageError } from '../faults.ts';

type LevelError = Error & { readonly code?: string; readonly cause?: Error & { readonly code?: string } };

/** The innermost code and sentence: what opening fails of is wrapped. */
function innermost(error: unknown): { readonly code: string | undefined; readonly detail: string } {
  const { cause, code, message } = error as LevelError;
  if (cause instanceof Error) return innermost(cause);
  return { code, detail: message.replace(/^(IO error|Corruption|Invalid argument): /, '') };
}

const isClosed = (code: string | undefined): boolean =>
  code === 'LEVEL_DATABASE_NOT_OPEN' || code === 'LEVEL_ITERATOR_NOT_OPEN';

/** Files that the database's own list names and that are gone, and files that are not what they were. */
const isDamage = (code: string | undefined, detail: string): boolean =>
  code === 'LEVEL_CORRUPTION' || /No such file|does not exist/.test(detail);

/** @param holder who has the directory open, when that is known. */
export function openFailure(path: string, error: unknown, holder: string | undefined): StorageError {
  const { code, detail } = innermost(error);
  const options = { cause: error };
  if (code === 'LEVEL_LOCKED') return storageError({ code: 'DATABASE_LOCKED', path, holder }, options);
  if (isDamage(code, detail)) return storageError({ code: 'DATABASE_DAMAGED', path, detail }, options);
  return storageError({ code: 'DATABASE_UNREADABLE', path, detail }, options);
}

/** @param isReopening whether it is closed only for a moment. */
export function readFailure(path: string, error: unknown, isReopening: boolean): StorageError {
  const { code, detail } = innermost(error);
  const options = { cause: error };
  if (!isClosed(code)) return storageError({ code: 'DATABASE_DAMAGED', path, detail }, options);
  return isReopening
    ? storageError({ code: 'DATABASE_BUSY' }, options)
    : storageError({ code: 'DATABASE_CLOSED' }, options);
}

export function writeFailure(error: unknown): StorageError {
  const { code, detail } = innermost(error);
  const options = { cause: error };
  if (isClosed(code)) return storageError({ code: 'DATABASE_CLOSED' }, options);
  return storageError({ code: 'WRITE_FAILED', detail: sentence(code, detail) }, options);
}

/** Whether something failed for want of space: of the disk, of a quota, of a file that may not grow. */
export function isOutOfSpace(error: unknown): boolean {
  const { code, detail } = innermost(error);
  return /^(ENOSPC|EDQUOT|EFBIG)$/.test(code ?? '') || /no space left|quota exceeded|file too large/i.test(detail);
}

/** Why a write failed, for people. */
export function failureText(error: unknown): string {
  const { code, detail } = innermost(error);
  return sentence(code, detail);
}

/** LevelDB's errors begin with a file; Node's with a code, and end with the call: what is left is for people. */
const sentence = (code: string | undefined, detail: string): string => {
  if (/: no space left on device$/i.test(detail)) return 'no space left on device';
  if (code === undefined || !detail.startsWith(`${code}: `)) return detail;
  return detail.slice(code.length + 2).replace(/, (write|fsync|fdatasync)$/, '');
};
