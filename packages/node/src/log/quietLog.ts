import type { ReloadOutcome } from '../config/reload.ts';
import type { MinichainNode } from '../createNode.ts';
import type { LiveLogOptions } from './liveLog.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { mistakeText, oneLine } from './printable.ts';
import { reloadText } from './reloadText.ts';

/** Tells nothing but what should not have happened, a line each. */
export class QuietLog implements NodeLog {
  readonly #write: NodeLogOptions['write'];
  #isSilent: boolean;

  constructor(options: Pick<NodeLogOptions, 'write' | 'level'>) {
    this.#write = options.write;
    this.#isSilent = options.level === 'silent';
  }

  readonly onRequestStarted = (): void => {};

  readonly onRequest = (): void => {};

  readonly onInternalError = (error: unknown, id: string, requestId?: string): void =>
    this.#complain(mistakeText(id, requestId), error);

  change({ level }: LiveLogOptions): void {
    this.#isSilent = level === 'silent';
  }

  readonly onReload = (outcome: ReloadOutcome, file: string | undefined): void => {
    if (outcome.type === 'refused' && !this.#isSilent) this.#write(`${oneLine(reloadText(outcome, file))}\n`);
  };

  attach(node: MinichainNode): void {
    node.chain.events.on('miningFailed', (error) => this.#complain('block could not be made', error));
  }

  flush(): void {}

  #complain(what: string, error: unknown): void {
    if (this.#isSilent) return;
    this.#write(`${what}: ${oneLine(error instanceof Error ? error.message : String(error))}\n`);
  }
}
