import { Address } from '@ethereumjs/util';
import type { BlockRef } from '../blocks/blockTag.ts';
import { AccessListTracer } from './accessListTracer.ts';
import { type ExecutionModules, gasOf, openEnvironment, paceOf } from './environment.ts';
import { evmFailure } from './failure.ts';
import type { Pace } from './pace.ts';
import type { AccessListEntry, CallRequest, Overrides } from './request.ts';
import { attemptRequest, senderOf } from './runRequest.ts';

export interface CreatedAccessList {
  readonly accessList: readonly AccessListEntry[];
  readonly gasUsed: bigint;
  readonly error?: string;
}

/** A list that changes what code does could swing for ever; geth gives it no bound, we give it this. */
const MAX_ROUNDS = 16;

const sizeOf = (list: readonly AccessListEntry[]): number =>
  list.reduce((sum, { storageKeys }) => sum + 1 + storageKeys.length, 0);

interface Place {
  readonly at: BlockRef;
  readonly overrides: Overrides | undefined;
  readonly pace: Pace;
}

/** Runs the request and notes what it touches beyond what is warm anyway: its sender, its recipient, precompiles. */
async function runWatched(modules: ExecutionModules, request: CallRequest, { at, overrides, pace }: Place) {
  const environment = await openEnvironment(modules, at, overrides, pace);
  const { machine, header } = environment;
  try {
    const gasLimit = gasOf(request.gasLimit, header, modules.limits);
    const observer = new AccessListTracer(request.accessList ?? [], {
      isSpared: (address) => [senderOf(request), request.to].some((known) => known != null && isAt(known, address)),
      isPrecompile: (address) => machine.isPrecompile(new Address(address)),
    });
    const result = await attemptRequest(environment, request, { gasLimit, observer });
    return { found: observer.list(), result };
  } finally {
    machine.close();
  }
}

const isAt = ({ bytes }: Address, address: Uint8Array): boolean => Buffer.compare(bytes, address) === 0;

/**
 * `eth_createAccessList` (EIP-2930): runs the request, adds what it touched to its access list, and again until the list
 * no longer grows. A failing call is reported beside the list, as geth does.
 * @throws ExecutionError for a request that cannot run, TIMED_OUT; BlockError.
 */
export async function createAccessList(
  modules: ExecutionModules,
  request: CallRequest,
  at: BlockRef,
  overrides?: Overrides,
): Promise<CreatedAccessList> {
  let accessList = request.accessList ?? [];
  const pace = paceOf(modules);
  for (let round = 0; ; round++) {
    const { found, result } = await runWatched(modules, { ...request, accessList }, { at, overrides, pace });
    const failure = evmFailure(result);
    if (sizeOf(found) === sizeOf(accessList) || round === MAX_ROUNDS) {
      return {
        accessList: found,
        gasUsed: result.gasUsed,
        ...(failure === undefined ? {} : { error: failure.message }),
      };
    }
    accessList = found;
  }
}
