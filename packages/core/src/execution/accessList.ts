import type { BlockRef } from '../blocks/blockTag.ts';
import { type ExecutionModules, gasOf, openLibraryEnvironment, paceOf } from './environment.ts';
import { evmFailure } from './failure.ts';
import type { AccessListEntry, CallRequest, Overrides } from './request.ts';
import { runRequest } from './runRequest.ts';

export interface CreatedAccessList {
  readonly accessList: readonly AccessListEntry[];
  readonly gasUsed: bigint;
  readonly error?: string;
}

/** A list that changes what code does could swing for ever; geth gives it no bound, we give it this. */
const MAX_ROUNDS = 16;

const sizeOf = (list: readonly AccessListEntry[]): number =>
  list.reduce((sum, { storageKeys }) => sum + 1 + storageKeys.length, 0);

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
    const environment = await openLibraryEnvironment(modules, at, overrides, pace);
    const gasLimit = gasOf(request.gasLimit, environment.header, modules.limits);
    const result = await runRequest(environment, { ...request, accessList }, { gasLimit, reportsAccessList: true });
    const found = (result.accessList ?? []).filter(
      ({ address, storageKeys }) => storageKeys.length > 0 || !isSpared(address, request),
    );
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

/** Sender and recipient are warm anyway. */
function isSpared(address: Uint8Array, request: CallRequest): boolean {
  return [request.from, request.to].some((known) => known != null && Buffer.compare(known.bytes, address) === 0);
}
