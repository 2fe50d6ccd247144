import { hexFromBytes } from '@minichain/protocol';
import type { RequestRecord } from '@minichain/rpc';
import type { ReloadOutcome } from '../config/reload.ts';
import type { MinichainNode } from '../createNode.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { transactionFacts } from './transactionFacts.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The log that programs read: an object a line, each with `ts` (ISO 8601) and `event`. */
export class JsonLog implements NodeLog {
  readonly #options: NodeLogOptions;
  #node: MinichainNode | undefined;

  constructor(options: NodeLogOptions) {
    this.#options = options;
  }

  readonly onRequestStarted = (): void => {};

  readonly onRequest = ({ method, ms, error }: RequestRecord): void => {
    const failed = error === undefined ? {} : { error: { code: error.code, message: error.message } };
    this.#event('request', { method, ms: Math.round(ms * 1000) / 1000, ...failed });
  };

  readonly onInternalError = (error: unknown, id: string): void => {
    const stack = error instanceof Error ? error.stack : undefined;
    this.#write('internalError', { id, error: messageOf(error), ...(stack === undefined ? {} : { stack }) });
  };

  readonly onReload = (outcome: ReloadOutcome, file: string | undefined): void => {
    const { type, ...facts } = outcome;
    const where = file === undefined ? {} : { file };
    this.#write(type === 'refused' ? 'configRefused' : 'configReloaded', { ...where, ...facts });
  };

  attach(node: MinichainNode): void {
    this.#node = node;
    const { events } = node.chain;
    events.on('transactionMined', (mined) => {
      const { console, ...facts } = transactionFacts(mined);
      this.#event('transaction', this.#options.showConsole ? { ...facts, console } : facts);
    });
    events.on('consoleLogged', (lines) => {
      if (this.#options.showConsole) this.#event('console', { lines });
    });
    events.on('transactionDropped', ({ hash, reason, detail }) => {
      this.#event('dropped', { hash: hexFromBytes(hash), reason, detail });
    });
    events.on('miningFailed', (error) => this.#write('miningFailed', { error: messageOf(error) }));
    events.on('headChanged', ({ head }) => {
      const { number, gasUsed } = head.block.header;
      const transactions = head.block.transactions.length;
      this.#event('head', { number: number.toString(), gasUsed: gasUsed.toString(), transactions });
    });
  }

  flush(): void {}

  /** What `hardhat_setLoggingEnabled` can switch off. */
  #event(event: string, fields: object): void {
    if (this.#node?.rpc.isLoggingEnabled() !== false) this.#write(event, fields);
  }

  #write(event: string, fields: object): void {
    const ts = new Date(this.#options.now()).toISOString();
    this.#options.write(`${JSON.stringify({ ts, event, ...fields })}\n`);
  }
}
