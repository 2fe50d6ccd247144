import { concatBytes, setLengthRight } from '@ethereumjs/util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, word } from '../chain.fixture.ts';
import { revertReason, tracedReason } from './revertReason.ts';

const encoded = (text: string): Uint8Array => {
  const utf8 = new TextEncoder().encode(text);
  return concatBytes(
    bytes('0x08c379a0'),
    word(32),
    word(utf8.length),
    setLengthRight(utf8, Math.ceil(utf8.length / 32) * 32),
  );
};

describe('revertReason', () => {
  it.each(['', 'not owner', 'ünïcödé ✓', 'x'.repeat(100)])('reads the string of require: "%s"', (text) => {
    expect(revertReason(encoded(text))).toBe(text);
  });

  it.each([
    [0x00, 'panic: generic panic (0x00)'],
    [0x01, 'panic: assert(false) (0x01)'],
    [0x11, 'panic: arithmetic underflow or overflow (0x11)'],
    [0x12, 'panic: division or modulo by zero (0x12)'],
    [0x32, 'panic: out-of-bounds access of an array or bytesN (0x32)'],
    [0x99, 'panic: unknown panic code (0x99)'],
  ])('knows what panic 0x%s means', (code, reason) => {
    expect(revertReason(concatBytes(bytes('0x4e487b71'), word(code)))).toBe(reason);
  });

  it.each([
    ['nothing', '0x'],
    ['a custom error', '0x12345678'],
    ['a selector alone', '0x08c379a0'],
    ['a string longer than the data', `0x08c379a0${'20'.padStart(64, '0')}${'ff'.padStart(64, '0')}`],
    ['a panic without its code', '0x4e487b71'],
  ])('has none for %s', (_, data) => expect(revertReason(bytes(data))).toBeUndefined());

  it.each([
    [encoded('not owner'), 'not owner'],
    [encoded(''), undefined],
    [concatBytes(bytes('0x4e487b71'), word(0x11)), 'arithmetic underflow or overflow'],
    [concatBytes(bytes('0x4e487b71'), word(0x99)), 'unknown panic code: 0x99'],
    [bytes('0x12345678'), undefined],
  ])('tells tracers what geth tells them', (data, reason) => expect(tracedReason(data)).toBe(reason));

  it('lets no control character through to a terminal', () => {
    expect(revertReason(encoded('\u001b[31mred\n'))).toBe('\\x1b[31mred\\x0a');
  });

  it('takes whatever a contract returns', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (rest, isError) => {
        const data = isError ? concatBytes(bytes('0x08c379a0'), word(32), rest) : rest;
        expect(['string', 'undefined']).toContain(typeof revertReason(data));
      }),
      { seed: 7 },
    );
  });
});
