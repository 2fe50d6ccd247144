import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchError } from '../errors.ts';
import { runSoak } from './runSoak.ts';

const USAGE = `Usage: node packages/bench/dist/soak/main.js [options] [-- flags of minichain node]

Loads a node, ends it at random moments and checks that nothing that was answered is lost.

  --minutes N   how long (default 1)
  --seed N      for the same run again (default: the time)
  --datadir D   directory to use (default: a temporary one, deleted afterwards)
  --help
`;

const megabytes = (bytes: number | null | undefined): string =>
  bytes === null || bytes === undefined ? 'unknown' : `${(bytes / 2 ** 20).toFixed(1)} MiB`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      datadir: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0)) throw new BenchError(`--minutes: expected a number above 0, got "${values.minutes}"`);
  if (!Number.isSafeInteger(seed)) throw new BenchError(`--seed: expected a whole number, got "${values.seed}"`);
  const folder = mkdtempSync(join(tmpdir(), 'minichain-soak-'));
  const node = [
    'bin/minichain.js',
    'node',
    '--port',
    '0',
    '--quiet',
    '--datadir',
    values.datadir ?? join(folder, 'data'),
  ];
  try {
    process.stdout.write(`seed ${seed}\n`);
    const result = await runSoak({
      command: [process.execPath, ...node, ...positionals],
      readyFile: join(folder, 'ready.json'),
      seconds: minutes * 60,
      seed,
      progress: (text) => process.stderr.write(`${text}\n`),
    });
    const { kills, terminations, acknowledged, blocks, returns } = result;
    process.stdout.write(
      `restarts survived ${kills + terminations} (${kills} after SIGKILL), acknowledged ${acknowledged}, lost 0, taken back ${returns} times, blocks ${blocks}, ` +
        `memory ${megabytes(result.residentAtStart)} at the start and ${megabytes(result.residentAtEnd)} at the end, ` +
        `directory ${megabytes(result.storageBytes)}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`soak: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
