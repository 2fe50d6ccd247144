import type { LocatedLog } from '@minichain/core';
import type { RpcLog } from '@minichain/protocol';
import type { MethodContext } from '../context.ts';
import { JsonText } from '../jsonText.ts';
import { mapInTurns, Turns } from '../turns.ts';
import { logView, textsOf, transactionHashOf } from './receipt.ts';

/** A piece of text, in characters: written well under a millisecond. */
const PIECE = 64 * 1024;
/** What a log has besides its data, at most: four topics, and the texts of its place. */
const AROUND_DATA = 1024;

const DIGITS = new Uint8Array(512);
for (let byte = 0; byte < 256; byte++) {
  const pair = byte.toString(16).padStart(2, '0');
  DIGITS[2 * byte] = pair.charCodeAt(0);
  DIGITS[2 * byte + 1] = pair.charCodeAt(1);
}

/** Text of digits and ASCII, put together in one place that is used again. */
class TextBuffer {
  #buffer = Buffer.allocUnsafe(PIECE + AROUND_DATA);
  #length = 0;
  readonly pieces: string[] = [];

  /** Makes room for so many characters. */
  reserve(characters: number): void {
    if (this.#length > 0 && this.#length + characters > PIECE) this.flush();
    if (characters > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(characters);
  }

  text(text: string): void {
    this.#length += this.#buffer.write(text, this.#length, 'latin1');
  }

  hex(bytes: Uint8Array): void {
    const buffer = this.#buffer;
    let to = this.#length;
    for (let i = 0; i < bytes.length; i++) {
      const digit = 2 * (bytes[i] as number);
      buffer[to++] = DIGITS[digit] as number;
      buffer[to++] = DIGITS[digit + 1] as number;
    }
    this.#length = to;
  }

  flush(): void {
    this.pieces.push(this.#buffer.toString('latin1', 0, this.#length));
    this.#length = 0;
  }
}

function write(to: TextBuffer, located: LocatedLog, place: string): void {
  const { address, topics, data } = located.log;
  to.reserve(2 * data.length + AROUND_DATA);
  to.text('{"address":"0x');
  to.hex(address);
  to.text('","topics":[');
  topics.forEach((topic, index) => {
    to.text(index === 0 ? '"0x' : '","0x');
    to.hex(topic);
  });
  to.text(topics.length === 0 ? '],"data":"0x' : '"],"data":"0x');
  to.hex(data);
  to.text(place);
  to.text(`${located.logIndex.toString(16)}","removed":false}`);
}

/** What all logs of a transaction say between their data and their own index. */
function placeText({ block, transactionIndex }: LocatedLog): string {
  const { number, hash, timestamp } = textsOf(block);
  const transactionHash = JSON.stringify(transactionHashOf(block, transactionIndex));
  const ofBlock = `"blockNumber":"${number}","blockHash":"${hash}","blockTimestamp":"${timestamp}"`;
  return `",${ofBlock},"transactionHash":${transactionHash},"transactionIndex":"0x${transactionIndex.toString(16)}","logIndex":"0x`;
}

async function logsText(logs: readonly LocatedLog[]): Promise<JsonText> {
  const buffer = new TextBuffer();
  const turns = new Turns();
  let place = '';
  buffer.text('[');
  for (let i = 0; i < logs.length; i++) {
    const log = logs[i] as LocatedLog;
    const before = logs[i - 1];
    if (before !== undefined) buffer.text(',');
    if (before?.block !== log.block || before.transactionIndex !== log.transactionIndex) place = placeText(log);
    write(buffer, log, place);
    const turn = i % 64 === 0 ? turns.next() : undefined;
    if (turn !== undefined) await turn;
  }
  buffer.text(']');
  buffer.flush();
  return new JsonText(buffer.pieces);
}

/**
 * Every log as {@link logView} has it, in turns with other work. For a reply they are written as JSON at once: of ten thousand
 * logs, the objects would cost more than all else.
 * @param context.requestId undefined in process, where objects are wanted.
 * @example await logsView(logs, context)
 */
export const logsView = async (
  logs: readonly LocatedLog[],
  { requestId }: Pick<MethodContext, 'requestId'>,
): Promise<readonly RpcLog[]> =>
  requestId === undefined
    ? mapInTurns(logs, (log) => logView(log))
    : ((await logsText(logs)) as unknown as readonly RpcLog[]);
