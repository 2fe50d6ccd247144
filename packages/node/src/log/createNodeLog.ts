import { type LiveLogOptions, liveLogOptions } from './liveLog.ts';
import type { NodeLog, NodeLogOptions } from './nodeLog.ts';
import { QuietLog } from './quietLog.ts';
import { TextLog } from './textLog.ts';

type GivenLogOptions = Omit<NodeLogOptions, keyof LiveLogOptions> & {
  readonly [K in keyof LiveLogOptions]?: LiveLogOptions[K] | undefined;
};

/**
 * The log of what happens: text for people, a JSON object a line for programs, or `quiet`: only mistakes. What writes JSON
 * is loaded when it is wanted.
 * @example
 * const log = await createNodeLog({ format: 'text', colours, write, columns: undefined, showConsole: true, now: Date.now });
 * log.attach(await createNode({ onRequestStarted: log.onRequestStarted, onRequest: log.onRequest }));
 */
export async function createNodeLog(given: GivenLogOptions): Promise<NodeLog> {
  const options = { ...given, ...liveLogOptions(given) };
  if (options.format === 'quiet') return new QuietLog(options);
  if (options.format === 'text') return new TextLog(options);
  const { JsonLog } = await import('./jsonLog.ts');
  return new JsonLog(options);
}
