import { ConfigError } from './errors.ts';
import type { Setting } from './setting.ts';

/** Where a value comes from; what has none is the default. */
export type Origin =
  | { readonly from: 'flag'; readonly name: string }
  | { readonly from: 'environment'; readonly name: string }
  /** `key` from the top of the file, such as `networks.ci.port`. */
  | { readonly from: 'file'; readonly file: string; readonly key: string }
  | { readonly from: 'preset'; readonly name: string };

/** A setting that somebody gave. */
export interface Given {
  /** As for the flag, in the flag's units. */
  readonly text: string;
  readonly value: unknown;
  readonly origin: Origin;
}

/** @example shownOrigin({ from: 'flag', name: '--port' }) // '--port' */
export function shownOrigin(origin: Origin): string {
  switch (origin.from) {
    case 'flag':
    case 'environment':
      return origin.name;
    case 'file':
      return `${origin.file}: ${origin.key}`;
    case 'preset':
      return `--preset ${origin.name}`;
  }
}

/** Reads the text of a setting. @throws ConfigError naming the setting as the user wrote it, the value, and what is allowed. */
export function readGiven(setting: Setting<unknown>, text: string, origin: Origin, shown = `"${text}"`): Given {
  try {
    return { text, value: setting.parse(text), origin };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`${shownOrigin(origin)}: ${error.message}, got ${shown}`, { cause: error });
  }
}
