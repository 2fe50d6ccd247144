import type { Metric, Workload } from '../workload.ts';

const MINE: Metric = { name: 'many empty blocks at once', unit: 'ms', better: 'lower' };

/** Moving a chain far ahead; with blocks that follow each other. */
export const emptyBlocks: Workload = {
  name: 'emptyBlocks',
  isolated: true,
  once: true,
  limitMs: 400_000,
  async run({ connection, sizes }) {
    const before = Number(await connection.call<string>('eth_blockNumber'));
    const began = performance.now();
    await connection.call('hardhat_mine', [`0x${sizes.emptyBlocks.toString(16)}`]);
    const took = performance.now() - began;
    const after = Number(await connection.call<string>('eth_blockNumber'));
    if (after - before !== sizes.emptyBlocks) throw new Error(`${after - before} of ${sizes.emptyBlocks} were mined`);
    return [{ metric: MINE, value: took }];
  },
};
