import { hexFromBytes } from '@minichain/protocol';
import type { FileItem } from './blockFile.ts';
import { NodeRefusal, type RunningNode } from './runningNode.ts';
import { type BatchOutcome, type ImportCounts, type ImportReport, takeInFile } from './takeInFile.ts';

/** A request holds so many bytes of blocks, unless the node takes less: then others get a turn in between. */
const MOST_BYTES = 1 << 20;
/** What stands around the hex. */
const ENVELOPE_BYTES = 200;

function batchBytes({ status }: RunningNode): number {
  const { maxBodyBytes = Number.POSITIVE_INFINITY } = status.limits;
  return Math.min(MOST_BYTES, Math.floor((maxBodyBytes - ENVELOPE_BYTES) / 2));
}

async function send(node: RunningNode, batch: readonly FileItem[]): Promise<BatchOutcome> {
  try {
    return await node.call('minichain_importBlocks', [hexFromBytes(Buffer.concat(batch.map(({ bytes }) => bytes)))]);
  } catch (error) {
    const { data } = error instanceof NodeRefusal ? error : {};
    if (typeof data !== 'object' || data === null || !('reason' in data)) throw error;
    const { imported, known, reason } = data as ImportCounts & { readonly reason: string };
    return { imported, known, refusal: new Error(reason, { cause: error }) };
  }
}

/**
 * Has a node that runs execute the blocks of a file; it is sent them, and opens no file itself.
 * @throws ConfigError naming the block that is refused and its place in the file.
 */
export async function sendBlocks(
  node: RunningNode,
  file: string,
  onBlock: (place: FileItem) => void,
): Promise<ImportReport> {
  const options = { batchBytes: batchBytes(node), take: (batch: readonly FileItem[]) => send(node, batch), onBlock };
  const counts = await takeInFile(file, options);
  const { head } = await node.call('minichain_importBlocks', ['0x']);
  return { ...counts, head };
}
