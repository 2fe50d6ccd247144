import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Chain } from '@minichain/core';
import { writeStateDump } from '@minichain/rpc';
import { ConfigError, reasonFromSystem } from './config/errors.ts';
import type { StateFileOptions } from './config/nodeOptions.ts';
import { loadStateFile } from './database/importState.ts';
import { writeWhole } from './database/writeWhole.ts';

const INTERVAL_MS = 60_000;
const IN_FOLDER = 'state.json';

/** A folder stands for a file in it. */
const fileAt = (path: string): string =>
  existsSync(path) && statSync(path).isDirectory() ? join(path, IN_FOLDER) : path;

/** What LevelDB keeps beside its tables. */
const LEVEL_FILE = 'CURRENT';

/** Ganache keeps its chain in such a folder; Hardhat keeps none. @throws ConfigError. */
function refuseDatabase(path: string): void {
  if (!existsSync(join(path, LEVEL_FILE)) || existsSync(join(path, IN_FOLDER))) return;
  throw new ConfigError(
    `${path} is a LevelDB database, as Ganache keeps its chain (--database.dbPath): it cannot be read, since its accounts are ` +
      'kept by the hashes of their addresses alone; states are read as anvil_dumpState or anvil --dump-state write them',
  );
}

/** Has a node start from its state file. @throws ConfigError naming the file, and the field that is wrong. */
export async function loadFrom(chain: Chain, { load, file }: StateFileOptions): Promise<void> {
  const path = load ?? file;
  if (path === undefined) return;
  refuseDatabase(path);
  const found = fileAt(path);
  if (load === undefined && !existsSync(found)) return;
  await loadStateFile(chain, found);
}

/** Said at once, and not when there is something to lose. */
function requireFolder(path: string): void {
  const folder = dirname(resolve(path));
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new ConfigError(`cannot write a state into ${folder}: ${reasonFromSystem(error)}`, { cause: error });
  }
}

interface Modules {
  readonly chain: Chain;
  /** Told why the file could not be written at an interval: it is tried again at the next. */
  readonly onFailure: (error: unknown) => void;
}

/** Writes a node's state to its file, at intervals and when it ends. */
export class StateWriter {
  readonly #modules: Modules;
  readonly #path: string;
  readonly #options: StateFileOptions;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  /** What was written last, by the head and how its state reads. */
  #written = '';

  constructor(path: string, options: StateFileOptions, modules: Modules) {
    this.#path = fileAt(path);
    requireFolder(this.#path);
    this.#options = options;
    this.#modules = modules;
    this.#arm();
  }

  /** Without another write. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Once no block is made any more. @throws ConfigError where the file cannot be written; then it is what it was. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writing;
    clearTimeout(this.#timer);
    await this.#write();
  }

  #arm(): void {
    const { intervalMs = INTERVAL_MS } = this.#options;
    this.#timer = setTimeout(() => {
      this.#writing = this.#writeIfChanged()
        .catch(this.#modules.onFailure)
        .finally(() => this.#arm());
    }, intervalMs).unref();
  }

  async #writeIfChanged(): Promise<void> {
    const { head } = this.#modules.chain.chain;
    if (this.#state(head) !== this.#written || !existsSync(this.#path)) await this.#write();
  }

  async #write(): Promise<void> {
    const { chain } = this.#modules;
    const { preserveHistoricalStates = false } = this.#options;
    const options = { preserveHistoricalStates, instanceId: chain.instanceId() };
    try {
      await writeStateDump(chain, options, async (text, head) => {
        const state = this.#state(head);
        await writeWhole(this.#path, text);
        this.#written = state;
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      throw new ConfigError(`cannot write the state to ${this.#path}: ${reasonFromSystem(error)}`, { cause: error });
    }
  }

  #state({ hash, stateRoot }: Chain['chain']['head']): string {
    return Buffer.concat([hash, stateRoot]).toString('hex');
  }
}
