import type { TypedTransaction } from '@ethereumjs/tx';
import { type Address, bytesToHex } from '@ethereumjs/util';
import type { BlockRef } from '../../blocks/blockTag.ts';
import type { ExecutedBlock, TransactionLocation } from '../../blocks/executedBlock.ts';
import { blockError } from '../../blocks/faults.ts';
import { type ExecutionModules, gasOf, openLibraryEnvironment } from '../environment.ts';
import type { CallRequest, Overrides } from '../request.ts';
import { runRequest, senderOf, txOfRequest } from '../runRequest.ts';
import { openTracedReplay } from './replay.ts';
import { runTracer, type TraceSubject } from './runTracer.ts';
import { TraceBudget } from './traceBudget.ts';
import { needsOnlyFrames, type TracedTransaction, traceBlockFrames, traceCallFrames } from './traceFrames.ts';
import type { TraceOptions, TraceResult } from './traceTypes.ts';

export interface TraceModules extends ExecutionModules {
  readonly chain: ExecutionModules['chain'] & {
    transaction(hash: Uint8Array): Promise<TransactionLocation | undefined>;
  };
}

async function traceInBlock(
  modules: TraceModules,
  executed: ExecutedBlock,
  only: number | undefined,
  options: TraceOptions,
): Promise<TracedTransaction[]> {
  if (needsOnlyFrames(options)) {
    const traced = await traceBlockFrames(modules, executed, only, options);
    if (traced !== undefined) return traced;
  }
  const replay = await openTracedReplay(modules, executed);
  const budget = new TraceBudget(modules.limits.traceLimitBytes);
  const results: TracedTransaction[] = [];
  const last = only ?? executed.block.transactions.length - 1;
  for (let index = 0; index <= last; index++) {
    if (only !== undefined && index < only) {
      await replay.next();
      continue;
    }
    const tx = executed.block.transactions[index] as TypedTransaction;
    const subject: TraceSubject = {
      budget,
      vm: replay.machine.vm,
      tx,
      sender: executed.senders[index] as Address,
      coinbase: executed.block.header.coinbase,
      run: () => replay.next(),
      view: () => replay.machine.state.view(),
    };
    results.push({ hash: tx.hash(), result: await runTracer(subject, options) });
  }
  return results;
}

/** `debug_traceTransaction`. @throws BlockError TRANSACTION_NOT_FOUND; ExecutionError TRACER_UNKNOWN. */
export async function traceTransaction(modules: TraceModules, hash: Uint8Array, options: TraceOptions = {}) {
  const place = await modules.chain.transaction(hash);
  if (place === undefined) throw blockError({ code: 'TRANSACTION_NOT_FOUND', hash: bytesToHex(hash) });
  const [traced] = await traceInBlock(modules, place.block, place.index, options);
  return (traced as { result: TraceResult }).result;
}

/** `debug_traceBlockByNumber` and the like: every transaction in order. */
export async function traceBlock(modules: TraceModules, block: ExecutedBlock, options: TraceOptions = {}) {
  if (block.block.header.number === 0n) return [];
  return traceInBlock(modules, block, undefined, options);
}

/** `debug_traceCall`: on the state after the block. @throws ExecutionError, BlockError. */
export async function traceCall(
  modules: TraceModules,
  request: CallRequest,
  at: BlockRef,
  options: TraceOptions & { overrides?: Overrides } = {},
): Promise<TraceResult> {
  if (needsOnlyFrames(options)) {
    const traced = await traceCallFrames(modules, request, at, options);
    if (traced !== undefined) return traced;
  }
  const environment = await openLibraryEnvironment(modules, at, options.overrides);
  const gasLimit = gasOf(request.gasLimit, environment.header, modules.limits);
  return runTracer(
    {
      budget: new TraceBudget(modules.limits.traceLimitBytes),
      vm: environment.machine.vm,
      tx: txOfRequest(request, gasLimit, environment.common),
      sender: senderOf(request),
      coinbase: environment.header.coinbase,
      run: () => runRequest(environment, request, { gasLimit }),
      view: () => environment.machine.state.view(),
    },
    options,
  );
}
