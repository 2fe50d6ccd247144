import { expect, it } from 'vitest';
import { consoleText, oneLine } from './printable.ts';

it('keeps text from outside on one line of bounded length', () => {
  expect(oneLine('eth_call')).toBe('eth_call');
  expect(oneLine('a\u001b[2Jb\nc\u0000')).toBe('a\\x1b[2Jb\\x0ac\\x00');
  expect(oneLine('größe ✓')).toBe('größe ✓');
  expect(oneLine('x'.repeat(10), 4)).toBe('xxxx…');
});

it('keeps the lines and tabs of a console line, and its colours where they are wanted', () => {
  const printed = 'a\tb\n\u001b[91mred\u001b[0m\u001b[2J\r';
  expect(consoleText(printed, { keepColours: true })).toEqual(['a\tb', '\u001b[91mred\u001b[0m\\x1b[2J\\x0d']);
  expect(consoleText(printed, { keepColours: false })).toEqual(['a\tb', 'red\\x1b[2J\\x0d']);
  expect(consoleText('', { keepColours: false })).toEqual(['']);
});
