import type { MineOptions, MiningMode } from '@minichain/core';
import { type Codec, CodecError, isRecord, mismatch } from '../../codecs/codec.ts';
import { address, boolean, bytes32, count, looseQuantity } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { type Method, method, optional, required } from '../../method.ts';

const always =
  <T>(value: T) =>
  (): T =>
    value;

/** `evm_mine`: nothing, a timestamp, or Ganache's `{ timestamp, blocks }`. */
const mineRequest: Codec<MineOptions> = {
  expected: 'a timestamp in seconds, or { timestamp, blocks }',
  decode: (value) => {
    if (!isRecord(value)) return { timestamp: looseQuantity.decode(value) };
    const { timestamp, blocks } = value;
    return {
      ...(timestamp == null ? {} : { timestamp: looseQuantity.decode(timestamp) }),
      ...(blocks == null ? {} : { blocks: count.decode(blocks) }),
    };
  },
};

/** Seconds, with fractions; or Hardhat's range in milliseconds, of which the middle is taken. */
const intervalMs: Codec<number> = {
  expected: 'an interval in seconds, or [min, max] in milliseconds',
  decode: (value) => {
    if (Array.isArray(value)) {
      const [min, max] = value.map(Number);
      const bad = min === undefined || max === undefined || !(min >= 0) || !(max >= min) || value.length !== 2;
      if (bad) throw mismatch(intervalMs.expected, value);
      return (min + max) / 2;
    }
    const seconds = typeof value === 'number' ? value : Number(looseQuantity.decode(value));
    if (!Number.isFinite(seconds) || seconds < 0) throw mismatch(intervalMs.expected, value);
    if (seconds * 1000 > 2 ** 31 - 1)
      throw new CodecError(`interval of ${seconds} seconds is too long (at most 24 days)`);
    return seconds * 1000;
  },
};

/** Both kinds of mining are kept apart: automine on and an interval make the mixed mode. */
function modeWith(mode: MiningMode, change: { automine?: boolean; intervalMs?: number }): MiningMode {
  const automine = change.automine ?? (mode.type === 'instant' || mode.type === 'mixed');
  const interval = change.intervalMs ?? ('intervalMs' in mode ? mode.intervalMs : 0);
  if (interval > 0) return { type: automine ? 'mixed' : 'interval', intervalMs: interval };
  return { type: automine ? 'instant' : 'manual' };
}

const isAutomining = ({ chain }: MethodContext): boolean => /^(instant|mixed)$/.test(chain.miner.mode.type);

function setAutomine<R>(result: R): Method {
  return method({
    params: [required('enabled', boolean)],
    run: (c, automine) => c.chain.miner.setMode(modeWith(c.chain.miner.mode, { automine })),
    result: always(result),
  });
}

function setIntervalMining<R>(result: R): Method {
  return method({
    params: [required('interval', intervalMs)],
    run: (c, ms) => c.chain.miner.setMode(modeWith(c.chain.miner.mode, { intervalMs: ms })),
    result: always(result),
  });
}

function mineMany<R>(result: R): Method {
  return method({
    params: [optional('blocks', count, 1), optional('interval', looseQuantity, 1n)],
    run: (c, blocks, interval) => c.chain.miner.mine({ blocks, interval }),
    result: always(result),
  });
}

const setGasLimit = method({
  params: [required('gasLimit', looseQuantity)],
  run: (c, gas) => {
    if (gas === 0n) throw new CodecError('Block gas limit must be greater than 0');
    c.chain.miner.setGasLimit(gas);
  },
  result: always(true),
});

function setCoinbase<R>(result: R): Method {
  return method({
    params: [required('address', address)],
    run: (c, who) => c.chain.miner.setCoinbase(who),
    result: always(result),
  });
}

const setPrevRandao = method({
  params: [required('prevRandao', bytes32)],
  run: (c, value) => c.chain.miner.setNextPrevRandao(value),
  result: always(true),
});

const getAutomine = method({ params: [], run: isAutomining, result: (value) => value });

/** When blocks are made, and their environment. Each family of names returns what its own tool returns. */
export const mining = {
  evm_mine: method({
    params: [optional('options', mineRequest, {})],
    run: (c, options) => c.chain.miner.mine(options),
    result: always('0x0'),
  }),
  hardhat_mine: mineMany(true),
  anvil_mine: mineMany(null),
  evm_setAutomine: setAutomine(true),
  anvil_setAutomine: setAutomine(null),
  hardhat_getAutomine: getAutomine,
  anvil_getAutomine: getAutomine,
  evm_setIntervalMining: setIntervalMining(true),
  anvil_setIntervalMining: setIntervalMining(null),
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
};
