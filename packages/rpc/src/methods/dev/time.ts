import { timestampInterval, wholeSecondsOfMs } from '../../codecs/development.ts';
import { looseQuantity, seconds } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { answer, method, required, type Serve } from '../../method.ts';

/** A number above this is milliseconds: in seconds it would be the year 33658. */
const MS_FROM = 10n ** 12n;

const amount = required('seconds', seconds);
const increase = (c: MethodContext, by: bigint): bigint => c.chain.clock.increase(by);

const setNext = <const W>(result: (timestamp: bigint) => W) =>
  method({
    params: [required('timestamp', seconds)],
    run: (c, timestamp) => {
      c.chain.clock.setNext(timestamp);
      return timestamp;
    },
    result,
  });

const setTime = method({
  params: [required('timestamp', looseQuantity)],
  run: (c, given) => c.chain.clock.setTime(given >= MS_FROM ? given / 1000n : given),
  result: Number,
});

const removeInterval = method({
  params: [],
  run: (c) => c.chain.clock.setInterval(undefined),
  result: (had) => had,
});

const setInterval = (c: MethodContext, every: bigint): boolean => c.chain.clock.setInterval(every);

/** The chain's clock. Hardhat answers with decimal strings, Anvil with numbers. */
export const time = {
  evm_increaseTime: method({ params: [amount], run: increase, result: String }),
  anvil_increaseTime: method({ params: [amount], run: increase, result: Number }),
  evm_setNextBlockTimestamp: setNext(String),
  anvil_setNextBlockTimestamp: setNext(answer(null)),
  evm_setTime: setTime,
  anvil_setTime: setTime,
  anvil_setBlockTimestampInterval: method({
    params: [required('seconds', timestampInterval)],
    run: setInterval,
    result: answer(null),
  }),
  anvil_removeBlockTimestampInterval: removeInterval,
  hardhat_setBlockTimestampInterval: method({
    params: [required('ms', wholeSecondsOfMs)],
    run: setInterval,
    result: answer(null),
  }),
  hardhat_removeBlockTimestampInterval: removeInterval,
} satisfies Partial<Serve>;
