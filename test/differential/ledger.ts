import { brief, type Difference } from '../support/differences.ts';
import { ABSENT, type AllowedDifference, allowed } from './allowed.ts';

function matches(rule: unknown, value: unknown): boolean {
  if (rule === undefined) return true;
  if (rule === ABSENT) return value === undefined;
  if (rule instanceof RegExp) return rule.test(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  return JSON.stringify(rule) === JSON.stringify(value);
}

/** Keeps account of every difference that was seen: listed ones by entry, the others by what they were. */
export class Ledger {
  readonly #allowed: readonly AllowedDifference[];
  readonly #used = new Set<AllowedDifference>();
  /** A set, since one cause shows in many replies. */
  readonly #open = new Set<string>();
  /** Every method that was asked of both. */
  readonly asked = new Set<string>();
  /** The scenario that is running. */
  scenario = '';

  /** @param list the differences that may be. */
  constructor(list: readonly AllowedDifference[] = allowed) {
    this.#allowed = list;
  }

  record(method: string, params: unknown, found: readonly Difference[]): void {
    for (const { path, expected, actual } of found) {
      const entries = this.#entriesFor(method, params, { path, expected, actual });
      for (const entry of entries) this.#used.add(entry);
      if (entries.length > 0) continue;
      this.#open.add(`${method} ${brief(params)} → ${path}: anvil ${brief(expected)}, minichain ${brief(actual)}`);
    }
  }

  /** What was not allowed since the last call, one line each. */
  take(): string[] {
    const taken = [...this.#open];
    this.#open.clear();
    return taken;
  }

  /** Entries that nothing needed. */
  unused(): readonly AllowedDifference[] {
    return this.#allowed.filter((entry) => !this.#used.has(entry));
  }

  #entriesFor(method: string, params: unknown, { path, expected, actual }: Difference): AllowedDifference[] {
    return this.#allowed.filter(
      (one) =>
        (one.scenario?.test(this.scenario) ?? true) &&
        one.method.test(method) &&
        (one.params?.test(JSON.stringify(params)) ?? true) &&
        one.path.test(path) &&
        matches(one.anvil, expected) &&
        matches(one.minichain, actual) &&
        (one.when?.(expected, actual) ?? true),
    );
  }
}
