import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

const STEP_BYTES = 1 << 20;

/** Reads a file to its end, step by step. @returns its SHA-256 in hex and its size. */
export async function readHashed(
  path: string,
  onStep: (bytes: Uint8Array) => void | Promise<void> = () => {},
): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(STEP_BYTES);
  const file = await open(path, 'r');
  let size = 0;
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, STEP_BYTES);
      if (bytesRead === 0) return { sha256: hash.digest('hex'), size };
      const step = buffer.subarray(0, bytesRead);
      hash.update(step);
      size += bytesRead;
      await onStep(step);
    }
  } finally {
    await file.close();
  }
}

/** Copies a file; its copy has its name only once the device has all of it. */
export async function copyHashed(from: string, to: string, onStep: (bytes: number) => void = () => {}) {
  const temporary = `${to}.tmp`;
  const file = await open(temporary, 'w');
  try {
    const copied = await readHashed(from, async (bytes) => {
      await file.writeFile(bytes);
      onStep(bytes.length);
    });
    await file.sync();
    await rename(temporary, to);
    return copied;
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}
