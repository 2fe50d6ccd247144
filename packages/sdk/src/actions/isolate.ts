import type { Client, Hex } from 'viem';
import { SnapshotLostError } from '../errors.ts';
import { rawRequest } from '../rawRequest.ts';

/**
 * Runs something and undoes what it did to the chain, whether it succeeds or throws.
 * @throws what `run` throws; SnapshotLostError when `run` itself went back behind its beginning.
 * @example const gas = await client.isolate(async () => (await client.send({ to, data })).gasUsed)
 */
export async function isolate<result>(client: Client, run: () => Promise<result> | result): Promise<result> {
  const id = (await rawRequest(client, 'evm_snapshot')) as Hex;
  const undo = async (): Promise<void> => {
    if ((await rawRequest(client, 'evm_revert', [id])) !== true) throw new SnapshotLostError(id);
  };
  let result: result;
  try {
    result = await run();
  } catch (error) {
    await undo();
    throw error;
  }
  await undo();
  return result;
}
