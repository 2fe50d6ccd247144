import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { logBytes } from './reserve.ts';

/** LevelDB leaves files of other names alone. */
const PROBE = 'space.probe';
const STEP = new Uint8Array(1 << 16);

/**
 * Whether as much can be written as LevelDB writes when it is opened: to find out by opening it would cost the reads when
 * there is no space. Free space alone does not tell: quotas and limits of files say no as well.
 * @throws what the system says of it.
 */
export async function probeSpace(path: string): Promise<void> {
  const probe = join(path, PROBE);
  const wanted = await logBytes(path);
  const { bavail, bsize } = await statfs(path);
  // Asked again and again while a disk is full: the little that others have left is not taken from them for that.
  if (bavail * bsize < wanted) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  try {
    const file = await open(probe, 'w');
    try {
      for (let written = 0; written < wanted; written += STEP.length) {
        await file.writeFile(STEP.subarray(0, Math.min(STEP.length, wanted - written)));
      }
      await file.datasync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(probe, { force: true });
  }
}
