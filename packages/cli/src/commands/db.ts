import { Command } from 'commander';
import { backupCommand, restoreCommand } from './db/backup.ts';
import { checkCommand } from './db/check.ts';
import { compactCommand, pruneCommand } from './db/compact.ts';
import { exportCommand } from './db/export.ts';
import { importCommand } from './db/import.ts';
import { statCommand } from './db/stat.ts';

/** `minichain db`. */
export function dbCommand(): Command {
  return new Command('db')
    .description('look into, check, copy and move the chain in a data directory')
    .addCommand(statCommand())
    .addCommand(checkCommand())
    .addCommand(pruneCommand())
    .addCommand(compactCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand());
}
