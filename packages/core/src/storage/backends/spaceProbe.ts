import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { logBytes } from './reserve.ts';

/** LevelDB leaves files of other names alone. */
const PROBE = 'space.probe';
const STEP = new Uint8Array(1 << 16);

/** Less than this is as good as nothing: a block may not fit. */
const ROOM_BYTES = 1 << 16;

/** @throws as the system does when there is no space. */
export async function requireRoom(path: string, bytes = ROOM_BYTES): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  if (bavail * bsize < bytes) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
}

/**
 * Whether as much can be written as LevelDB writes when it is opened: to find out by opening it would cost the reads when
 * there is no space. Free space alone does not tell: quotas and limits of files say no as well.
 * @throws what the system says of it.
 */
export async function probeSpace(path: string): Promise<void> {
  const probe = join(path, PROBE);
  const wanted = await logBytes(path);
  // Asked again and again while a disk is full: the little that others have left is not taken from them for that.
  await requireRoom(path, wanted);
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
