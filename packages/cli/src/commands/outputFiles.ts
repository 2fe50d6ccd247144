import { renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { configOut, type MinichainNode, reasonFromSystem, type SettingValues } from '@minichain/node';
import { CliError } from '../cliError.ts';

/** Written whole or not at all: a reader that sees the file sees all of it. */
function writeAtomically(flag: string, file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new CliError(`${flag}: cannot write ${file}: ${reasonFromSystem(error)}`, 1, { cause: error });
  }
}

/** The files that tell others about a running node. */
export class OutputFiles {
  readonly #settings: Pick<SettingValues, 'configOut' | 'readyFile'>;

  /** A ready file that a killed node left behind goes first, so that nobody takes it for this node's. */
  constructor(settings: Pick<SettingValues, 'configOut' | 'readyFile'>) {
    this.#settings = settings;
    this.removeReadyFile();
  }

  /** @throws CliError naming the flag and the file. */
  write(node: MinichainNode): void {
    const { configOut: configFile, readyFile } = this.#settings;
    if (configFile !== undefined) writeAtomically('--config-out', configFile, configOut(node));
    if (readyFile === undefined || node.server === undefined) return;
    const { url, host, port } = node.server;
    const { metricsPort } = node;
    const metrics = metricsPort === undefined ? {} : { metricsPort };
    writeAtomically('--ready-file', readyFile, { url, host, port, ...metrics, pid: process.pid });
  }

  /** @throws CliError when it is there and cannot be removed. */
  removeReadyFile(): void {
    const { readyFile } = this.#settings;
    if (readyFile === undefined) return;
    try {
      unlinkSync(readyFile);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw new CliError(`--ready-file: cannot write ${readyFile}: ${reasonFromSystem(error)}`, 1, { cause: error });
    }
  }
}
