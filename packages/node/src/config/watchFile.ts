import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Editors write in several steps; a file that stays the same for so long is done. */
const SETTLE_MS = 60;

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
  let seen = identity;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const now = identityOf(file);
    if (now === undefined || now === known) return;
    if (now === seen) {
      known = now;
      changed();
    } else {
      seen = now;
      lookSoon();
    }
  };
  // Never put off: a log that grows in the same folder would put it off for ever.
  const lookSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, SETTLE_MS).unref();
  };
  const watcher: FSWatcher = watch(dirname(file), { persistent: false }, lookSoon);
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
