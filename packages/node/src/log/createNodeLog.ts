import { JsonLog } from './jsonLog.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { TextLog } from './textLog.ts';

/**
 * The log of what happens: text for people, or a JSON object a line. A quiet node has none and pays nothing.
 * @example
 * const log = createNodeLog({ format: 'text', colours, write, columns: undefined, showConsole: true, now: Date.now });
 * log.attach(await createNode({ onRequestStarted: log.onRequestStarted, onRequest: log.onRequest }));
 */
export function createNodeLog(options: NodeLogOptions): NodeLog {
  return options.format === 'json' ? new JsonLog(options) : new TextLog(options);
}
