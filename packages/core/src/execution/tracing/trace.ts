import type { TypedTransaction } from '@ethereumjs/tx';
import { type Address, bytesToHex } from '@ethereumjs/util';
import type { RunTxResult, VM } from '@ethereumjs/vm';
import type { BlockRef } from '../../blocks/blockTag.ts';
import type { ExecutedBlock, TransactionLocation } from '../../blocks/executedBlock.ts';
import { blockError } from '../../blocks/faults.ts';
import type { StateStore } from '../../state/stateStore.ts';
import type { StateView } from '../../state/stateView.ts';
import { type ExecutionModules, openEnvironment } from '../environment.ts';
import { evmFailure } from '../failure.ts';
import { executionError } from '../faults.ts';
import type { CallRequest, Overrides } from '../request.ts';
import { runRequest, senderOf, txOfRequest } from '../runRequest.ts';
import { CallTracer } from './callTracer.ts';
import { PrestateTracer } from './prestate.ts';
import { openReplay } from './replay.ts';
import { StructLogger } from './structLog.ts';
import type { TraceOptions, TraceResult } from './traceTypes.ts';

/** What every tracer traces. */
interface Subject {
  readonly vm: VM;
  readonly tx: TypedTransaction;
  readonly sender: Address;
  readonly coinbase: Address;
  readonly run: () => Promise<RunTxResult>;
  /** The state as it is now, readable while the VM goes on. */
  readonly view: () => Promise<StateView>;
}

export interface TraceModules extends ExecutionModules {
  readonly chain: ExecutionModules['chain'] & {
    transaction(hash: Uint8Array): Promise<TransactionLocation | undefined>;
  };
}

async function traceStructs(subject: Subject, options: TraceOptions): Promise<TraceResult> {
  const logger = new StructLogger(options);
  const detach = logger.attach(subject.vm.evm);
  try {
    const result = await subject.run();
    const failure = evmFailure(result.execResult);
    if (failure !== undefined && failure.fault.code === 'HALTED') logger.fail(failure.fault.detail);
    return {
      type: 'struct',
      gas: result.totalGasSpent,
      failed: failure !== undefined,
      returnValue: failure?.fault.code === 'HALTED' ? new Uint8Array() : result.execResult.returnValue,
      structLogs: logger.logs,
    };
  } finally {
    detach();
  }
}

async function traceCalls(subject: Subject, options: TraceOptions): Promise<TraceResult> {
  const tracer = new CallTracer(options.tracerConfig ?? {});
  const detach = tracer.attach(subject.vm.evm);
  try {
    return { type: 'call', frame: tracer.finish(await subject.run(), subject.tx.gasLimit) };
  } finally {
    detach();
  }
}

async function tracePrestate(subject: Subject, options: TraceOptions): Promise<TraceResult> {
  const tracer = new PrestateTracer();
  const config = options.tracerConfig ?? {};
  const before = await subject.view();
  tracer.touchTransaction(subject.tx, subject.sender, subject.coinbase);
  const detach = tracer.attach(subject.vm.evm);
  try {
    await subject.run();
  } finally {
    detach();
  }
  if (config.diffMode !== true) return { type: 'prestate', accounts: await tracer.prestate(before, config) };
  return { type: 'diff', ...(await tracer.diff(before, await subject.view(), config)) };
}

function trace(subject: Subject, options: TraceOptions): Promise<TraceResult> {
  switch (options.tracer) {
    case undefined:
      return traceStructs(subject, options);
    case 'callTracer':
      return traceCalls(subject, options);
    case 'prestateTracer':
      return tracePrestate(subject, options);
    default:
      throw executionError({ code: 'TRACER_UNKNOWN', tracer: options.tracer });
  }
}

/** Publishes what the VM wrote so far, so that a view can read it. */
function viewOf(stateStore: StateStore, state: ReturnType<StateStore['open']>) {
  return async (): Promise<StateView> => {
    const root = await state.manager.getStateRoot();
    state.publish();
    return stateStore.view(root);
  };
}

async function traceInBlock(
  modules: TraceModules,
  executed: ExecutedBlock,
  only: number | undefined,
  options: TraceOptions,
) {
  const replay = await openReplay(modules, executed);
  const results: { hash: Uint8Array; result: TraceResult }[] = [];
  const last = only ?? executed.block.transactions.length - 1;
  for (let index = 0; index <= last; index++) {
    if (only !== undefined && index < only) {
      await replay.next();
      continue;
    }
    const tx = executed.block.transactions[index] as TypedTransaction;
    const subject: Subject = {
      vm: replay.vm,
      tx,
      sender: executed.senders[index] as Address,
      coinbase: executed.block.header.coinbase,
      run: () => replay.next(),
      view: viewOf(modules.stateStore, replay.state),
    };
    results.push({ hash: tx.hash(), result: await trace(subject, options) });
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
  const environment = await openEnvironment(modules, at, options.overrides);
  const gasLimit = request.gasLimit ?? environment.header.gasLimit;
  return trace(
    {
      vm: environment.vm,
      tx: txOfRequest(request, gasLimit, environment.common),
      sender: senderOf(request),
      coinbase: environment.header.coinbase,
      run: () => runRequest(environment, request, gasLimit),
      view: viewOf(modules.stateStore, environment.state),
    },
    options,
  );
}
