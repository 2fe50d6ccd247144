import { bytesToHex, concatBytes } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { CoreError } from '../errors.ts';
import { decodeTransaction } from '../transactions/decode.ts';
import { effectiveTip } from '../transactions/prices.ts';
import { reasonFromLibrary } from '../transactions/txData.ts';
import type {
  BundledTransaction,
  BundleResult,
  CallBundle,
  CallManyOptions,
  CallOutcome,
  SignedBundle,
} from './bundleTypes.ts';
import type { TransactionResult } from './engine/machine.ts';
import { type Environment, type ExecutionModules, gasOf, openEnvironmentOn } from './environment.ts';
import { environmentHeader } from './environmentHeader.ts';
import { evmFailure } from './failure.ts';
import { ExecutionError, executionError } from './faults.ts';
import type { BlockOverrides, CallRequest } from './request.ts';
import { runRequest } from './runRequest.ts';
import { blockWithin } from './tracing/withinBlock.ts';

/** Between two bundles, seconds. */
const SLOT_SECONDS = 12n;

async function outcomeOf(
  environment: Environment,
  request: CallRequest,
  modules: ExecutionModules,
): Promise<CallOutcome> {
  try {
    const gasLimit = gasOf(request.gasLimit, environment.header, modules.limits);
    const result = await runRequest(environment, request, { gasLimit });
    const error = evmFailure(result);
    return error === undefined ? { returnData: result.output } : { error };
  } catch (error) {
    // What cannot even begin is as much an answer as what fails; time that is up is not.
    if (error instanceof ExecutionError && error.fault.code !== 'TIMED_OUT') return { error };
    throw error;
  }
}

/**
 * `eth_callMany`: calls one after the other, each seeing what those before it did; each bundle a block later than the one
 * before, unless it says otherwise.
 * @throws BlockError; ExecutionError OVERRIDE_INVALID, CALL_INVALID, TIMED_OUT.
 */
export async function callMany(
  modules: ExecutionModules,
  bundles: readonly CallBundle[],
  { at, transactionIndex, state }: CallManyOptions,
): Promise<CallOutcome[][]> {
  const executed = await modules.chain.require(at);
  const start =
    transactionIndex === undefined ? executed : await blockWithin(modules, { executed, index: transactionIndex });
  const blockHashes = new Map(bundles.flatMap(({ block }) => [...(block?.blockHashes ?? [])]));
  const overrides = { block: { blockHashes }, ...(state === undefined ? {} : { state }) };
  const environment = await openEnvironmentOn(modules, start, overrides);
  try {
    const results: CallOutcome[][] = [];
    let block: BlockOverrides = {};
    for (const bundle of bundles) {
      block = { ...block, ...bundle.block };
      const header = environmentHeader(executed.block.header, block, environment.common);
      const outcomes: CallOutcome[] = [];
      for (const call of bundle.calls) outcomes.push(await outcomeOf({ ...environment, header }, call, modules));
      results.push(outcomes);
      block = { ...block, number: header.number + 1n, timestamp: header.timestamp + SLOT_SECONDS };
    }
    return results;
  } finally {
    environment.machine.close();
  }
}

/** The environment of the block after the one that the bundle runs on. */
async function openBundle(modules: ExecutionModules, { at, block }: SignedBundle): Promise<Environment> {
  const executed = await modules.chain.require(at);
  const { header } = executed.block;
  const timestamp = block.timestamp ?? header.timestamp + SLOT_SECONDS;
  const number = block.number ?? header.number + 1n;
  const isPriced = modules.hardforks.commonAt(number, timestamp).isActivatedEIP(1559);
  const baseFeePerGas = header.baseFeePerGas === undefined ? undefined : header.calcNextBaseFee();
  const overrides = {
    ...(isPriced && baseFeePerGas !== undefined ? { baseFeePerGas } : {}),
    ...block,
    ...{ timestamp, number },
  };
  return openEnvironmentOn(modules, executed, { block: overrides });
}

const refused = (hash: Uint8Array, error: unknown): ExecutionError => {
  const why = error instanceof CoreError ? error.message : reasonFromLibrary(error);
  const detail = `err: ${why}; txhash ${bytesToHex(hash)}`;
  return executionError({ code: 'CALL_INVALID', detail }, { cause: error });
};

async function runBundled(
  { machine, header, common }: Environment,
  raw: Uint8Array,
  gasUsedBefore: bigint,
): Promise<BundledTransaction> {
  const { tx, sender } = decodeTransaction(raw, common);
  const hash = tx.hash();
  const balance = async (): Promise<bigint> => (await machine.account(header.coinbase))?.balance ?? 0n;
  const before = await balance();
  let result: TransactionResult;
  try {
    result = await machine.run({ fields: tx, typed: () => tx, sender, header, gasUsedBefore });
  } catch (error) {
    if (error instanceof ExecutionError && error.fault.code === 'TIMED_OUT') throw error;
    throw refused(hash, error);
  }
  const failure = evmFailure(result);
  return {
    ...{ hash, sender, to: tx.to, gasUsed: result.gasUsed },
    earned: (await balance()) - before,
    tips: result.gasUsed * effectiveTip(tx, header.baseFeePerGas ?? 0n),
    outcome: failure === undefined ? { returnData: result.output } : { error: failure },
  };
}

/**
 * `eth_callBundle`: signed transactions one after the other in the block after a known one, and what its producer would earn.
 * @throws BlockError; TransactionError; ExecutionError CALL_INVALID, which names the transaction that cannot be in that block.
 */
export async function callBundle(modules: ExecutionModules, bundle: SignedBundle): Promise<BundleResult> {
  const environment = await openBundle(modules, bundle);
  try {
    const transactions: BundledTransaction[] = [];
    let gasUsed = 0n;
    for (const raw of bundle.transactions) {
      const one = await runBundled(environment, raw, gasUsed);
      gasUsed += one.gasUsed;
      transactions.push(one);
    }
    const hash = keccak256(concatBytes(...transactions.map((one) => one.hash)));
    return { hash, stateBlock: environment.executed.block.header.number, transactions };
  } finally {
    environment.machine.close();
  }
}
