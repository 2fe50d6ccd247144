// @ts-check
/** The thread that a compiler runs in: it blocks for as long as it compiles. Plain JavaScript, since it starts from source as well. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

// solc-js adds listeners to the process per instance and per crash; in a thread they harm nobody.
process.setMaxListeners(0);
const { directory } = /** @type {{ directory: string }} */ (workerData);
const solc = createRequire(join(directory, 'package.json'))(directory);

/** What solc asks for was not in the input: all that exists is put in before. */
const notFound = { import: () => ({ error: 'File not found' }) };
/** Before 0.5 the second argument was the function itself. */
const readCallback = /^0\.[0-4]\./.test(solc.version()) ? notFound.import : notFound;

parentPort?.on('message', (/** @type {{ id: number, input: string }} */ { id, input }) => {
  try {
    parentPort?.postMessage({ id, output: solc.compile(input, readCallback) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
parentPort?.postMessage({ longVersion: solc.version() });
