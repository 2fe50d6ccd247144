import type { RequestRecord } from '@minichain/rpc';
import type { ReloadOutcome } from '../config/reload.ts';
import type { MinichainNode } from '../createNode.ts';
import type { Colours } from './colours.ts';
import type { LiveLog, LiveLogOptions } from './liveLog.ts';

export interface NodeLogOptions extends LiveLogOptions {
  readonly format: 'text' | 'json' | 'quiet';
  readonly colours: Colours;
  readonly write: (text: string) => void;
  /** Width of the terminal; undefined when nobody can draw there: a file, a pipe. */
  readonly columns: (() => number) | undefined;
  /** Whether lines of contracts' console.log are printed. */
  readonly showConsole: boolean;
  readonly now: () => number;
}

export interface NodeLog extends LiveLog {
  readonly onRequestStarted: (method: string) => void;
  readonly onRequest: (record: RequestRecord) => void;
  /** Settings were read anew; `file` is where from. */
  readonly onReload: (outcome: ReloadOutcome, file: string | undefined) => void;
  readonly onInternalError: (error: unknown, id: string, requestId?: string) => void;
  /** Listens to the chain. */
  attach(node: MinichainNode): void;
  /** Prints what is still held back. */
  flush(): void;
}
