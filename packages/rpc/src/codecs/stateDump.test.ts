import { gzipSync } from 'node:zlib';
import type { LoadedState } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import { stateDump } from './stateDump.ts';

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const WORD = `0x${'00'.repeat(31)}05`;
const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const zipped = (value: unknown): string => hexFromBytes(gzipSync(bytesOf(value)));

/** With all in it that is read when it is asked for. */
const readIn = (state: LoadedState) => ({ ...state, accounts: [...state.accounts], blocks: [...state.blocks] });

const DUMP = {
  block: { number: '0x7', timestamp: '0x10' },
  accounts: { [ALICE]: { nonce: 1, balance: '0x2', code: '0x60', storage: { [WORD]: WORD } } },
  best_block_number: 7,
};

describe('a dump', () => {
  it('is read gzipped and plain', () => {
    const read = stateDump.decode(zipped(DUMP));
    expect(readIn(stateDump.decode(hexFromBytes(bytesOf(DUMP))))).toEqual(readIn(read));
    expect(read).toMatchObject({ number: 7n, timestamp: 16n });
    const word = new Uint8Array(32).fill(5, 31);
    expect(readIn(read).accounts).toMatchObject([
      { nonce: 1n, balance: 2n, code: Uint8Array.of(0x60), storage: [[word, word]] },
    ]);
    expect(readIn(read).accounts[0]?.address.toString()).toBe(ALICE);
  });

  it('may lack what an older one lacked', () => {
    const nothing = { accounts: [], blocks: [], history: [] };
    expect(readIn(stateDump.decode(zipped({ block: { number: 3 } })))).toEqual({ number: 3n, ...nothing });
    expect(readIn(stateDump.decode(zipped({})))).toEqual({ number: 0n, ...nothing });
  });

  it.each([
    ['0x', 'expected a state dump'],
    [zipped([]), 'expected a state dump'],
    [zipped({ accounts: { [ALICE]: { nonce: '0xffffffffffffffffff' } } }), 'expected a nonce'],
    [zipped({ accounts: { '0x1': {} } }), 'expected an address'],
    [zipped({ best_block_number: 'x' }), 'expected a non-negative number'],
    [`${zipped(DUMP).slice(0, -20)}`, 'it cannot be unpacked'],
  ])('is refused otherwise (%#)', (wire, why) => expect(() => readIn(stateDump.decode(wire))).toThrow(why));
});
