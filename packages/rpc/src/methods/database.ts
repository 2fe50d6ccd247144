import { importBlocks } from '@minichain/core';
import { hexFromBytes, RpcError, type RpcGenesis } from '@minichain/protocol';
import { pruneLimits } from '../codecs/pruneLimits.ts';
import { data } from '../codecs/scalars.ts';
import type { MethodContext } from '../context.ts';
import { rpcErrorFromFault } from '../faults.ts';
import { method, optional, required, type Serve } from '../method.ts';
import { genesisText } from '../views/genesis.ts';

/** What a database takes before and after some work on it, bytes. */
async function measured<T>({ chain }: MethodContext, work: () => Promise<T>) {
  const bytesBefore = await chain.storage.sizeBytes();
  const done = await work();
  return { ...done, bytesBefore, bytesAfter: await chain.storage.sizeBytes() };
}

async function genesisOf({ chain }: MethodContext): Promise<RpcGenesis> {
  const head = await chain.control.settledHead();
  const { state, hardforks, options } = chain;
  let text = '';
  for await (const piece of genesisText(head, { state, hardforks, options, chainId: chain.chainId() })) text += piece;
  return JSON.parse(text) as RpcGenesis;
}

async function takeIn({ chain }: MethodContext, rlp: Uint8Array) {
  const counts = { imported: 0, known: 0 };
  try {
    for await (const outcome of importBlocks(chain, rlp)) counts[outcome]++;
  } catch (error) {
    const refusal = rpcErrorFromFault(error);
    if (refusal === undefined) throw error;
    const { code, message } = refusal;
    const reason = `block ${counts.imported + counts.known + 1} of those given: ${message}`;
    throw new RpcError(code, reason, { ...counts, reason: message }, { cause: error });
  } finally {
    // What comes from a file is settled: there is no other branch of it.
    if (counts.imported > 0) await chain.chain.finalize(chain.chain.head.hash);
  }
  const { block, hash } = chain.chain.head;
  return { ...counts, head: { number: Number(block.header.number), hash: hexFromBytes(hash) } };
}

/** What is done to the database of a node that runs: `minichain db` asks for it. */
export const database = {
  minichain_exportGenesis: method({ params: [], run: genesisOf, result: (genesis) => genesis }),
  minichain_prune: method({
    params: [optional('limits', pruneLimits)],
    run: (c, limits) => measured(c, () => c.chain.storage.prune(limits)),
    result: (report) => report,
  }),
  minichain_compact: method({
    params: [],
    run: (c) => measured(c, () => c.chain.storage.compact()),
    result: ({ bytesBefore, bytesAfter }) => ({ bytesBefore, bytesAfter }),
  }),
  minichain_importBlocks: method({
    params: [required('blocks', data)],
    run: takeIn,
    result: (report) => report,
  }),
} satisfies Partial<Serve>;
