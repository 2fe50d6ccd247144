import { writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { BenchError } from './errors.ts';
import { help, readCommandLine } from './options.ts';
import { markdownFrom } from './report.ts';
import { runBench, workloads } from './runBench.ts';
import { fullSizes, quickSizes } from './workload.ts';

interface Output {
  /** The table. */
  readonly print: (text: string) => void;
  /** What is being measured now. */
  readonly progress: (line: string) => void;
}

/** What a reader needs to judge the numbers, and to get them again. */
function provenance(args: readonly string[], rounds: number) {
  return {
    command: ['node packages/bench/dist/main.js', ...args].join(' '),
    rounds,
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    system: `${type()} ${release()}`,
  };
}

/**
 * The program: reads the arguments, measures, prints the table and writes the files asked for.
 * @throws BenchError for bad arguments, or a target that cannot be measured.
 * @example await runCommandLine(['--peers', '--quick'], { print: console.log, progress: console.error })
 */
export async function runCommandLine(args: readonly string[], { print, progress }: Output): Promise<void> {
  const { targets, rounds, only, isQuick, wantsHelp, json, markdown } = readCommandLine(args);
  if (wantsHelp) {
    print(help);
    return;
  }
  const unknown = only.find((name) => !workloads.some((workload) => workload.name === name));
  if (unknown !== undefined) throw new BenchError(`--only: there is no workload "${unknown}"`);
  const sizes = isQuick ? quickSizes : fullSizes;
  const { rows, usage, failures } = await runBench({ targets, rounds, sizes, only, progress });
  const origin = provenance(args, rounds);
  const { command, node, cores, processor, system } = origin;
  const line = `Medians of ${rounds} interleaved round(s); ${node}, ${cores} × ${processor}, ${system}`;
  const failed = failures.map((failure) => `\nFAILED ${failure}`).join('');
  const report = `${markdownFrom(rows)}\n\nWhole workloads, preparation included:\n\n${markdownFrom(usage)}\n${failed}\n${line}:\n\n    ${command}`;
  print(report);
  if (markdown !== undefined) writeFileSync(markdown, `${report}\n`);
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ ...origin, sizes, rows, usage, failures }, null, 2)}\n`);
}
