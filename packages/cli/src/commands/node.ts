import {
  bannerText,
  coloursFor,
  configOut,
  createNode,
  createNodeLog,
  loadSettings,
  type MinichainNode,
  type NodeLog,
  nodeOptionsFromSettings,
  type SettingValues,
} from '@minichain/node';
import { Command } from 'commander';
import { addNodeFlags, type NodeFlags } from './nodeFlags.ts';
import { OutputFiles } from './outputFiles.ts';
import { stopOnSignals } from './stopOnSignals.ts';

const ENVIRONMENT = `
Every flag has an environment variable, which it wins over: --block-time is
MINICHAIN_BLOCK_TIME; a switch takes true or false.`;

const write = (text: string): void => {
  process.stdout.write(text);
};

function logFor(settings: SettingValues): NodeLog {
  const { stdout, env } = process;
  const isTerminal = stdout.isTTY === true;
  return createNodeLog({
    format: settings.jsonLogs === true ? 'json' : 'text',
    colours: coloursFor({ isTerminal, env, when: settings.color }),
    write,
    columns: isTerminal && env['TERM'] !== 'dumb' ? () => stdout.columns || 80 : undefined,
    showConsole: settings.disableConsoleLog !== true,
    now: Date.now,
  });
}

/** What a program wants to know at start; the keys are for `--config-out`. */
function listeningLine(node: MinichainNode): string {
  const { private_keys: _keys, wallet: _wallet, ...facts } = configOut(node);
  return `${JSON.stringify({ ts: new Date().toISOString(), event: 'listening', ...facts })}\n`;
}

async function startQuietly(settings: SettingValues): Promise<MinichainNode> {
  const complain = (what: string, error: unknown): void => {
    process.stderr.write(`${what}: ${error instanceof Error ? error.message : String(error)}\n`);
  };
  const node = await createNode({
    ...nodeOptionsFromSettings(settings),
    onInternalError: (error, id) => complain(`internal error (${id})`, error),
  });
  node.chain.events.on('miningFailed', (error) => complain('block could not be made', error));
  return node;
}

async function run(flags: NodeFlags): Promise<void> {
  const settings = loadSettings(flags, process.env);
  const files = new OutputFiles(settings);
  const log = settings.quiet === true ? undefined : logFor(settings);
  const node =
    log === undefined
      ? await startQuietly(settings)
      : await createNode({
          ...nodeOptionsFromSettings(settings),
          onRequestStarted: log.onRequestStarted,
          onRequest: log.onRequest,
          onInternalError: log.onInternalError,
        });
  try {
    files.write(node);
  } catch (error) {
    await node.close();
    throw error;
  }
  if (log !== undefined) {
    write(settings.jsonLogs === true ? listeningLine(node) : await bannerText(node));
    log.attach(node);
  }
  process.on('exit', () => {
    log?.flush();
    files.removeReadyFile();
  });
  stopOnSignals(node);
}

/** `minichain node`. */
export function nodeCommand(): Command {
  const command = new Command('node').description('run a development chain with JSON-RPC on one port');
  addNodeFlags(command);
  return command.addHelpText('after', ENVIRONMENT).action(run);
}
