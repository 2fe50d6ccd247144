import type { Abi, Account, Address, Client, TransactionRequest } from 'viem';
import { sendTransaction } from 'viem/actions';
import { getAction } from 'viem/utils';
import { evmFailureOf } from '../decodeRevert.ts';
import { RevertedError } from '../errors.ts';
import { type WaitParameters, type WaitReturnType, wait } from './wait.ts';

/** Who sends, and how long to wait. */
export interface SendOptions extends Omit<WaitParameters, 'hash' | 'abi'> {
  /**
   * An address that the node signs for, or an account that signs here. Default the client's, else the node's first.
   */
  readonly account?: Account | Address | undefined;
}

export type SendParameters = SendOptions &
  Omit<TransactionRequest, 'from'> & {
    /** Whose custom errors to decode. */
    readonly abi?: Abi | readonly unknown[] | undefined;
  };

/** Of a transaction that succeeded. */
export type SendReturnType = WaitReturnType;

/**
 * Sends a transaction and waits for its receipt. The node's own chain id is used, whatever the client's chain says.
 * @throws RevertedError with the decoded reason, whether the transaction failed before it was sent or was mined with
 * status 0; DroppedError; NotMinedError; viem's errors for what the node refuses.
 * @example const { status } = await client.send({ to: '0x…', value: parseEther('1') })
 */
export async function send(client: Client, parameters: SendParameters): Promise<SendReturnType> {
  const { abi, timeout, pollingInterval, account = client.account ?? null, ...request } = parameters;
  const transaction = { ...request, account, chain: null } as never;
  try {
    const hash = await getAction(client, sendTransaction, 'sendTransaction')(transaction);
    return await wait(client, { hash, abi, timeout, pollingInterval });
  } catch (error) {
    const failure = evmFailureOf(error, abi as Abi | undefined);
    if (failure === undefined) throw error;
    throw new RevertedError(failure, undefined, { cause: error });
  }
}
