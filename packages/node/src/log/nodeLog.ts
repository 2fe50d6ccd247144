import type { ExecutedBlock } from '@minichain/core';
import type { RequestRecord } from '@minichain/rpc';
import type { MinichainNode } from '../createNode.ts';
import type { Colours } from './colours.ts';
import { transactionFacts, transactionText } from './transactionText.ts';

export interface NodeLogOptions {
  readonly format: 'text' | 'json';
  readonly colours: Colours;
  readonly write: (text: string) => void;
  readonly now: () => number;
}

export interface NodeLog {
  readonly onRequest: (record: RequestRecord) => void;
  readonly onInternalError: (error: unknown, id: string) => void;
  /** Listens to the chain. */
  attach(node: MinichainNode): void;
  /** Prints what is still held back. */
  flush(): void;
}

/** Methods that tools call over and over while they wait; a run of one is a single line. */
class RepeatedLines {
  readonly #write: (text: string) => void;
  #last: { text: string; count: number } | undefined;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  add(text: string): void {
    if (this.#last?.text === text) {
      this.#last.count++;
      return;
    }
    this.flush();
    this.#last = { text, count: 1 };
    this.#timer();
  }

  flush(): void {
    if (this.#last === undefined) return;
    const { text, count } = this.#last;
    this.#last = undefined;
    this.#write(count === 1 ? `${text}\n` : `${text} (${count})\n`);
  }

  /** A line is not held back for longer than a reader would wait. */
  #timer(): void {
    setTimeout(() => this.flush(), 250).unref();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function textLog({ colours, write }: NodeLogOptions): NodeLog {
  const lines = new RepeatedLines(write);
  let node: MinichainNode | undefined;
  const print = (text: string): void => {
    lines.flush();
    write(text);
  };
  return {
    onRequest: ({ method, error }) => {
      if (node?.rpc.isLoggingEnabled() === false) return;
      if (error === undefined) lines.add(method);
      else print(`${colours.red(method)}\n    ${colours.red(`Error: ${error.message}`)}\n`);
    },
    onInternalError: (error, id) => {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      print(`${colours.red(`internal error (${id})`)}: ${stack}\n`);
    },
    attach: (started) => {
      node = started;
      const { events } = started.chain;
      events.on('transactionMined', (mined) => print(transactionText(mined, colours)));
      events.on('transactionDropped', ({ reason, detail }) => print(`    Dropped: ${reason}: ${detail}\n`));
      events.on('miningFailed', (error) => print(colours.red(`block could not be made: ${messageOf(error)}\n`)));
      events.on('headChanged', ({ added }) => {
        for (const block of added) if (isEmpty(block)) lines.add('Mined empty block');
      });
    },
    flush: () => lines.flush(),
  };
}

const isEmpty = ({ block }: ExecutedBlock): boolean => block.transactions.length === 0;

function jsonLog({ write, now }: NodeLogOptions): NodeLog {
  const line = (event: string, fields: object): void => {
    write(`${JSON.stringify({ ts: new Date(now()).toISOString(), event, ...fields })}\n`);
  };
  return {
    onRequest: ({ method, ms, error }) => {
      const failed = error === undefined ? {} : { error: { code: error.code, message: error.message } };
      line('request', { method, ms: Math.round(ms * 1000) / 1000, ...failed });
    },
    onInternalError: (error, id) => line('internalError', { id, error: messageOf(error) }),
    attach: ({ chain: { events } }) => {
      events.on('transactionMined', (mined) => line('transaction', transactionFacts(mined)));
      events.on('transactionDropped', ({ reason, detail }) => line('dropped', { reason, detail }));
      events.on('miningFailed', (error) => line('miningFailed', { error: messageOf(error) }));
      events.on('headChanged', ({ head }) => {
        const { number, gasUsed } = head.block.header;
        const transactions = head.block.transactions.length;
        line('head', { number: number.toString(), gasUsed: gasUsed.toString(), transactions });
      });
    },
    flush: () => {},
  };
}

/** The log of what happens: text for people, or a JSON object a line. A quiet node has none and pays nothing. */
export function createNodeLog(options: NodeLogOptions): NodeLog {
  return options.format === 'json' ? jsonLog(options) : textLog(options);
}
