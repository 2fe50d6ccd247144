import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Editors write in several steps; what they do within this time is one change. */
const SETTLE_MS = 100;

/** What tells one content of a file from another; undefined while there is none. */
export function identityOf(file: string): string | undefined {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return [ino, size, mtimeMs].join();
  } catch {
    return undefined;
  }
}

/**
 * Tells when a file has changed, also when it was replaced, or the folder behind a symbolic link was: editors, git and
 * Kubernetes do that. So the folder is watched. Keeps no process alive.
 * @param identity of the content that is known; another is there already when it changed meanwhile.
 * @throws where the system cannot watch (`ENOSPC`: too many are watched).
 */
export function watchFile(file: string, identity: string | undefined, changed: () => void): { close(): void } {
  let known = identity;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const now = identityOf(file);
    if (now === undefined || now === known) return;
    known = now;
    changed();
  };
  const watcher: FSWatcher = watch(dirname(file), { persistent: false }, () => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS).unref();
  });
  look();
  // The folder is gone, and with it what there was to watch.
  watcher.on('error', () => watcher.close());
  return {
    close: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
