import { isDeepStrictEqual } from 'node:util';
import { ConfigError } from './errors.ts';
import { type ApplySettings, HOT_SETTINGS, type HotNode } from './hotSettings.ts';
import type { LoadedSettings } from './load.ts';
import { SETTINGS, type SettingName } from './schema.ts';
import { isSwitch, type Setting } from './setting.ts';

/** A setting with what it was and is, as text for the flag. */
export interface SettingChange {
  readonly name: SettingName;
  readonly from: string;
  readonly to: string;
}

/** What became of a reload: what changed (nothing, when the settings are the same), or why all stays as it was. */
export type ReloadOutcome =
  | { readonly type: 'applied'; readonly changes: readonly SettingChange[] }
  | { readonly type: 'refused'; readonly reason: string };

interface ReloadOptions {
  readonly node: HotNode;
  /** What the node was started with. */
  readonly loaded: LoadedSettings;
  /** Reads the settings anew. @throws ConfigError for settings that a node could not start with. */
  readonly load: () => Promise<LoadedSettings>;
  /** How hot settings are applied that concern more than the node: the log's. */
  readonly others?: Readonly<Partial<Record<SettingName, ApplySettings>>>;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function textOf(name: SettingName, { given }: LoadedSettings): string {
  const setting: Setting<unknown> = SETTINGS[name];
  return given.get(name)?.text ?? setting.shownDefault ?? (isSwitch(setting) ? 'false' : 'none');
}

function changesBetween(before: LoadedSettings, after: LoadedSettings): SettingChange[] {
  const names = new Set([...before.given.keys(), ...after.given.keys()]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(before.values[name], after.values[name]))
    .map((name) => ({ name, from: textOf(name, before), to: textOf(name, after) }))
    .filter(({ from, to }) => from !== to);
}

/** Why some changes cannot be made; undefined when all can. */
function whyRefused(changes: readonly SettingChange[], { given }: LoadedSettings): string | undefined {
  const cold = changes.filter(({ name }) => (SETTINGS[name] as Setting<unknown>).hot !== true);
  if (cold.length === 0) return undefined;
  const facts = cold.map(({ name, from, to }) => {
    const { isSecret = false } = SETTINGS[name] as Setting<unknown>;
    const origin = given.get(name)?.origin;
    const key = origin?.from === 'file' ? `${origin.file}: ${origin.key}` : name;
    return isSecret ? key : `${key} (${from} to ${to})`;
  });
  return `${facts.join(', ')} cannot change while the node runs; restart it for that`;
}

/**
 * Lets a running node follow its settings. A reload is applied whole or not at all: settings that are wrong, or that only
 * a restart can change, leave the node as it is. What a client changed over RPC stays unless the setting itself changes.
 * @returns reloads; several at once run one after the other.
 * @example
 * const reload = createReload({ node, loaded, load: () => resolveSettings({}, process.env, folder) });
 * await reload(); // { type: 'applied', changes: [{ name: 'blockTime', from: 'none', to: '2' }] }
 */
export function createReload(options: ReloadOptions): () => Promise<ReloadOutcome> {
  const appliers = { ...HOT_SETTINGS, ...options.others };
  let current = options.loaded;

  const reload = async (): Promise<ReloadOutcome> => {
    let next: LoadedSettings;
    try {
      next = await options.load();
    } catch (error) {
      return { type: 'refused', reason: messageOf(error) };
    }
    const changes = changesBetween(current, next);
    const reason = whyRefused(changes, next);
    if (reason !== undefined) return { type: 'refused', reason };
    current = next;
    const due = new Set(changes.map(({ name }) => appliers[name]));
    try {
      for (const apply of due) await apply?.(options.node, next.values);
    } catch (error) {
      const what = changes.map(({ name }) => name).join(', ');
      throw new ConfigError(`${what}: could not be applied: ${messageOf(error)}`, { cause: error });
    }
    return { type: 'applied', changes };
  };

  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const turn = last
      .then(reload)
      .catch((error: unknown): ReloadOutcome => ({ type: 'refused', reason: messageOf(error) }));
    last = turn;
    return turn;
  };
}
