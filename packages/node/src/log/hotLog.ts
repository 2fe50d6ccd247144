import type { MinichainNode } from '../createNode.ts';
import type { LiveLogOptions, LogFormat } from './liveLog.ts';
import type { NodeLog } from './nodeLog.ts';

/** Opens the log of one format. */
type OpenLog = (format: LogFormat) => Promise<NodeLog>;

/**
 * A log whose format can change while it is written. That of another format is opened when it is first wanted; one that is
 * not wanted now is silent.
 * @example const log = await openHotLog('text', (format) => createNodeLog({ ...options, format }))
 */
export async function openHotLog(format: LogFormat, open: OpenLog): Promise<NodeLog> {
  const logs = new Map<LogFormat, NodeLog>();
  let current = await open(format);
  logs.set(format, current);
  let node: MinichainNode | undefined;

  const logOf = async (wanted: LogFormat): Promise<NodeLog> => {
    const known = logs.get(wanted);
    if (known !== undefined) return known;
    const log = await open(wanted);
    logs.set(wanted, log);
    if (node !== undefined) log.attach(node);
    return log;
  };

  const change = async ({ format: wanted = format, ...live }: LiveLogOptions & { format?: LogFormat }) => {
    const next = await logOf(wanted);
    await next.change(live);
    if (next === current) return;
    current.flush();
    await current.change({ ...live, level: 'silent' });
    current = next;
  };

  return {
    onRequestStarted: (method) => current.onRequestStarted(method),
    onRequest: (record) => current.onRequest(record),
    onReload: (outcome, file) => current.onReload(outcome, file),
    onInternalError: (error, id, requestId) => current.onInternalError(error, id, requestId),
    attach: (attached) => {
      node = attached;
      for (const log of logs.values()) log.attach(attached);
    },
    flush: () => current.flush(),
    change,
  };
}
