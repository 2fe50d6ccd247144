import {
  type Abi,
  type Client,
  type Hash,
  type Hex,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem';
import { getTransactionReceipt } from 'viem/actions';
import { getAction } from 'viem/utils';
import { type DecodedRevert, decodeRevert } from '../decodeRevert.ts';
import { DroppedError, NotMinedError, RevertedError } from '../errors.ts';
import { rawRequest } from '../rawRequest.ts';
import { getDropReason } from './getDropReason.ts';

export interface WaitParameters {
  readonly hash: Hash;
  /** Whose custom errors to decode. */
  readonly abi?: Abi | readonly unknown[] | undefined;
  /** Milliseconds; default 30,000. */
  readonly timeout?: number | undefined;
  /** Milliseconds; default the client's. */
  readonly pollingInterval?: number | undefined;
}

/** Of a transaction that succeeded. */
export type WaitReturnType = TransactionReceipt;

/** How a mined transaction failed: the node runs it again and looks at the outermost call. */
async function failureOf(client: Client, hash: Hash, abi?: Abi): Promise<DecodedRevert & { data: Hex }> {
  const options = { tracer: 'callTracer', tracerConfig: { onlyTopCall: true } };
  const call = (await rawRequest(client, 'debug_traceTransaction', [hash, options])) as {
    error?: string;
    output?: Hex;
  };
  const data = call.output ?? '0x';
  const halted = call.error !== undefined && !/revert/i.test(call.error);
  if (halted) return { reason: call.error as string, errorName: undefined, args: [], data };
  return { ...decodeRevert(data, abi), data };
}

/** What a person who waits in vain can do about it. */
async function whyNotMined(client: Client, hash: Hash): Promise<string> {
  const transaction = await rawRequest(client, 'eth_getTransactionByHash', [hash]);
  if (transaction === null) return 'the node does not know it';
  const automine = await rawRequest(client, 'hardhat_getAutomine').catch(() => true);
  if (automine === false) return 'it waits in the pool and automining is off; call mine()';
  return 'it waits in the pool, perhaps for an earlier nonce';
}

/**
 * Waits until a transaction is mined. Unlike viem's `waitForTransactionReceipt` it tells how a failed one failed, and does
 * not wait for one that was dropped.
 * @throws RevertedError, DroppedError, NotMinedError.
 * @example const { gasUsed } = await client.wait({ hash })
 */
export async function wait(client: Client, parameters: WaitParameters): Promise<WaitReturnType> {
  const { hash, timeout = 30_000, pollingInterval = client.pollingInterval } = parameters;
  const abi = parameters.abi as Abi | undefined;
  const deadline = performance.now() + timeout;
  for (;;) {
    const receipt = await getAction(
      client,
      getTransactionReceipt,
      'getTransactionReceipt',
    )({ hash }).catch((error: unknown) => {
      if (error instanceof TransactionReceiptNotFoundError) return undefined;
      throw error;
    });
    if (receipt?.status === 'success') return receipt;
    if (receipt !== undefined) throw new RevertedError(await failureOf(client, hash, abi), receipt);
    const dropped = await getDropReason(client, { hash });
    if (dropped !== undefined) throw new DroppedError(hash, dropped);
    if (performance.now() >= deadline) throw new NotMinedError(hash, timeout, await whyNotMined(client, hash));
    await new Promise((resolve) => setTimeout(resolve, pollingInterval));
  }
}
