import { isatty } from 'node:tty';
import {
  createReload,
  type LoadedSettings,
  type MinichainNode,
  type NodeLog,
  reasonFromSystem,
  watchFile,
} from '@minichain/node';

interface ReloadOptions {
  readonly node: MinichainNode;
  readonly log: NodeLog;
  readonly loaded: LoadedSettings;
  readonly load: () => Promise<LoadedSettings>;
  /** A clean end, short of the process's. */
  readonly close: () => Promise<void>;
}

const openTerminals = (): number[] => [0, 1, 2].filter((descriptor) => isatty(descriptor));

/** Node.js aborts in an exit without its terminal: it cannot set back how that was. */
function dieOfHangup(): void {
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}

/**
 * Reads the settings again when their file changes, and at SIGHUP. That signal also says that the terminal is gone; then
 * the node ends, as any program there, and as without a file.
 */
export function reloadSettings({ node, log, loaded, load, close }: ReloadOptions): void {
  const { file, identity } = loaded;
  if (file === undefined) return;
  const reload = createReload({ node: { ...node, log }, loaded, load });
  const run = async (): Promise<void> => log.onReload(await reload(), file);
  const terminals = openTerminals();
  process.on('SIGHUP', () => {
    if (openTerminals().length === terminals.length) void run();
    else void close().finally(dieOfHangup);
  });
  try {
    watchFile(file, identity, () => void run());
  } catch (error) {
    const reason = `${file} cannot be watched: ${reasonFromSystem(error)}; SIGHUP reads it again`;
    log.onReload({ type: 'refused', reason }, file);
  }
}
