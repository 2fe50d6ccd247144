import { keccak256, parseGwei, toHex } from 'viem';
import { mnemonicToAccount, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';

/** The first of the accounts that every dev chain funds. */
export const richAccount = mnemonicToAccount('test test test test test test test test test test test junk');

/** Senders of our own, so that any target can be used, however many accounts it starts with. */
export const senders: readonly PrivateKeyAccount[] = Array.from({ length: 16 }, (_, index) =>
  privateKeyToAccount(keccak256(toHex(`bench sender ${index}`))),
);

const RECIPIENT = '0x00000000000000000000000000000000be4c4000';

export interface TransferPlan {
  readonly chainId: number;
  readonly from: Pick<PrivateKeyAccount, 'address' | 'signTransaction'>;
  readonly to?: `0x${string}`;
  readonly value?: bigint;
  readonly firstNonce: number;
  readonly count: number;
  /** Default 21,000, what a transfer costs. */
  readonly gas?: bigint;
  readonly data?: `0x${string}`;
}

const signed = new Map<string, `0x${string}`>();

/** Transfers signed ahead of the measurement; the same ones are signed only once per run. */
export async function signTransfers(plan: TransferPlan): Promise<`0x${string}`[]> {
  const { chainId, from, firstNonce, count, to = RECIPIENT, value = 1n, gas = 21_000n, data = '0x' } = plan;
  const transfers: `0x${string}`[] = [];
  for (let nonce = firstNonce; nonce < firstNonce + count; nonce += 1) {
    const key = `${chainId} ${from.address} ${to} ${nonce} ${data}`;
    let raw = signed.get(key);
    if (raw === undefined) {
      raw = await from.signTransaction({
        type: 'eip1559',
        chainId,
        nonce,
        to,
        value,
        gas,
        data,
        maxFeePerGas: parseGwei('100'),
        maxPriorityFeePerGas: parseGwei('1'),
      });
      signed.set(key, raw);
    }
    transfers.push(raw);
  }
  return transfers;
}
