import { resolve } from 'node:path';
import { backUpDirectory, restoreDirectory } from '@minichain/node';
import { Command } from 'commander';
import { addDirectoryFlags, type DirectoryFlags, dataDirectory, printResult } from './dataDirectory.ts';
import { withProgress } from './progress.ts';
import { byteText, counted } from './units.ts';

async function backUp(given: string, flags: DirectoryFlags): Promise<void> {
  const path = await dataDirectory(flags);
  const target = resolve(given);
  const report = await withProgress({ label: 'backing up', unit: 'bytes' }, (update) =>
    backUpDirectory(path, target, ({ doneBytes, totalBytes }) => update(doneBytes, totalBytes)),
  );
  const { number, files, bytes, copiedFiles, copiedBytes } = report;
  printResult(flags, { path, target, ...report }, [
    `backed up ${path} to ${target}: ${counted(files, 'file')}, ${byteText(bytes)}`,
    `copied ${counted(copiedFiles, 'file')}, ${byteText(copiedBytes)}; this is backup ${number} of that folder`,
  ]);
}

/** `minichain db backup`. */
export const backupCommand = (): Command =>
  addDirectoryFlags(new Command('backup').description('copy the chain to a folder, also while a node runs on it'))
    .argument('<folder>', 'a new or empty folder, or one that holds an earlier backup: then only what is new is copied')
    .action(backUp);

async function restore(given: string, flags: DirectoryFlags): Promise<void> {
  const path = await dataDirectory(flags);
  const backup = resolve(given);
  const report = await withProgress({ label: 'verifying', unit: 'bytes' }, (verified) =>
    withProgress({ label: 'restoring', unit: 'bytes' }, (restored) =>
      restoreDirectory(backup, path, {
        onVerify: ({ doneBytes, totalBytes }) => verified(doneBytes, totalBytes),
        onCopy: ({ doneBytes, totalBytes }) => restored(doneBytes, totalBytes),
      }),
    ),
  );
  const { files, bytes, created } = report;
  printResult(flags, { backup, path, ...report }, [
    `restored the backup of ${created} to ${path}: ${counted(files, 'file')}, ${byteText(bytes)}, every byte verified`,
  ]);
}

/** `minichain db restore`. */
export const restoreCommand = (): Command =>
  addDirectoryFlags(new Command('restore').description('verify a backup and make a data directory of it'))
    .argument('<backup>', 'the folder that a backup was made to')
    .action(restore);
