import type { ExecutedBlock, MinedTransaction } from '@minichain/core';
import { bytesFromHex, hexFromBytes, type RpcError } from '@minichain/protocol';
import type { RequestRecord } from '@minichain/rpc';
import type { ReloadOutcome } from '../config/reload.ts';
import type { MinichainNode } from '../createNode.ts';
import { type CallLines, createCallLines } from './callLines.ts';
import { failureText } from './callText.ts';
import type { LiveLogOptions } from './liveLog.ts';
import { isTold, type LogLevel } from './logLevel.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { consoleText, mistakeText, oneLine } from './printable.ts';
import { reloadText } from './reloadText.ts';
import { isSlow, requestText, slowRequestText } from './slowRequest.ts';
import { transactionText } from './transactionText.ts';

const METHOD_LIMIT = 80;
const ERROR_LIMIT = 600;

const isEmpty = ({ block }: ExecutedBlock): boolean => block.transactions.length === 0;

/** What the caller was told, with a common custom error decoded. */
function errorText({ message, data }: RpcError): string {
  const isHex = typeof data === 'string' && /^0x([0-9a-f]{2})*$/.test(data);
  return oneLine(isHex ? failureText(message, bytesFromHex(data as `0x${string}`)) : message, ERROR_LIMIT);
}

/** The log that people read. */
export class TextLog implements NodeLog {
  readonly #options: NodeLogOptions;
  readonly #calls: CallLines;
  #live: LiveLogOptions;
  #node: MinichainNode | undefined;
  /** The failure that was printed last, when nothing was printed since. */
  #lastFailure: string | undefined;

  constructor(options: NodeLogOptions) {
    this.#options = options;
    this.#live = options;
    this.#calls = createCallLines(options.write, options.columns);
  }

  readonly onRequestStarted = (method: string): void => {
    // Who sees each request has no use for their number.
    if (this.#tells('info') && !this.#tells('debug')) this.#calls.add(oneLine(method, METHOD_LIMIT));
  };

  readonly onRequest = (record: RequestRecord): void => {
    const { method, ms, error } = record;
    if (this.#tells('debug')) this.#print(`${requestText(record)}\n`);
    if (error !== undefined && this.#tells('warn')) this.#failed(method, error);
    if (!isSlow(ms, this.#live.slowRequestMs) || !this.#tells('warn')) return;
    this.#print(`${this.#options.colours.yellow(slowRequestText(record))}\n`);
  };

  readonly onInternalError = (error: unknown, id: string, requestId?: string): void => {
    if (!isTold('error', { at: this.#live.level })) return;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#print(`${this.#options.colours.red(mistakeText(id, requestId))}: ${stack}\n`);
  };

  change(options: LiveLogOptions): void {
    this.#live = options;
  }

  #failed(method: string, error: RpcError): void {
    const name = oneLine(method, METHOD_LIMIT);
    const reason = `    Error: ${errorText(error)}`;
    this.#calls.takeBack(name);
    // A client that tries again and again fills no screen.
    if (this.#lastFailure === `${name}\n${reason}`) {
      this.#calls.add(`${name} failed again`);
      return;
    }
    const { red } = this.#options.colours;
    this.#print(`${red(name)}\n${red(reason)}\n`);
    this.#lastFailure = `${name}\n${reason}`;
  }

  readonly onReload = (outcome: ReloadOutcome, file: string | undefined): void => {
    if (!isTold(outcome.type === 'refused' ? 'error' : 'info', { at: this.#live.level })) return;
    const text = oneLine(reloadText(outcome, file), ERROR_LIMIT);
    this.#print(`${outcome.type === 'refused' ? this.#options.colours.red(text) : text}\n`);
  };

  attach(node: MinichainNode): void {
    this.#node = node;
    const { events } = node.chain;
    events.on('transactionMined', (mined) => this.#mined(mined));
    events.on('consoleLogged', (lines) => this.#console(lines));
    events.on('transactionDropped', ({ hash, reason, detail }) => {
      if (this.#tells('warn')) this.#print(`    Dropped:     ${hexFromBytes(hash)} (${reason}: ${oneLine(detail)})\n`);
    });
    events.on('miningFailed', (error) => {
      if (!isTold('error', { at: this.#live.level })) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#print(this.#options.colours.red(`block could not be made: ${oneLine(message)}\n`));
    });
    events.on('headChanged', ({ added }) => {
      if (!this.#tells('info')) return;
      for (const block of added) if (isEmpty(block)) this.#calls.addEmptyBlock(block.block.header.number);
    });
  }

  flush(): void {
    this.#calls.end();
  }

  /** Of what `hardhat_setLoggingEnabled` can switch off. */
  #tells(level: Exclude<LogLevel, 'silent'>): boolean {
    return isTold(level, { at: this.#live.level }) && this.#node?.rpc.isLoggingEnabled() !== false;
  }

  #mined(mined: MinedTransaction): void {
    if (this.#tells('info')) this.#print(transactionText(mined, this.#options.colours));
    this.#console(mined.consoleLines);
  }

  /** Contracts are heard even when the log is switched off over RPC, as Hardhat has it. */
  #console(lines: readonly string[]): void {
    if (lines.length === 0 || !this.#options.showConsole || !isTold('info', { at: this.#live.level })) return;
    const keepColours = this.#options.colours.isColorSupported;
    const text = lines.flatMap((line) => consoleText(line, { keepColours })).map((line) => `      ${line}\n`);
    this.#print(`    console.log:\n${text.join('')}`);
  }

  #print(text: string): void {
    this.#calls.end();
    this.#lastFailure = undefined;
    this.#options.write(text);
  }
}
