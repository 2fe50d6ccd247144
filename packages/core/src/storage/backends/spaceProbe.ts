import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** LevelDB leaves files of other names alone. */
const PROBE = 'space.probe';
const STEP = new Uint8Array(1 << 16);

/** Bytes of the log, which becomes a table when the database is opened again. */
async function logBytes(path: string): Promise<number> {
  const logs = (await readdir(path)).filter((name) => name.endsWith('.log'));
  const sizes = await Promise.all(logs.map(async (name) => (await stat(join(path, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Whether as much can be written as LevelDB writes when it is opened: to find out by opening it would cost the reads when
 * there is no space. Free space alone does not tell: quotas and limits of files say no as well.
 * @throws what the system says of it.
 */
export async function probeSpace(path: string): Promise<void> {
  const probe = join(path, PROBE);
  try {
    const wanted = await logBytes(path);
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
