import { expect, it } from 'vitest';
import { gethError, haltOf } from './gethError.ts';

it.each([
  ['revert', 'execution reverted'],
  ['invalid JUMP at 0xaa/0xbb:12', 'invalid jump destination'],
  ['static state change', 'write protection'],
  ['out of gas', 'out of gas'],
  ['code store out of gas', 'contract creation code storage out of gas'],
  ['something new', 'something new'],
])('says "%s" as geth does: "%s"', (words, expected) => expect(gethError(words)).toBe(expected));

it('leaves the place out of a halt', () => expect(haltOf('invalid JUMP at 0xaa/0xbb:12')).toBe('invalid JUMP'));
