import { Command } from 'commander';
import { backupCommand, restoreCommand } from './db/backup.ts';
import { checkCommand } from './db/check.ts';
import { compactCommand, pruneCommand } from './db/compact.ts';
import { exportCommand } from './db/export.ts';
import { importCommand } from './db/import.ts';
import { statCommand } from './db/stat.ts';

const INTERRUPTED = 130;
const TERMINATED = 143;

/** An end that what is under way hears of: it takes its temporary files along. */
function endOnSignals(): void {
  process.once('SIGINT', () => process.exit(INTERRUPTED));
  process.once('SIGTERM', () => process.exit(TERMINATED));
}

/** `minichain db`. */
export function dbCommand(): Command {
  return new Command('db')
    .description('look into, check, copy and move the chain in a data directory')
    .hook('preAction', endOnSignals)
    .addCommand(statCommand())
    .addCommand(checkCommand())
    .addCommand(pruneCommand())
    .addCommand(compactCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand());
}
