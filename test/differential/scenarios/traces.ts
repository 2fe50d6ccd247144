import type { Hex } from 'viem';
import { alice, bob } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { contract, deploy, encode, send, write } from '../send.ts';

const UNKNOWN = `0x${'12'.repeat(32)}`;
const TRACERS = [
  {},
  { tracer: 'callTracer' },
  { tracer: 'callTracer', tracerConfig: { withLog: true } },
  { tracer: 'callTracer', tracerConfig: { onlyTopCall: true } },
  { tracer: 'prestateTracer' },
  { tracer: 'prestateTracer', tracerConfig: { diffMode: true } },
];

/** What transactions and calls did, step by step. */
export async function traces(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n], { value: 9n });
  const child = await deploy(pair, bob, 'Child', [1n]);
  const hashes: Hex[] = [child.hash, await send(pair, alice, { to: bob.address, value: 1n })];
  hashes.push(await write(pair, alice, lab, 'set', [5n]));
  hashes.push(await write(pair, alice, lab, 'touchChild', [child.address, 5n]));
  hashes.push(await write(pair, alice, lab, 'catchChild', [child.address, 6n]));
  hashes.push(await write(pair, alice, lab, 'nest', [2n]));
  hashes.push(await write(pair, alice, lab, 'make', [3n]));
  hashes.push(await write(pair, alice, lab, 'delegate', [lab.address, encode('set', [8n])]));
  for (const kind of [0n, 1n, 6n, 7n]) {
    hashes.push(await send(pair, alice, { to: lab.address, data: encode('fail', [kind]), gas: 100_000n }));
  }
  hashes.push(UNKNOWN as Hex);
  for (const hash of hashes.slice(0, -1)) await pair.ask('trace_transaction', [hash]);
  await pair.ask('trace_transaction', [UNKNOWN]);
  await pair.ask('trace_block', ['latest']);
  for (const kind of ['trace', 'stateDiff']) await pair.ask('trace_replayBlockTransactions', ['latest', [kind]]);
  await pair.ask('trace_filter', [{ fromBlock: '0x1', toBlock: '0x3', toAddress: [child.address] }]);
  for (const hash of hashes) for (const options of TRACERS) await pair.ask('debug_traceTransaction', [hash, options]);
  await pair.ask('debug_traceTransaction', [hashes[2], { enableMemory: true, disableStack: true }]);
  await pair.ask('debug_traceTransaction', [hashes[2], { disableStorage: true, enableReturnData: true }]);
  await pair.ask('debug_traceTransaction', [hashes[2]]);
  for (const options of TRACERS.slice(1)) await pair.ask('debug_traceBlockByNumber', ['latest', options]);
  const request = { from: alice.address, to: lab.address, data: encode('touchChild', [child.address, 7n]) };
  for (const options of TRACERS) {
    await pair.ask('debug_traceCall', [request, 'latest', options]);
    await pair.ask('debug_traceCall', [
      { from: alice.address, data: contract('Unwilling').bytecode },
      'latest',
      options,
    ]);
  }
}
