import { RPC_CODES } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import { anything, CodecError, decodeAt, isRecord, list, onlyFields } from './codec.ts';
import { boolean, quantity } from './scalars.ts';

const errorOf = (run: () => unknown): CodecError => {
  try {
    run();
  } catch (error) {
    if (error instanceof CodecError) return error;
  }
  throw new Error('nothing was refused');
};

describe('list', () => {
  it('reads every item', () => {
    expect(list(quantity).decode(['0x1', '0x2'])).toEqual([1n, 2n]);
    expect(list(quantity).decode([])).toEqual([]);
  });

  it('names the item that is wrong, however deep', () => {
    const nested = list(list(quantity));
    expect(errorOf(() => nested.decode([['0x1'], ['0x1', 'two']]))).toMatchObject({
      path: '[1][1]',
      message: 'expected a hex quantity such as 0x1, got "two"',
    });
  });

  it.each(['0x1', { 0: '0x1' }, null])('refuses %j', (value) => {
    expect(errorOf(() => list(quantity).decode(value)).message).toMatch(/^expected an array of: a hex quantity/);
  });
});

describe('decodeAt', () => {
  it('puts the place before the place inside, and keeps the code', () => {
    const codec = {
      expected: 'x',
      decode: () => {
        throw new CodecError('no', '.inner', RPC_CODES.unsupported);
      },
    };
    expect(errorOf(() => decodeAt(codec, 1, '.outer'))).toMatchObject({ path: '.outer.inner', code: -32004 });
  });

  it('lets a mistake of ours through', () => {
    const codec = {
      expected: 'x',
      decode: () => {
        throw new TypeError('bug');
      },
    };
    expect(() => decodeAt(codec, 1, '.outer')).toThrow(TypeError);
  });
});

describe('onlyFields', () => {
  it('takes what is known and what is passed over', () => {
    expect(() => onlyFields({ gas: 1, hash: 2 }, ['gas'], ['hash'])).not.toThrow();
  });

  it('guesses what a misspelt field should have been', () => {
    expect(errorOf(() => onlyFields({ gas_price: 1 }, ['gas', 'gasPrice'])).message).toBe(
      'unknown field "gas_price"; did you mean gasPrice?',
    );
    expect(errorOf(() => onlyFields({ tip: 1 }, ['gas', 'gasPrice'])).message).toBe(
      'unknown field "tip"; known are gas, gasPrice',
    );
  });

  it('shows only the beginning of a name', () => {
    expect(errorOf(() => onlyFields({ ['x'.repeat(500)]: 1 }, ['gas'])).message.length).toBeLessThan(120);
  });
});

it('a record is an object that is no list', () => {
  expect([isRecord({}), isRecord([]), isRecord(null), isRecord('x')]).toEqual([true, false, false, false]);
});

it('anything is taken as it is', () => {
  const value = { any: 'thing' };
  expect(anything.decode(value)).toBe(value);
});

it('a codec is asked for parameters unless it says otherwise', () => {
  expect(errorOf(() => boolean.decode(1)).code).toBe(RPC_CODES.invalidParams);
});
