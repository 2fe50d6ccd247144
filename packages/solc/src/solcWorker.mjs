// @ts-check
/** The thread that a compiler runs in: it blocks for as long as it compiles. Plain JavaScript, since it starts from source as well. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

// Each soljson adds listeners to the process; in a thread they harm nobody.
process.setMaxListeners(0);
const { directory, wrapper } = /** @type {{ directory: string, wrapper: string }} */ (workerData);
const require = createRequire(import.meta.url);
// The newest wrapper around every soljson: packages before 0.5 have other functions and know Standard JSON in part.
const solc = require(wrapper)(require(join(directory, 'soljson.js')));

/** All that exists was put into the input before. */
const readCallback = { import: () => ({ error: 'File not found' }) };

parentPort?.on('message', (/** @type {{ id: number, input: string }} */ { id, input }) => {
  try {
    parentPort?.postMessage({ id, output: solc.compile(input, readCallback) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
parentPort?.postMessage({ longVersion: solc.version() });
