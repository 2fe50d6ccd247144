import { writeFileSync } from 'node:fs';
import { cpus, version as kernel } from 'node:os';
import { BenchError } from './errors.ts';
import { help, readCommandLine } from './options.ts';
import { markdownFrom } from './report.ts';
import { runBench, workloads } from './runBench.ts';
import { fullSizes, quickSizes } from './workload.ts';

async function main(args: readonly string[]): Promise<void> {
  const { targets, rounds, only, isQuick, wantsHelp, json, markdown } = readCommandLine(args);
  if (wantsHelp) {
    process.stdout.write(`${help}\n`);
    return;
  }
  const unknown = only.find((name) => !workloads.some((workload) => workload.name === name));
  if (unknown !== undefined) throw new BenchError(`--only: there is no workload "${unknown}"`);
  const sizes = isQuick ? quickSizes : fullSizes;
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  const rows = await runBench({ targets, rounds, sizes, only, progress });
  const table = markdownFrom(rows);
  const machine = {
    node: process.version,
    cores: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    kernel: kernel(),
  };
  process.stdout.write(`${table}\n`);
  if (markdown !== undefined) writeFileSync(markdown, `${table}\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ machine, rounds, sizes, rows }, null, 2)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
