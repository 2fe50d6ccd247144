import { Address } from '@ethereumjs/util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesFromPlain, plainFromBytes, plainFromText, textFromPlain } from './plain.ts';

describe('plain data', () => {
  it('keeps what JSON has no words for', () => {
    const value = { fee: 7n, bytes: Uint8Array.of(1, 255), who: new Address(new Uint8Array(20).fill(7)), none: null };
    expect(plainFromText(textFromPlain(value))).toEqual(value);
  });

  it('leaves undefined fields out', () => {
    expect(plainFromText(textFromPlain({ next: undefined, offset: 0n }))).toStrictEqual({ offset: 0n });
  });

  it('is the same after it was written and read, whatever it is', () => {
    const leaf = fc.oneof(fc.bigInt(), fc.uint8Array(), fc.string(), fc.boolean(), fc.integer(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree')),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(plainFromBytes(bytesFromPlain(value))).toEqual(value);
      }),
    );
  });
});
