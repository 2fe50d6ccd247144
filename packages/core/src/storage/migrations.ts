import type { Backend } from './backend.ts';
import { keyOf, namePart } from './keys.ts';

/** Number of the schema that the last migration led to. */
const STEP = keyOf('meta', namePart('migrated'));
const textEncoder = new TextEncoder();

/** How a database of one schema becomes one of the next. */
export interface Migration {
  /** What changes, for whoever waits for it. @example 'give every log its place in the index' */
  readonly title: string;
  /**
   * Changes the database. A crash may end it anywhere and it is then run again from its start: what is done already must not
   * be harmed by that. It writes in batches of a bounded size.
   */
  run(backend: Backend): Promise<void>;
}

/** The first leads from schema 1 to 2, the next from 2 to 3, and so on. None is ever taken out or changed. */
export const MIGRATIONS: readonly Migration[] = [];

/** The schema that a list of migrations leads to. */
export const schemaAfter = (migrations: readonly Migration[]): number => migrations.length + 1;

/**
 * Brings a database up to date. The schema is noted after each step, so that only the one under way is repeated after a crash.
 * @param schema of the database now, at least 1.
 */
export async function migrate(
  backend: Backend,
  schema: number,
  note: (schema: number) => Promise<void>,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (const [index, migration] of migrations.entries()) {
    const from = index + 1;
    if (from < schema) continue;
    await migration.run(backend);
    // So that the device has what the step wrote before it has the note.
    await backend.write(new Map([[STEP, textEncoder.encode(String(from + 1))]]), true);
    await note(from + 1);
  }
}
