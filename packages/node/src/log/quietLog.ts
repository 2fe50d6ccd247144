import type { ReloadOutcome } from '../config/reload.ts';
import type { MinichainNode } from '../createNode.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { oneLine } from './printable.ts';
import { reloadText } from './reloadText.ts';

/** Tells nothing but what should not have happened, a line each. */
export class QuietLog implements NodeLog {
  readonly #write: NodeLogOptions['write'];

  constructor(options: Pick<NodeLogOptions, 'write'>) {
    this.#write = options.write;
  }

  readonly onRequestStarted = (): void => {};

  readonly onRequest = (): void => {};

  readonly onInternalError = (error: unknown, id: string): void => this.#complain(`internal error (${id})`, error);

  readonly onReload = (outcome: ReloadOutcome, file: string | undefined): void => {
    if (outcome.type === 'refused') this.#write(`${oneLine(reloadText(outcome, file))}\n`);
  };

  attach(node: MinichainNode): void {
    node.chain.events.on('miningFailed', (error) => this.#complain('block could not be made', error));
  }

  flush(): void {}

  #complain(what: string, error: unknown): void {
    this.#write(`${what}: ${oneLine(error instanceof Error ? error.message : String(error))}\n`);
  }
}
