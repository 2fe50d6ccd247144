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
}

export const GROUPS = ['Server', 'Accounts', 'Mining', 'Chain', 'EVM', 'Files', 'Output'] as const;
export type Group = (typeof GROUPS)[number];

export const define = <T>(setting: Setting<T>): Setting<T> => setting;
