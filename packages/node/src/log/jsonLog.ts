import { hexFromBytes } from '@minichain/protocol';
import type { RequestRecord } from '@minichain/rpc';
import { type Logger, pino } from 'pino';
import type { ReloadOutcome } from '../config/reload.ts';
import type { MinichainNode } from '../createNode.ts';
import type { LiveLogOptions } from './liveLog.ts';
import { isTold, type LogLevel } from './logLevel.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { paramsText } from './paramsText.ts';
import { isSlow } from './slowRequest.ts';
import { transactionFacts } from './transactionFacts.ts';

type Level = Exclude<LogLevel, 'silent'>;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** The log that programs read: an object a line, each with `level`, `ts` (ISO 8601) and `event`. */
export class JsonLog implements NodeLog {
  readonly #options: NodeLogOptions;
  readonly #logger: Logger;
  #slowRequestMs: number;
  #node: MinichainNode | undefined;

  constructor(options: NodeLogOptions) {
    this.#options = options;
    this.#slowRequestMs = options.slowRequestMs;
    this.#logger = pino(
      {
        level: options.level,
        // Neither process id nor host name: whoever gathers logs knows where a line comes from.
        base: null,
        timestamp: () => `,"ts":"${new Date(options.now()).toISOString()}"`,
        formatters: { level: (level) => ({ level }) },
      },
      { write: options.write },
    );
  }

  readonly onRequestStarted = (method: string): void => {
    if (this.#tells('trace')) this.#event('trace', 'requestStarted', { method });
  };

  readonly onRequest = ({ method, params, ms, requestId, error }: RequestRecord): void => {
    const detail = this.#tells('debug') ? { params: paramsText(method, params) } : {};
    const facts = { method, ms: rounded(ms), ...(requestId === undefined ? {} : { requestId }) };
    if (error === undefined) this.#event('info', 'request', { ...facts, ...detail });
    else {
      const { code, message } = error;
      this.#event('warn', 'request', { ...facts, ...detail, error: { code, message } });
    }
    if (!isSlow(ms, this.#slowRequestMs)) return;
    this.#event('warn', 'slowRequest', { ...facts, params: paramsText(method, params) });
  };

  readonly onInternalError = (error: unknown, id: string, requestId?: string): void => {
    const stack = error instanceof Error ? error.stack : undefined;
    this.#write('error', 'internalError', { id, requestId, error: messageOf(error), stack });
  };

  readonly onReload = (outcome: ReloadOutcome, file: string | undefined): void => {
    const { type, ...facts } = outcome;
    const where = file === undefined ? {} : { file };
    if (type === 'refused') this.#write('error', 'configRefused', { ...where, ...facts });
    else this.#write('info', 'configReloaded', { ...where, ...facts });
  };

  change({ level, slowRequestMs }: LiveLogOptions): void {
    this.#logger.level = level;
    this.#slowRequestMs = slowRequestMs;
  }

  attach(node: MinichainNode): void {
    this.#node = node;
    const { events } = node.chain;
    events.on('transactionMined', (mined) => {
      if (!this.#tells('info')) return;
      const { console, ...facts } = transactionFacts(mined);
      this.#event('info', 'transaction', this.#options.showConsole ? { ...facts, console } : facts);
    });
    events.on('consoleLogged', (lines) => {
      if (this.#options.showConsole) this.#event('info', 'console', { lines });
    });
    events.on('transactionDropped', ({ hash, reason, detail }) => {
      this.#event('warn', 'dropped', { hash: hexFromBytes(hash), reason, detail });
    });
    events.on('miningFailed', (error) => this.#write('error', 'miningFailed', { error: messageOf(error) }));
    events.on('headChanged', ({ head }) => {
      const { number, gasUsed } = head.block.header;
      const transactions = head.block.transactions.length;
      this.#event('info', 'head', { number: number.toString(), gasUsed: gasUsed.toString(), transactions });
    });
  }

  flush(): void {}

  #tells(level: Level): boolean {
    return isTold(level, { at: this.#logger.level as LogLevel });
  }

  /** What `hardhat_setLoggingEnabled` can switch off. */
  #event(level: Level, event: string, fields: object): void {
    if (this.#node?.rpc.isLoggingEnabled() !== false) this.#write(level, event, fields);
  }

  #write(level: Level, event: string, fields: object): void {
    this.#logger[level]({ event, ...fields });
  }
}
