import { expect, it } from 'vitest';
import { type ColourOptions, coloursFor } from './colours.ts';

const isColoured = (options: ColourOptions): boolean => coloursFor(options).red('x') !== 'x';

it.each<[ColourOptions, boolean]>([
  [{ isTerminal: true, env: {} }, true],
  [{ isTerminal: false, env: {} }, false],
  [{ isTerminal: true, env: { NO_COLOR: '1' } }, false],
  [{ isTerminal: true, env: { NO_COLOR: '' } }, true],
  [{ isTerminal: false, env: { FORCE_COLOR: '1' } }, true],
  [{ isTerminal: true, env: { FORCE_COLOR: '0' } }, false],
  [{ isTerminal: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, false],
  [{ isTerminal: true, env: { TERM: 'dumb' } }, false],
  [{ isTerminal: false, env: { NO_COLOR: '1' }, when: 'always' }, true],
  [{ isTerminal: true, env: { FORCE_COLOR: '1' }, when: 'never' }, false],
  [{ isTerminal: true, env: {}, when: 'auto' }, true],
])('%j: %s', (options, expected) => {
  expect(isColoured(options)).toBe(expected);
});
