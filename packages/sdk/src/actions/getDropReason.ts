import { type Client, type Hash, MethodNotFoundRpcError } from 'viem';
import type { DropReason } from '../errors.ts';
import { rawRequest } from '../rawRequest.ts';

export interface GetDropReasonParameters {
  readonly hash: Hash;
}

/** Undefined for a transaction that waits, was mined, or was never heard of. */
export type GetDropReasonReturnType = DropReason | undefined;

/**
 * Why a transaction that the node once accepted will never be mined. No transaction leaves the pool without a reason.
 * Undefined too on a node of another kind, which keeps no record.
 * @example await client.getDropReason({ hash }) // { reason: 'replaced', detail: 'by 0x…' }
 */
export async function getDropReason(
  client: Client,
  { hash }: GetDropReasonParameters,
): Promise<GetDropReasonReturnType> {
  try {
    const found = await rawRequest(client, 'minichain_getDropReason', [hash]);
    return (found ?? undefined) as GetDropReasonReturnType;
  } catch (error) {
    if (error instanceof MethodNotFoundRpcError) return undefined;
    throw error;
  }
}
