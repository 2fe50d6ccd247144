import type { CallFrame } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import type { Turns } from '../turns.ts';

/** Characters that are joined at a time. */
const PIECE = 64 * 1024;
/** Frames between two looks at the clock. */
const STRIDE = 64;

type FrameLog = NonNullable<CallFrame['logs']>[number];

const logText = ({ address, topics, data, position, index }: FrameLog): string =>
  `{"address":"${hex(address)}","topics":[${topics.map((topic) => `"${hex(topic)}"`).join(',')}],"data":"${hex(data)}",` +
  `"position":"${quantity(position)}","index":"${quantity(index)}"}`;

function headText({ from, gas, gasUsed, to, input, output, error, revertReason }: CallFrame): string {
  let text = `{"from":"${hex(from)}","gas":"${quantity(gas)}","gasUsed":"${quantity(gasUsed)}"`;
  if (to !== undefined) text += `,"to":"${hex(to)}"`;
  text += `,"input":"${hex(input)}"`;
  if (output.length > 0) text += `,"output":"${hex(output)}"`;
  if (error !== undefined) text += `,"error":${JSON.stringify(error)}`;
  return revertReason === undefined ? text : `${text},"revertReason":${JSON.stringify(revertReason)}`;
}

function tailText({ logs, kind, value }: CallFrame): string {
  const logged = logs === undefined ? '' : `,"logs":[${logs.map(logText).join(',')}]`;
  return `${logged}${kind === 'STATICCALL' ? '' : `,"value":"${quantity(value)}"`},"type":"${kind}"}`;
}

/** Writes call trees as geth does, in turns with other work. */
export class FrameText {
  readonly #turns: Turns;
  readonly #pieces: string[] = [];
  #texts: string[] = [];
  #length = 0;
  #count = 0;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  async write(frame: CallFrame): Promise<readonly string[]> {
    await this.#frame(frame);
    this.#join();
    return this.#pieces;
  }

  async #frame(frame: CallFrame): Promise<void> {
    const turn = ++this.#count % STRIDE === 0 ? this.#turns.next() : undefined;
    if (turn !== undefined) await turn;
    const { calls } = frame;
    this.#add(headText(frame));
    if (calls.length > 0) {
      this.#add(',"calls":[');
      for (let i = 0; i < calls.length; i++) {
        if (i > 0) this.#add(',');
        const call = calls[i] as CallFrame;
        // Most have no calls of their own, and need no promise.
        if (call.calls.length === 0 && (this.#count + 1) % STRIDE !== 0) {
          this.#count++;
          this.#add(headText(call) + tailText(call));
        } else await this.#frame(call);
      }
      this.#add(']');
    }
    this.#add(tailText(frame));
  }

  #add(text: string): void {
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length > PIECE) this.#join();
  }

  #join(): void {
    this.#pieces.push(this.#texts.join(''));
    this.#texts = [];
    this.#length = 0;
  }
}
