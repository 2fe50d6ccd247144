import type { TypedTransaction } from '@ethereumjs/tx';
import { Address, bytesToHex } from '@ethereumjs/util';
import type { BlockRef } from '../../blocks/blockTag.ts';
import { decodeBlocks } from '../../blocks/decodeBlocks.ts';
import type { ExecutedBlock, TransactionLocation } from '../../blocks/executedBlock.ts';
import { blockError } from '../../blocks/faults.ts';
import type { TransactionResult } from '../engine/machine.ts';
import { type ExecutionModules, gasOf, openEnvironmentOn, openLibraryEnvironmentOn } from '../environment.ts';
import type { CallRequest, Overrides } from '../request.ts';
import { attemptRequest, runRequest, senderOf, txOfRequest } from '../runRequest.ts';
import { openReplay, viewOf } from './replay.ts';
import { TraceBudget } from './traceBudget.ts';
import type { Tracer, TraceSubject } from './tracer.ts';
import { needsOwnState, openTracer } from './tracers.ts';
import type { TraceCallOptions, TraceOptions, TraceResult } from './traceTypes.ts';
import { blockWithin } from './withinBlock.ts';

export interface TraceModules extends ExecutionModules {
  readonly chain: ExecutionModules['chain'] & {
    transaction(hash: Uint8Array): Promise<TransactionLocation | undefined>;
  };
}

/** A transaction of a block with its trace. */
export interface TracedTransaction {
  readonly hash: Uint8Array;
  readonly result: TraceResult;
}

/** What of a block is traced. */
type TracedBlock = Pick<ExecutedBlock, 'block' | 'senders' | 'hash'>;

interface Replayed {
  readonly executed: TracedBlock;
  /** All of them when undefined. */
  readonly only: number | undefined;
  /** Whether the chain's engine could not tell what is asked for. */
  readonly onLibrary: boolean;
}

/** @returns undefined where the engine cannot tell. */
async function tracedBy(
  subject: TraceSubject,
  options: TraceOptions,
  run: (tracer: Tracer) => Promise<TransactionResult>,
): Promise<TraceResult | undefined> {
  const tracer = await openTracer(subject, options);
  let ran: TransactionResult;
  try {
    ran = await run(tracer);
  } catch (error) {
    await tracer.close?.();
    throw error;
  }
  return tracer.finish(ran);
}

/** @returns undefined where the engine cannot tell. */
async function replayTraced(
  modules: TraceModules,
  { executed, only, onLibrary }: Replayed,
  options: TraceOptions,
): Promise<TracedTransaction[] | undefined> {
  const { block, senders } = executed;
  const replay = await openReplay(modules, executed, { onLibrary });
  const budget = new TraceBudget(modules.limits.traceLimitBytes);
  const traced: TracedTransaction[] = [];
  const isPrecompile = (address: Uint8Array) => replay.machine.isPrecompile(new Address(address));
  try {
    for (let index = 0; index <= (only ?? block.transactions.length - 1); index++) {
      if (only !== undefined && index < only) {
        await replay.next();
        continue;
      }
      const tx = block.transactions[index] as TypedTransaction;
      const { header } = block;
      const hash = tx.hash();
      const subject: TraceSubject = {
        ...{ budget, header, isPrecompile, tx: () => tx, gasLimit: tx.gasLimit },
        ...{ sender: senders[index] as Address, coinbase: header.coinbase, view: replay.view },
        place: { hash, blockHash: executed.hash, index },
      };
      const result = await tracedBy(subject, options, (tracer) => replay.next(tracer));
      if (result === undefined) return undefined;
      traced.push({ hash, result });
    }
    return traced;
  } finally {
    replay.machine.close();
  }
}

async function traceInBlock(
  modules: TraceModules,
  executed: TracedBlock,
  only: number | undefined,
  options: TraceOptions,
): Promise<TracedTransaction[]> {
  const replay = (onLibrary: boolean) => replayTraced(modules, { executed, only, onLibrary }, options);
  return (await replay(false)) ?? ((await replay(true)) as TracedTransaction[]);
}

/** `debug_traceTransaction`. @throws BlockError TRANSACTION_NOT_FOUND; ExecutionError TRACER_UNKNOWN. */
export async function traceTransaction(modules: TraceModules, hash: Uint8Array, options: TraceOptions = {}) {
  const place = await modules.chain.transaction(hash);
  if (place === undefined) throw blockError({ code: 'TRANSACTION_NOT_FOUND', hash: bytesToHex(hash) });
  const [traced] = await traceInBlock(modules, place.block, place.index, options);
  return (traced as TracedTransaction).result;
}

/** `debug_traceBlockByNumber` and the like: every transaction in order. */
export async function traceBlock(modules: TraceModules, block: TracedBlock, options: TraceOptions = {}) {
  if (block.block.header.number === 0n) return [];
  return traceInBlock(modules, block, undefined, options);
}

/**
 * `debug_traceBlock`: a block by its RLP, whose parent must be known.
 * @throws BlockError BLOCK_INVALID, BLOCK_NOT_FOUND.
 */
export async function decodeTracedBlock(modules: TraceModules, bytes: Uint8Array): Promise<TracedBlock> {
  const [block] = decodeBlocks(bytes, modules.hardforks);
  if (block === undefined) throw blockError({ code: 'BLOCK_INVALID', detail: 'cannot decode: there are no bytes' });
  // Who sent by impersonation signed nothing.
  const known = await modules.chain.get({ hash: block.hash() });
  return known ?? { block, hash: block.hash(), senders: block.transactions.map((tx) => tx.getSenderAddress()) };
}

interface TracedCall {
  readonly request: CallRequest;
  readonly executed: ExecutedBlock;
  readonly onLibrary: boolean;
}

async function runTracedCall(
  modules: TraceModules,
  { request, executed, onLibrary }: TracedCall,
  options: TraceCallOptions,
): Promise<TraceResult | undefined> {
  // The state in the middle of a block is nobody else's.
  const isOwn = needsOwnState(options) || options.transactionIndex !== undefined;
  // A state of its own is one that something is overridden in.
  const overrides: Overrides = isOwn ? { block: {}, ...options.overrides } : (options.overrides ?? {});
  const environment = await (onLibrary ? openLibraryEnvironmentOn : openEnvironmentOn)(modules, executed, overrides);
  const { machine, header, common } = environment;
  try {
    const gasLimit = gasOf(request.gasLimit, header, modules.limits);
    const subject: TraceSubject = {
      budget: new TraceBudget(modules.limits.traceLimitBytes),
      tx: () => txOfRequest(request, gasLimit, common),
      gasLimit,
      sender: senderOf(request),
      ...{ header, coinbase: header.coinbase },
      view: () => viewOf(machine),
      isPrecompile: (address) => machine.isPrecompile(new Address(address)),
    };
    const run = isOwn ? runRequest : attemptRequest;
    return await tracedBy(subject, options, (observer) => run(environment, request, { gasLimit, observer }));
  } finally {
    machine.close();
  }
}

/** `debug_traceCall`: on the state after the block, or after some of its transactions. @throws ExecutionError, BlockError. */
export async function traceCall(
  modules: TraceModules,
  request: CallRequest,
  at: BlockRef,
  options: TraceCallOptions = {},
): Promise<TraceResult> {
  const block = await modules.chain.require(at);
  const { transactionIndex: index } = options;
  const executed = index === undefined ? block : await blockWithin(modules, { executed: block, index });
  const run = (onLibrary: boolean) => runTracedCall(modules, { request, executed, onLibrary }, options);
  return (await run(false)) ?? ((await run(true)) as TraceResult);
}
