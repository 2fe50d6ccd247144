import { renameSync, rmSync, writeFileSync } from 'node:fs';
import {
  bannerText,
  coloursFor,
  configOut,
  createNode,
  createNodeLog,
  GROUPS,
  loadSettings,
  type MinichainNode,
  nodeOptionsFromSettings,
  SETTINGS,
  type SettingName,
  type SettingValues,
} from '@minichain/node';
import { Command, Option } from 'commander';
import { CliError } from '../cliError.ts';

/** commander's key for a flag: `--no-mining` becomes `mining`, so the flag's own text is what we go by. */
function optionFor(name: SettingName): Option {
  const { flag, help, group, shownDefault } = SETTINGS[name];
  const option = new Option(flag, shownDefault === undefined ? help : `${help} (default: ${shownDefault})`);
  option.negate = false;
  option.attributeName = () => name;
  return option.helpGroup(`${group}:`);
}

function aliasOptions(name: SettingName): Option[] {
  return (SETTINGS[name].aliases ?? []).map((flag) => {
    const option = new Option(flag);
    option.attributeName = () => name;
    return option.hideHelp();
  });
}

/** Written whole or not at all: a reader that sees the file sees all of it. */
function writeAtomically(file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(temporary, file);
  } catch (error) {
    throw new CliError(`cannot write ${file}: ${(error as Error).message}`, 1, { cause: error });
  }
}

function writeFiles(node: MinichainNode, settings: SettingValues): void {
  if (settings.configOut !== undefined) writeAtomically(settings.configOut, configOut(node));
  if (settings.readyFile === undefined || node.server === undefined) return;
  const { url, host, port } = node.server;
  writeAtomically(settings.readyFile, { url, host, port, pid: process.pid });
}

/** Ends cleanly at the first signal, at once at the second. */
function stopOnSignals(node: MinichainNode, beforeExit: () => void): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    void node.close().finally(() => {
      beforeExit();
      process.exit(0);
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function run(flags: Partial<Record<SettingName, string | true>>): Promise<void> {
  const settings = loadSettings(flags, process.env);
  const isQuiet = settings.quiet === true;
  const format = settings.jsonLogs === true ? 'json' : 'text';
  const colours = coloursFor(process.stdout.isTTY === true, process.env);
  const log = createNodeLog({ format, colours, write: (text) => process.stdout.write(text), now: Date.now });
  const onInternalError = (error: unknown, id: string): void => {
    if (isQuiet) process.stderr.write(`internal error (${id}): ${String(error)}\n`);
    else log.onInternalError(error, id);
  };
  const options = { ...nodeOptionsFromSettings(settings), onInternalError };
  const node = await createNode(isQuiet ? options : { ...options, onRequest: log.onRequest });
  try {
    writeFiles(node, settings);
  } catch (error) {
    await node.close();
    throw error;
  }
  if (!isQuiet) {
    log.attach(node);
    if (format === 'text') process.stdout.write(bannerText(node));
    else
      process.stdout.write(
        `${JSON.stringify({ ts: new Date().toISOString(), event: 'listening', ...configOut(node) })}\n`,
      );
  }
  stopOnSignals(node, () => {
    log.flush();
    if (settings.readyFile !== undefined) rmSync(settings.readyFile, { force: true });
  });
}

/** `minichain node`. */
export function nodeCommand(): Command {
  const command = new Command('node').description('run a development chain with JSON-RPC on one port');
  const names = Object.keys(SETTINGS) as SettingName[];
  for (const group of GROUPS) {
    for (const name of names.filter((one) => SETTINGS[one].group === group)) {
      command.addOption(optionFor(name));
      for (const alias of aliasOptions(name)) command.addOption(alias);
    }
  }
  return command.action(run);
}
