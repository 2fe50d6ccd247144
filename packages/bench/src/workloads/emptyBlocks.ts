import { mineBlocks } from '../dialect.ts';
import type { Metric, Workload } from '../workload.ts';

const MINE: Metric = { name: 'many empty blocks at once', unit: 'ms', better: 'lower' };
/** A node may answer before it has worked the blocks out: here it has. */
const LINKED: Metric = { name: 'many empty blocks at once, to the hash of the last', unit: 'ms', better: 'lower' };

type Header = { readonly number: string; readonly hash: string; readonly parentHash: string };

/** Moving a chain far ahead; with blocks that follow each other. */
export const emptyBlocks: Workload = {
  name: 'emptyBlocks',
  isolated: true,
  once: true,
  limitMs: 400_000,
  async run({ connection, sizes }) {
    const before = Number(await connection.call<string>('eth_blockNumber'));
    const began = performance.now();
    await mineBlocks(connection, sizes.emptyBlocks);
    const took = performance.now() - began;
    const after = Number(await connection.call<string>('eth_blockNumber'));
    if (after - before !== sizes.emptyBlocks) throw new Error(`${after - before} of ${sizes.emptyBlocks} were mined`);
    const last = await connection.call<Header>('eth_getBlockByNumber', ['latest', false]);
    const linked = performance.now() - began;
    const parent = await connection.call<Header>('eth_getBlockByHash', [last.parentHash, false]);
    if (Number(last.number) !== after || Number(parent?.number) !== after - 1)
      throw new Error('the last two are not linked');
    return [
      { metric: MINE, value: took },
      { metric: LINKED, value: linked },
    ];
  },
};
