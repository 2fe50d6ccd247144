import type { Client } from 'viem';
import { getBlock } from 'viem/actions';
import { getAction } from 'viem/utils';
import { rawRequest } from '../rawRequest.ts';

/** Seconds: a span to go forward by, or the time to arrive at. */
export type TravelParameters = { readonly by: bigint | number } | { readonly to: bigint | number };

/** Timestamp of the block that was made on arrival, seconds. */
export type TravelReturnType = bigint;

/**
 * Moves the chain's clock forward and makes a block there, so that contracts see the new time at once.
 * @throws viem's InvalidInputRpcError for a time that is not after the newest block's.
 * @example await client.travel({ by: 7 * 24 * 3600 })
 */
export async function travel(client: Client, parameters: TravelParameters): Promise<TravelReturnType> {
  const block = getAction(client, getBlock, 'getBlock');
  const to = 'to' in parameters ? BigInt(parameters.to) : (await block({})).timestamp + BigInt(parameters.by);
  await rawRequest(client, 'evm_setNextBlockTimestamp', [`0x${to.toString(16)}`]);
  await rawRequest(client, 'evm_mine');
  return (await block({})).timestamp;
}
