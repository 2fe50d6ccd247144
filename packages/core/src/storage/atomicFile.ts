import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes what happened to a folder's names survive a power cut. Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

let count = 0;
const temporaryName = (path: string): string => `${path}.${process.pid}-${count++}.tmp`;

/** Whether a file is one of those that a write that was cut short has left. */
export const isTemporary = (name: string): boolean => /\.json\.\d+-\d+\.tmp$/.test(name);

/** Whoever reads the file sees what it was or what it is to be, whenever the machine stops. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await writeSynced(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
}

/** As {@link replaceFile}, unless there is such a file. @returns whether it was made. */
export async function createFile(path: string, text: string): Promise<boolean> {
  const temporary = temporaryName(path);
  try {
    await writeSynced(temporary, text);
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // Some file systems have no second names.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}
