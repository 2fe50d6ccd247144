import { type Codec, mismatch } from '../../codecs/codec.ts';
import { looseQuantity } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { type Method, method, required } from '../../method.ts';

/** A number above this is milliseconds: in seconds it would be the year 33658. */
const MS_FROM = 10n ** 12n;

const signedSeconds: Codec<bigint> = {
  expected: looseQuantity.expected,
  decode: (value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    if (typeof value === 'string' && /^-\d+$/.test(value)) return BigInt(value);
    if (typeof value === 'number') throw mismatch(looseQuantity.expected, value);
    return looseQuantity.decode(value);
  },
};

const seconds = required('seconds', signedSeconds);
const increase = (c: MethodContext, by: bigint): bigint => c.chain.clock.increase(by);

function setNext(result: (timestamp: bigint) => unknown): Method {
  return method({
    params: [required('timestamp', looseQuantity)],
    run: (c, timestamp) => {
      c.chain.clock.setNext(timestamp);
      return timestamp;
    },
    result,
  });
}

const setTime = method({
  params: [required('timestamp', looseQuantity)],
  run: (c, given) => c.chain.clock.setTime(given >= MS_FROM ? given / 1000n : given),
  result: Number,
});

/** The chain's clock. Hardhat answers with decimal strings, Anvil with numbers. */
export const time = {
  evm_increaseTime: method({ params: [seconds], run: increase, result: String }),
  anvil_increaseTime: method({ params: [seconds], run: increase, result: Number }),
  evm_setNextBlockTimestamp: setNext(String),
  anvil_setNextBlockTimestamp: setNext(() => null),
  evm_setTime: setTime,
  anvil_setTime: setTime,
  anvil_setBlockTimestampInterval: method({
    params: [seconds],
    run: (c, interval) => c.chain.clock.setInterval(interval),
    result: () => null,
  }),
  anvil_removeBlockTimestampInterval: method({
    params: [],
    run: (c) => c.chain.clock.setInterval(undefined),
    result: (had) => had,
  }),
};
