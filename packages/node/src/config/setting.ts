import type { Parser } from './parsers.ts';

/** One setting: its flag, its environment variable, how its text is read, and what it means. */
export interface Setting<T> {
  /** As commander writes it: `-p, --port <number>`; without a value it is a switch. */
  readonly flag: string;
  readonly env: string;
  readonly parse: Parser<T>;
  readonly help: string;
  readonly group: Group;
  /** Shown in help; what it is when left out. */
  readonly shownDefault?: string;
  /** The same setting under a name that other tools use; not in the help. */
  readonly aliases?: readonly string[];
  /** Text that a flag with an optional value stands for when it has none. */
  readonly bareValue?: string;
  /** Accepted because other tools pass it; not in the help. */
  readonly isHidden?: boolean;
  /** Whether a running node takes a new value over: `reload.ts` says how, and a test holds the two together. */
  readonly hot?: boolean;
  /** Whether it is somebody's secret, which is shown only when asked for. */
  readonly isSecret?: boolean;
  /** Chooses the config file, and so cannot be in it. */
  readonly isOutsideFile?: boolean;
}

export const GROUPS = [
  'Config',
  'Server',
  'Limits',
  'Accounts',
  'Mining',
  'Chain',
  'Storage',
  'State',
  'EVM',
  'Files',
  'Output',
] as const;
type Group = (typeof GROUPS)[number];

export const define = <T>(setting: Setting<T>): Setting<T> => setting;

/** The long name of a flag. @example longFlag(SETTINGS.port) // '--port' */
export const longFlag = (setting: Pick<Setting<unknown>, 'flag'>): string =>
  (/--[a-z0-9-]+/.exec(setting.flag) as RegExpExecArray)[0];

/** Whether it is on or off, as a flag without a value or one with `yes` and `no`. */
export const isSwitch = (setting: Pick<Setting<unknown>, 'parse'>): boolean => setting.parse.schema?.type === 'boolean';

/** @example variableOf(SETTINGS.port) // 'MINICHAIN_PORT' */
export const variableOf = (setting: Pick<Setting<unknown>, 'env'>): string => `MINICHAIN_${setting.env}`;
