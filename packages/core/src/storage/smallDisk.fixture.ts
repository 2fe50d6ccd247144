import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few megabytes. */
export interface SmallDisk {
  readonly path: string;
  /** Leaves no byte free. */
  fill(): void;
  /** Takes away what {@link fill} has written. */
  empty(): void;
  remove(): void;
}

const FILLING = 'filling';
let count = 0;

/** @throws RangeError where this user may not mount. */
export function smallDisk(mebibytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'minichain-disk-'));
  const remove = (): void => {
    spawnSync('umount', [path]);
    rmSync(path, { recursive: true, force: true });
  };
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path]).status !== 0) {
    remove();
    throw new RangeError('cannot mount');
  }
  return {
    path,
    remove,
    fill: () => {
      spawnSync('dd', ['if=/dev/zero', `of=${join(path, `${FILLING}${count++}`)}`, 'bs=4k']);
    },
    empty: () => {
      for (const name of readdirSync(path)) if (name.startsWith(FILLING)) rmSync(join(path, name));
    },
  };
}

/** Whether a test may have a disk of its own; only root may mount one. */
export const canMount = ((): boolean => {
  try {
    smallDisk(1).remove();
    return true;
  } catch {
    return false;
  }
})();
