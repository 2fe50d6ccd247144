import { describe, expect, it } from 'vitest';
import { logFilter } from './filter.ts';

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const HASH = `0x${'ab'.repeat(32)}`;
const bytes = new Uint8Array(32).fill(0xab);
const alice = Buffer.from(ALICE.slice(2), 'hex');

describe('a filter', () => {
  it('may be empty, or all null', () => {
    expect(logFilter.decode({})).toEqual({});
    const nothing = { blockHash: null, fromBlock: null, toBlock: null, address: null, topics: null };
    expect(logFilter.decode(nothing)).toEqual({});
  });

  it('names blocks by range or by hash', () => {
    expect(logFilter.decode({ fromBlock: 'earliest', toBlock: '0x5' })).toEqual({
      from: { tag: 'earliest' },
      to: { number: 5n },
    });
    expect(logFilter.decode({ blockHash: HASH })).toEqual({ blockHash: bytes });
    expect(() => logFilter.decode({ blockHash: HASH, toBlock: '0x5' })).toThrow('cannot specify both BlockHash and');
  });

  it('names one address or many', () => {
    expect(logFilter.decode({ address: ALICE }).addresses?.map((one) => Buffer.from(one))).toEqual([alice]);
    expect(logFilter.decode({ address: [ALICE, ALICE] }).addresses).toHaveLength(2);
    expect(logFilter.decode({ address: [] })).toEqual({ addresses: [] });
  });

  it('has at each place any topic, one of several, or one', () => {
    expect(logFilter.decode({ topics: [null, HASH, [HASH, HASH], []] })).toEqual({
      topics: [null, [bytes], [bytes, bytes], []],
    });
    // A null among alternatives matches anything.
    expect(logFilter.decode({ topics: [[HASH, null]] })).toEqual({ topics: [null] });
  });

  it.each([
    [{ topics: [null, null, null, null, null] }, { message: 'exceed max topics: 5, at most 4', path: '.topics' }],
    [{ topics: ['0x1'] }, { path: '.topics[0]' }],
    [{ topics: [[HASH, '0x1']] }, { path: '.topics[0][1]' }],
    [{ topics: HASH }, { path: '.topics' }],
    [{ address: [ALICE, '0x'] }, { path: '.address[1]' }],
    [{ toBlock: '5' }, { path: '.toBlock' }],
    [[], { message: 'expected a filter object, got an array' }],
  ])('refuses %j', (value, error) => expect(() => logFilter.decode(value)).toThrow(expect.objectContaining(error)));
});
