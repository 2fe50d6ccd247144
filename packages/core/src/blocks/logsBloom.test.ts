import { Bloom } from '@ethereumjs/vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bloomOfLogs, NO_LOGS } from './logsBloom.ts';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const logs = fc.array(
  fc.record({ address: bytesOf(20), topics: fc.array(bytesOf(32), { maxLength: 4 }), data: fc.uint8Array() }),
  { maxLength: 6 },
);

it('has the bits that the library’s filter has, also where an item comes again', () => {
  fc.assert(
    fc.property(logs, (some) => {
      const theirs = new Bloom();
      for (const { address, topics } of some) for (const item of [address, ...topics]) theirs.add(item);
      expect(bloomOfLogs([...some, ...some])).toEqual(theirs.bitvector);
    }),
  );
});

it('is one and the same where nothing was logged', () => expect(bloomOfLogs([])).toBe(NO_LOGS));
