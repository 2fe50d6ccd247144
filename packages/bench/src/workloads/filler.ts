import type { Session } from '../workload.ts';

/**
 * For each number from the first word of its input on, as many as the second says: stores it in the slot that it is, and
 * gives an account of that number 1 wei.
 */
const FILLER = '0x00000000000000000000000000000000000f111e';
const FILLER_CODE =
  '0x5f35806020350190' + '5b8181146029578080555f5f5f5f600185640100000000015ff150' + '6001016008565b00';
const SLOTS_A_TRANSACTION = 200;
const GAS = '0xf00000';

const word = (value: number): string => value.toString(16).padStart(64, '0');

/** Puts the filler where every target has it. */
export async function prepareFiller(connection: Session['connection']): Promise<void> {
  await connection.call('hardhat_setCode', [FILLER, FILLER_CODE]);
  await connection.call('hardhat_setBalance', [FILLER, '0x56bc75e2d63100000']);
}

/** Adds slots, and as many accounts, from `start` to before `end`. */
export async function fillState(session: Session, from: string, start: number, end: number): Promise<void> {
  for (let filled = start; filled < end; filled += SLOTS_A_TRANSACTION) {
    const count = Math.min(SLOTS_A_TRANSACTION, end - filled);
    await send(session, { from, to: FILLER, data: `0x${word(filled)}${word(count)}`, gas: GAS });
  }
}

/** Sends a transaction, and looks at its receipt where there is one already. */
export async function send({ connection }: Session, transaction: object): Promise<void> {
  const hash = await connection.call<string>('eth_sendTransaction', [transaction]);
  const receipt = await connection.call<{ status: string } | null>('eth_getTransactionReceipt', [hash]);
  if (receipt !== null && receipt.status !== '0x1') throw new Error(`a transaction failed: ${hash}`);
}
