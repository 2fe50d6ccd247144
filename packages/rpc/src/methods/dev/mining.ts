import type { MiningMode } from '@minichain/core';
import type { RpcMinedBlock } from '@minichain/protocol';
import {
  blockCount,
  extraData,
  fewBlocks,
  gasLimit,
  intervalMs,
  mineOptions,
  miningInterval,
} from '../../codecs/development.ts';
import { address, boolean, bytes32, count, looseQuantity, seconds } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { answer, method, optional, required, type Serve } from '../../method.ts';
import { minedBlockView } from '../../views/minedBlock.ts';

/** Both kinds of mining are kept apart: automine on and an interval make the mixed mode. */
function modeWith(mode: MiningMode, change: { automine?: boolean; intervalMs?: number }): MiningMode {
  const automine = change.automine ?? (mode.type === 'instant' || mode.type === 'mixed');
  const interval = change.intervalMs ?? ('intervalMs' in mode ? mode.intervalMs : 0);
  if (interval > 0) return { type: automine ? 'mixed' : 'interval', intervalMs: interval };
  return { type: automine ? 'instant' : 'manual' };
}

const isAutomining = ({ chain }: MethodContext): boolean => /^(instant|mixed)$/.test(chain.miner.mode.type);

const setAutomine = <const W>(result: W) =>
  method({
    params: [required('enabled', boolean)],
    run: (c, automine) => c.chain.miner.setMode(modeWith(c.chain.miner.mode, { automine })),
    result: answer(result),
  });

const SECOND_MS = 1000;

/** @param unitOf milliseconds that one of the interval stands for: there are two conventions. */
const setIntervalMining = <const W>(result: W, unitOf: (context: MethodContext) => number) =>
  method({
    params: [required('interval', miningInterval)],
    run: (c, interval) =>
      c.chain.miner.setMode(modeWith(c.chain.miner.mode, { intervalMs: intervalMs(interval, unitOf(c)) })),
    result: answer(result),
  });

const setGasLimit = method({
  params: [required('gasLimit', gasLimit)],
  run: (c, gas) => c.chain.miner.setGasLimit(gas),
  result: answer(true),
});

const setCoinbase = <const W>(result: W) =>
  method({
    params: [required('address', address)],
    run: (c, who) => c.chain.miner.setCoinbase(who),
    result: answer(result),
  });

const setPrevRandao = method({
  params: [required('prevRandao', bytes32)],
  run: (c, value) => c.chain.miner.setNextPrevRandao(value),
  result: answer(true),
});

/** The blocks are whole, so they cannot be many. */
const mineDetailed = method({
  params: [optional('options', fewBlocks, {})],
  run: async ({ chain }, options) => {
    const last = await chain.miner.mine(options);
    const blocks: RpcMinedBlock[] = [];
    for (let i = options.blocks ?? 1; i > 0 && last !== undefined; i--) {
      const block = await chain.chain.require({ number: last.block.header.number - BigInt(i - 1) });
      blocks.push(await minedBlockView(block, chain.execution));
    }
    return blocks;
  },
  result: (blocks) => blocks,
});

const getAutomine = method({ params: [], run: isAutomining, result: (value) => value });

/** When blocks are made, and their environment. */
export const mining = {
  evm_mine: method({
    params: [optional('options', mineOptions, {})],
    run: (c, options) => c.chain.miner.record(options),
    result: answer('0'),
  }),
  hardhat_mine: method({
    params: [optional('blocks', blockCount, 1), optional('interval', seconds, 1n)],
    run: (c, blocks, interval) => c.chain.miner.record({ blocks, interval }),
    result: answer(true),
  }),
  anvil_mine: method({
    params: [optional('blocks', blockCount, 1), optional('interval', seconds, 0n)],
    run: (c, blocks, interval) => c.chain.miner.record({ blocks, interval, spaceFirst: true }),
    result: answer(null),
  }),
  evm_mine_detailed: mineDetailed,
  anvil_mine_detailed: mineDetailed,
  miner_start: method({
    params: [optional('threads', count)],
    run: (c) => c.chain.miner.unpause(),
    result: answer(true),
  }),
  miner_stop: method({ params: [], run: (c) => c.chain.miner.pause(), result: answer(true) }),
  miner_setEtherbase: setCoinbase(true),
  miner_setExtra: method({
    params: [required('extraData', extraData)],
    run: (c, bytes) => c.chain.miner.setExtraData(bytes),
    result: answer(true),
  }),
  miner_setGasPrice: method({
    params: [required('gasPrice', looseQuantity)],
    run: (c, price) => c.chain.fees.setGasPrice(price),
    result: answer(true),
  }),
  evm_setAutomine: setAutomine(true),
  anvil_setAutomine: setAutomine(null),
  hardhat_getAutomine: getAutomine,
  anvil_getAutomine: getAutomine,
  evm_setIntervalMining: setIntervalMining(true, (c) => (c.intervalUnit === 'milliseconds' ? 1 : SECOND_MS)),
  anvil_setIntervalMining: setIntervalMining(null, () => SECOND_MS),
  anvil_getIntervalMining: method({
    params: [],
    run: ({ chain }) => chain.miner.mode,
    result: (mode) => ('intervalMs' in mode ? mode.intervalMs / 1000 : null),
  }),
  evm_setBlockGasLimit: setGasLimit,
  anvil_setBlockGasLimit: setGasLimit,
  hardhat_setCoinbase: setCoinbase(true),
  anvil_setCoinbase: setCoinbase(null),
  hardhat_setPrevRandao: setPrevRandao,
  anvil_setNextBlockPrevRandao: setPrevRandao,
} satisfies Partial<Serve>;
