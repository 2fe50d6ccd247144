import { describe, expect, it } from 'vitest';
import { blockNumberOrTag, blockRef } from './blockRef.ts';

const HASH = `0x${'ab'.repeat(32)}`;
const bytes = new Uint8Array(32).fill(0xab);

describe('blockNumberOrTag', () => {
  it.each(['earliest', 'latest', 'pending', 'safe', 'finalized'])('reads the tag %s', (tag) => {
    expect(blockNumberOrTag.decode(tag)).toEqual({ tag });
  });

  it('reads a number up to int64', () => {
    expect(blockNumberOrTag.decode('0x0')).toEqual({ number: 0n });
    expect(blockNumberOrTag.decode('0x7fffffffffffffff')).toEqual({ number: 2n ** 63n - 1n });
    expect(() => blockNumberOrTag.decode('0x8000000000000000')).toThrow('larger than int64');
  });

  it('reads a plain number, which Truffle and Otterscan send', () => {
    expect(blockNumberOrTag.decode(19)).toEqual({ number: 19n });
    expect(blockRef.decode(0)).toEqual({ number: 0n });
  });

  it.each(['Latest', '', '1', -1, 1.5, 2 ** 53, null, {}])('refuses %j and says what there is', (value) => {
    expect(() => blockNumberOrTag.decode(value)).toThrow('one of earliest, latest, pending, safe, finalized');
  });

  it('does not take a hash', () => expect(() => blockNumberOrTag.decode(HASH)).toThrow());
});

describe('blockRef', () => {
  it('reads what blockNumberOrTag reads', () => {
    expect(blockRef.decode('latest')).toEqual({ tag: 'latest' });
    expect(blockRef.decode('0x10')).toEqual({ number: 16n });
  });

  it('reads a hash, bare or as EIP-1898 has it', () => {
    expect(blockRef.decode(HASH)).toEqual({ hash: bytes });
    expect(blockRef.decode({ blockHash: HASH })).toEqual({ hash: bytes, requireCanonical: false });
    expect(blockRef.decode({ blockHash: HASH, requireCanonical: true })).toEqual({
      hash: bytes,
      requireCanonical: true,
    });
  });

  it('reads a number or a tag in an object', () => {
    expect(blockRef.decode({ blockNumber: '0x10' })).toEqual({ number: 16n });
    expect(blockRef.decode({ blockNumber: 'safe' })).toEqual({ tag: 'safe' });
  });

  it.each([
    [{}, 'expected blockHash or blockNumber'],
    [{ blockHash: HASH, blockNumber: '0x1' }, 'cannot specify both blockHash and blockNumber'],
    ['newest', 'an EIP-1898 object, got "newest"'],
    [-5, 'an EIP-1898 object, got -5'],
  ])('refuses %j', (value, why) => expect(() => blockRef.decode(value)).toThrow(why));

  it.each([
    [{ blockHash: '0x1' }, '.blockHash'],
    [{ blockHash: HASH, requireCanonical: 'yes' }, '.requireCanonical'],
    [{ blockNumber: 'x' }, '.blockNumber'],
  ])('names the place in %j', (value, path) => {
    expect(() => blockRef.decode(value)).toThrow(expect.objectContaining({ path }));
  });
});
