import {
  bannerText,
  coloursFor,
  configOut,
  createNode,
  createNodeLog,
  type LogFormat,
  logFormat,
  type MinichainNode,
  type NodeLog,
  nodeOptionsFromSettings,
  openHotLog,
  resolveSettings,
  type SettingFlags,
  type SettingValues,
} from '@minichain/node';
import { Command } from 'commander';
import { keepHeapSmall } from './keepHeapSmall.ts';
import { LogOutput } from './logOutput.ts';
import { addNodeFlags } from './nodeFlags.ts';
import { OutputFiles } from './outputFiles.ts';
import { reloadSettings } from './reloadSettings.ts';
import { stopOnSignals } from './stopOnSignals.ts';

const ENVIRONMENT = `
Every flag has an environment variable, MINICHAIN_BLOCK_TIME for --block-time,
and a key in the config file, blockTime; a switch takes true or false there.
The flag wins over the variable, that over the file, the file over a preset.`;

/** Mistakes that a quiet node tells of go where mistakes go. */
const outputs = (): Readonly<Record<LogFormat, LogOutput>> => {
  const shown = new LogOutput(process.stdout);
  return { text: shown, json: shown, quiet: new LogOutput(process.stderr) };
};

function logFor(settings: SettingValues, written: Readonly<Record<LogFormat, LogOutput>>): Promise<NodeLog> {
  const { stdout, env } = process;
  const isTerminal = stdout.isTTY === true;
  return openHotLog(logFormat(settings), (format) =>
    createNodeLog({
      format,
      colours: coloursFor({ isTerminal, env, when: settings.color }),
      write: written[format].write,
      columns: isTerminal && env['TERM'] !== 'dumb' ? () => stdout.columns || 80 : undefined,
      showConsole: settings.disableConsoleLog !== true,
      now: Date.now,
      level: settings.logLevel,
      slowRequestMs: settings.slowRequestMs,
    }),
  );
}

/** What a program wants to know at start; the keys are for `--config-out`. */
function listeningLine(node: MinichainNode): string {
  const { private_keys: _keys, wallet: _wallet, ...facts } = configOut(node);
  return `${JSON.stringify({ level: 'info', ts: new Date().toISOString(), event: 'listening', ...facts })}\n`;
}

async function firstLines(node: MinichainNode, settings: SettingValues): Promise<string> {
  const format = logFormat(settings);
  if (format === 'quiet') return '';
  return format === 'json' ? listeningLine(node) : bannerText(node);
}

async function run(flags: SettingFlags): Promise<void> {
  const { env } = process;
  const folder = process.cwd();
  const loaded = await resolveSettings(flags, env, folder);
  const { values: settings, file } = loaded;
  const files = new OutputFiles(settings);
  const written = outputs();
  const log = await logFor(settings, written);
  const { onRequestStarted, onRequest, onInternalError } = log;
  const options = nodeOptionsFromSettings(settings);
  const node = await createNode({ ...options, onRequestStarted, onRequest, onInternalError });
  log.attach(node);
  const tidy = (): void => {
    log.flush();
    files.removeReadyFile();
  };
  process.on('exit', tidy);
  // Before anybody is told that the node is there: who knows of it may end it.
  stopOnSignals(() => node.close(), { writes: (settings.state ?? settings.dumpState) !== undefined });
  const load = () => resolveSettings(flags, env, folder, file);
  reloadSettings({ node, log, loaded, load, close: () => node.close().finally(tidy) });
  try {
    files.write(node);
  } catch (error) {
    await node.close();
    throw error;
  }
  written.text.open(await firstLines(node, settings));
  written.quiet.open('');
  keepHeapSmall({ isOnDisk: settings.dataDir !== undefined });
}

/** `minichain node`. */
export function nodeCommand(): Command {
  const command = new Command('node').description('run a development chain with JSON-RPC on one port');
  addNodeFlags(command);
  return command.addHelpText('after', ENVIRONMENT).action(run);
}
