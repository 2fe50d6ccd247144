import { runCommandLine } from './commandLine.ts';

const print = (stream: NodeJS.WriteStream) => (text: string) => stream.write(`${text}\n`);

runCommandLine(process.argv.slice(2), { print: print(process.stdout), progress: print(process.stderr) }).catch(
  (error: unknown) => {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
