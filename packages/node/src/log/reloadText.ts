import type { ReloadOutcome } from '../config/reload.ts';

/** What became of settings that were read anew. @example 'Settings reloaded from c.json: gasPrice none → 5' */
export function reloadText(outcome: ReloadOutcome, file: string | undefined): string {
  const where = file === undefined ? '' : ` from ${file}`;
  if (outcome.type === 'refused') return `Settings not reloaded, the old ones stay: ${outcome.reason}`;
  const changes = outcome.changes.map(({ name, from, to }) => `${name} ${from} → ${to}`);
  return `Settings reloaded${where}: ${changes.length === 0 ? 'nothing changed' : changes.join(', ')}`;
}
