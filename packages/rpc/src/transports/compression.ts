import { promisify } from 'node:util';

/** What answers are compressed, in bytes: 0 for none. Left out: large ones to other machines, which have a network between. */
export type CompressAbove = number | undefined;

const REMOTE_BYTES = 64 * 1024;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
/** To compress more takes several times as long as the network saves. */
const FASTEST = 1;

const accepted = (header: string): boolean =>
  header.split(',').some((part) => /^\s*(gzip|x-gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(part));

/** Whether an answer of so many bytes goes out compressed. */
export function isCompressed(
  bytes: number,
  acceptEncoding: string | undefined,
  address: string,
  above: CompressAbove,
): boolean {
  if (acceptEncoding === undefined || above === 0) return false;
  if (bytes < (above ?? REMOTE_BYTES) || (above === undefined && LOOPBACK.test(address))) return false;
  return accepted(acceptEncoding);
}

/** Off the main thread. */
export async function gzipped(text: string): Promise<Buffer> {
  const { gzip } = await import('node:zlib');
  return promisify(gzip)(text, { level: FASTEST });
}
