import { CoreError } from '../errors.ts';

export type StorageFault =
  | { readonly code: 'DATABASE_LOCKED'; readonly path: string; readonly holder: string | undefined }
  | { readonly code: 'DATABASE_FOREIGN'; readonly path: string; readonly detail: string }
  | { readonly code: 'DATABASE_NEWER'; readonly path: string; readonly found: number; readonly known: number }
  | { readonly code: 'DATABASE_UNREADABLE'; readonly path: string; readonly detail: string }
  | {
      readonly code: 'DATABASE_CONTRADICTS';
      readonly path: string;
      readonly option: string;
      readonly given: string;
      readonly kept: string;
    }
  | { readonly code: 'DATABASE_DAMAGED'; readonly path: string; readonly detail: string }
  | {
      readonly code: 'DIRECTORY_TAKEN';
      readonly path: string;
      readonly holder: { readonly pid: number; readonly what: string } | undefined;
    }
  | { readonly code: 'DATABASE_BUSY' }
  | { readonly code: 'BACKUP_UNUSABLE'; readonly path: string; readonly detail: string }
  | { readonly code: 'WRITE_FAILED'; readonly detail: string }
  | { readonly code: 'DATABASE_CLOSED' };

/** Something about the place where the chain is kept. */
export class StorageError extends CoreError<StorageFault> {}

const SENTENCES: { [C in StorageFault['code']]: (fault: Extract<StorageFault, { code: C }>) => string } = {
  DATABASE_LOCKED: ({ path, holder }) =>
    `the data directory ${path} is in use${holder === undefined ? '' : ` by ${holder}`}; stop that node or choose another directory`,
  DATABASE_FOREIGN: ({ path, detail }) => `${path} is not a minichain data directory: ${detail}; it was left untouched`,
  DATABASE_NEWER: ({ path, found, known }) =>
    `${path} was written by a newer minichain (schema ${found}, this one knows ${known}); it was left untouched`,
  DATABASE_UNREADABLE: ({ path, detail }) => `cannot open the data directory ${path}: ${detail}`,
  DATABASE_CONTRADICTS: ({ path, option, given, kept }) =>
    `${path} holds a chain whose ${option} is ${kept}, not ${given}; leave the option out or choose another directory`,
  DATABASE_DAMAGED: ({ path, detail }) =>
    `the data in ${path} is damaged: ${detail}; run minichain db check, or restore a backup`,
  DIRECTORY_TAKEN: ({ path, holder }) => {
    const also = holder === undefined ? '' : `, and process ${holder.pid} (${holder.what}) has it open`;
    const first = holder === undefined ? '' : `end that process (kill ${holder.pid}), `;
    return `there is a chain in ${path} already${also}; a backup is restored only to an empty folder: name another one, or ${first}move the directory away and restore again`;
  },
  DATABASE_BUSY: () => 'the database is being opened again; ask again in a moment',
  BACKUP_UNUSABLE: ({ path, detail }) => `the backup in ${path} cannot be used: ${detail}`,
  WRITE_FAILED: ({ detail }) => `the chain could not be written: ${detail}; nothing of it was kept`,
  DATABASE_CLOSED: () => 'the database is closed',
};

/** @example throw storageError({ code: 'WRITE_FAILED', detail: 'no space left on device' }) */
export function storageError(fault: StorageFault, options?: ErrorOptions): StorageError {
  const sentence = SENTENCES[fault.code] as (fault: StorageFault) => string;
  return new StorageError(fault, sentence(fault), options);
}
