import { JsonLog } from './jsonLog.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { QuietLog } from './quietLog.ts';
import { TextLog } from './textLog.ts';

/**
 * The log of what happens: text for people, a JSON object a line for programs, or `quiet`: only mistakes.
 * @example
 * const log = createNodeLog({ format: 'text', colours, write, columns: undefined, showConsole: true, now: Date.now });
 * log.attach(await createNode({ onRequestStarted: log.onRequestStarted, onRequest: log.onRequest }));
 */
export function createNodeLog(options: NodeLogOptions): NodeLog {
  if (options.format === 'quiet') return new QuietLog(options);
  return options.format === 'json' ? new JsonLog(options) : new TextLog(options);
}
